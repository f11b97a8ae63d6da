import { createInterface } from "node:readline/promises";

function factorial(n) {
    return n <= 1 ? 1 : n * factorial(n - 1);
}

const terminal = createInterface(process.stdin, process.stdout);
const n = Number(await terminal.question("Number? "));
console.log(`${n}! = ${factorial(n)}`);
terminal.close();
