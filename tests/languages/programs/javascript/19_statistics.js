import { createInterface } from "node:readline/promises";
const terminal = createInterface(process.stdin, process.stdout);
const numbers = [];
for (let i = 1; i <= 4; i++) {
    numbers.push(Number(await terminal.question(`Number ${i}? `)));
}
const sum = numbers.reduce((total, number) => total + number, 0);
console.log("Smallest: " + Math.min(...numbers));
console.log("Largest: " + Math.max(...numbers));
console.log("Average: " + (sum / numbers.length).toFixed(2));
terminal.close();
