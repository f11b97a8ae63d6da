const readline = require("node:readline");
const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
terminal.question("Celsius? ", (answer) => {
    const celsius = parseFloat(answer);
    const fahrenheit = (celsius * 9) / 5 + 32;
    console.log(`${celsius.toFixed(1)} C = ${fahrenheit.toFixed(1)} F`);
    terminal.close();
});
