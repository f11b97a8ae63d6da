import { createInterface } from "node:readline/promises";
const terminal = createInterface(process.stdin, process.stdout);
const limit = Number(await terminal.question("Up to? "));
const crossedOut = new Array(limit + 1).fill(false);
const primes = [];
for (let number = 2; number <= limit; number++) {
    if (crossedOut[number]) continue;
    primes.push(number);
    for (let multiple = number * number; multiple <= limit; multiple += number) {
        crossedOut[multiple] = true;
    }
}
console.log(primes.join(" "));
terminal.close();
