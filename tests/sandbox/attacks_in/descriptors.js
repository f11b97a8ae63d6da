const fs = require("fs");
try {
  for (let count = 0; count < 5000; count += 1) fs.openSync("/dev/null");
  console.log("done");
} catch {
  console.log("refused");
}
