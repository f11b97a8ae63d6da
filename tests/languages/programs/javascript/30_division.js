import { createInterface } from "node:readline/promises";

function divide(a, b) {
    if (b === 0) throw new RangeError("Cannot divide by zero");
    return a / b;
}

const terminal = createInterface(process.stdin, process.stdout);
for (let i = 0; i < 2; i++) {
    const a = Number(await terminal.question("Dividend? "));
    const b = Number(await terminal.question("Divisor? "));
    try {
        console.log(`${a} / ${b} = ${divide(a, b)}`);
    } catch (problem) {
        console.log(problem.message);
    }
}
terminal.close();
