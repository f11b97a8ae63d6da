import * as readline from "node:readline/promises";
const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
const name = await terminal.question("Name? ");
const age = parseInt(await terminal.question("Age? "));
console.log(`Hello, ${name}!`);
console.log("Next year you will be " + (age + 1) + ".");
terminal.close();
