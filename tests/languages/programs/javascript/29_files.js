import { appendFileSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
const terminal = createInterface(process.stdin, process.stdout);
for (let i = 0; i < 3; i++) {
    appendFileSync("notes.txt", (await terminal.question("Note? ")) + "\n");
}
const lines = readFileSync("notes.txt", "utf8").trimEnd().split("\n");
lines.forEach((line, i) => console.log(`${i + 1}: ${line}`));
terminal.close();
