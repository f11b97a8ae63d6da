const fs = require("fs");
const words = process.argv.slice(2);
for (let i = 0; i + 1 < words.length; i += 2) {
  try {
    fs.openSync(words[i + 1], words[i] === "r" ? "r" : "a");
    console.log("done");
  } catch {
    console.log("refused");
  }
}
