const { createInterface } = require("node:readline");

function isLeap(year) {
    return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: "Year? " });
let asked = 0;
terminal.on("line", (line) => {
    const year = Number(line);
    console.log(`${year}: ${isLeap(year) ? "yes" : "no"}`);
    asked++;
    if (asked === 2) {
        terminal.close();
    } else {
        terminal.prompt();
    }
});
terminal.prompt();
