import { createInterface } from "node:readline/promises";
const terminal = createInterface(process.stdin, process.stdout);
const word = await terminal.question("Word? ");
let same = true;
for (let i = 0; i < word.length / 2; i++) {
    if (word[i] !== word[word.length - 1 - i]) same = false;
}
console.log(word + (same ? " is a palindrome" : " is no palindrome"));
terminal.close();
