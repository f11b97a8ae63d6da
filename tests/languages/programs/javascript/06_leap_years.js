import { createInterface } from "node:readline";

const isLeap = (year) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: "Year? " });
let asked = 0;
terminal.prompt();
for await (const line of terminal) {
    const year = Number(line);
    console.log(`${year}: ${isLeap(year) ? "yes" : "no"}`);
    if (++asked === 2) break;
    terminal.prompt();
}
