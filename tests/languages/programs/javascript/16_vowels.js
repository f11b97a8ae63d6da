import { createInterface } from "node:readline/promises";
const terminal = createInterface(process.stdin, process.stdout);
const word = await terminal.question("Word? ");
const vowels = word.match(/[aeiou]/gi) ?? [];
console.log(`${vowels.length} vowels`);
terminal.close();
