import { createInterface } from "node:readline/promises";

function divisor(a, b) {
    while (b !== 0) {
        [a, b] = [b, a % b];
    }
    return a;
}

const terminal = createInterface(process.stdin, process.stdout);
const first = Number(await terminal.question("First? "));
const second = Number(await terminal.question("Second? "));
console.log("Greatest common divisor: " + divisor(first, second));
terminal.close();
