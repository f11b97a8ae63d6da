import { createInterface } from "node:readline/promises";
const SECRET = 42;
const terminal = createInterface(process.stdin, process.stdout);
for (let guesses = 1; ; guesses++) {
    const guess = Number(await terminal.question("Guess? "));
    if (guess === SECRET) {
        console.log(`right after ${guesses} guesses`);
        break;
    }
    console.log(guess > SECRET ? "too high" : "too low");
}
terminal.close();
