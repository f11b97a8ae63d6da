import { createInterface } from "node:readline/promises";
const terminal = createInterface(process.stdin, process.stdout);
let number = Number(await terminal.question("Start? "));
process.stdout.write(String(number));
while (number !== 1) {
    number = number % 2 === 0 ? number / 2 : 3 * number + 1;
    process.stdout.write(" " + number);
}
console.log();
terminal.close();
