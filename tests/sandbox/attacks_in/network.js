const net = require("net");
const words = process.argv.slice(2);
function next() {
  if (words.length < 2) process.exit(0);
  const [host, port] = words.splice(0, 2);
  const one = net.connect({ host, port: Number(port), timeout: 5000 });
  const say = (what) => {
    one.removeAllListeners();
    one.on("error", () => {});
    one.destroy();
    console.log(what);
    next();
  };
  one.on("connect", () => say("done"));
  one.on("error", () => say("refused"));
  one.on("timeout", () => say("refused"));
}
next();
