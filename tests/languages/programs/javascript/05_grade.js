const { createInterface } = require("node:readline/promises");

function gradeOf(points) {
    if (points >= 90) return "A";
    if (points >= 80) return "B";
    if (points >= 70) return "C";
    return "F";
}

async function main() {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    const points = Number(await terminal.question("Points? "));
    console.log("Grade: " + gradeOf(points));
    terminal.close();
}

main();
