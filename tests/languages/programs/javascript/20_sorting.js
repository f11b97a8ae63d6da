import { createInterface } from "node:readline/promises";

function bubbleSort(numbers) {
    for (let end = numbers.length - 1; end > 0; end--) {
        for (let i = 0; i < end; i++) {
            if (numbers[i] > numbers[i + 1]) {
                [numbers[i], numbers[i + 1]] = [numbers[i + 1], numbers[i]];
            }
        }
    }
}

const terminal = createInterface(process.stdin, process.stdout);
const numbers = [];
for (let i = 0; i < 4; i++) {
    numbers.push(parseInt(await terminal.question("Number? ")));
}
bubbleSort(numbers);
console.log(numbers.join(" "));
terminal.close();
