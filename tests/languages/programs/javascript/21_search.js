import { createInterface } from "node:readline/promises";

function search(numbers, wanted) {
    let low = 0;
    let high = numbers.length - 1;
    while (low <= high) {
        const middle = Math.floor((low + high) / 2);
        if (numbers[middle] === wanted) return middle;
        if (numbers[middle] < wanted) low = middle + 1;
        else high = middle - 1;
    }
    return -1;
}

const terminal = createInterface(process.stdin, process.stdout);
const numbers = [1, 3, 5, 7, 9, 11];
for (let i = 0; i < 2; i++) {
    const wanted = Number(await terminal.question("Wanted? "));
    const place = search(numbers, wanted);
    console.log(place >= 0 ? `${wanted} is at ${place}` : `${wanted} is not there`);
}
terminal.close();
