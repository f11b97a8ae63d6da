import { createInterface } from "node:readline/promises";
const terminal = createInterface(process.stdin, process.stdout);
let total = 0;
let running = true;
while (running) {
    console.log("1 add  2 show  3 quit");
    switch (await terminal.question("> ")) {
        case "1":
            total += Number(await terminal.question("Amount? "));
            break;
        case "2":
            console.log("Total:", total);
            break;
        case "3":
            running = false;
    }
}
console.log("Bye");
terminal.close();
