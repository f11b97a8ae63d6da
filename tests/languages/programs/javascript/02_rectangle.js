const readline = require("node:readline");
const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
terminal.question("Width? ", (width) => {
    terminal.question("Height? ", (height) => {
        console.log("Area: " + (width * height).toFixed(1));
        console.log("Perimeter: " + (2 * (Number(width) + Number(height))).toFixed(1));
        terminal.close();
    });
});
