process.stdout.write("Number? ");
process.stdin.once("data", (data) => {
    const number = parseInt(data.toString());
    if (number % 2 === 0) {
        console.log(number + " is even");
    } else {
        console.log(number + " is odd");
    }
    process.stdin.pause();
});
