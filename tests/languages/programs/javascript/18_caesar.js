import { createInterface } from "node:readline/promises";

function shifted(letter, key) {
    if (!/[a-z]/i.test(letter)) return letter;
    const first = letter === letter.toUpperCase() ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + key) % 26) + first);
}

const terminal = createInterface(process.stdin, process.stdout);
const text = await terminal.question("Text? ");
const key = Number(await terminal.question("Key? "));
console.log(Array.from(text, (letter) => shifted(letter, key)).join(""));
terminal.close();
