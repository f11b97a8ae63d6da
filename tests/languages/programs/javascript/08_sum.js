import { createInterface } from "node:readline/promises";
const terminal = createInterface(process.stdin, process.stdout);
const limit = Number(await terminal.question("Up to? "));
let total = 0;
let number = 1;
while (number <= limit) {
    total += number;
    number++;
}
console.log("Sum:", total);
terminal.close();
