import { createInterface } from "node:readline/promises";
const terminal = createInterface(process.stdin, process.stdout);
const word = await terminal.question("Word? ");
console.log([...word].reverse().join(""));
terminal.close();
