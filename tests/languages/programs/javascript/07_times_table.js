import { createInterface } from "node:readline/promises";
const terminal = createInterface(process.stdin, process.stdout);
const number = Number(await terminal.question("Which table? "));
for (let factor = 1; factor <= 10; factor++) {
    console.log(`${number} x ${factor} = ${number * factor}`);
}
terminal.close();
