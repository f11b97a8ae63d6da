import { createInterface } from "node:readline/promises";
const terminal = createInterface(process.stdin, process.stdout);
const rows = Number(await terminal.question("Rows? "));
for (let row = 1; row <= rows; row++) {
    let line = "";
    for (let column = 0; column < row; column++) {
        line += "*";
    }
    console.log(line);
}
terminal.close();
