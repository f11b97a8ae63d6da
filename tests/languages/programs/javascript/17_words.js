import { createInterface } from "node:readline/promises";
const terminal = createInterface(process.stdin, process.stdout);
const text = await terminal.question("Text? ");
const counts = new Map();
for (const word of text.split(" ")) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
}
for (const word of [...counts.keys()].sort()) {
    console.log(`${word}: ${counts.get(word)}`);
}
terminal.close();
