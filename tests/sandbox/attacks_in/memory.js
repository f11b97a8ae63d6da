const kept = [];
try {
  for (let count = 0; count < 2048; count += 1) kept.push(Buffer.alloc(1 << 20, 1));
  console.log("done");
} catch {
  console.log("refused");
}
