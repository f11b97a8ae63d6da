const { spawn } = require("child_process");
for (let count = 0; count < 4000; count += 1) {
  let child;
  try {
    child = spawn("/bin/sleep", ["60"], { stdio: "ignore" });
    child.on("error", () => {});
  } catch {
    child = {};
  }
  if (child.pid === undefined) {
    console.log("refused");
    process.exit(0);
  }
}
console.log("done");
process.exit(0);
