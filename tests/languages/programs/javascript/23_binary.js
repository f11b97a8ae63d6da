import { createInterface } from "node:readline/promises";
const terminal = createInterface(process.stdin, process.stdout);
let number = Number(await terminal.question("Number? "));
let digits = "";
do {
    digits = (number % 2) + digits;
    number = Math.floor(number / 2);
} while (number > 0);
console.log(digits);
terminal.close();
