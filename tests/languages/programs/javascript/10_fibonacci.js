import { createInterface } from "node:readline/promises";
const terminal = createInterface(process.stdin, process.stdout);
const count = Number(await terminal.question("How many? "));
const numbers = [0, 1];
while (numbers.length < count) {
    numbers.push(numbers.at(-1) + numbers.at(-2));
}
console.log(numbers.join(" "));
terminal.close();
