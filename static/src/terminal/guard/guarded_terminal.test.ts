import { beforeEach, expect, it, vi } from "vitest";
import { GuardedTerminal } from "./guarded_terminal";
import { internalsOf } from "./internals";

let guarded: GuardedTerminal;
let answers: string[];

beforeEach(() => {
  guarded = new GuardedTerminal({ rows: 10, cols: 40, scrollback: 100, allowProposedApi: true });
  answers = [];
  guarded.onData({
    typed: (text) => answers.push(`typed ${text}`),
    answered: (text) => answers.push(text),
  });
});

const bytes = (text: string) => new TextEncoder().encode(text);

function write(text: string, wants?: () => boolean): Promise<void> {
  return new Promise((parsed) => guarded.write(bytes(text), parsed, wants));
}

/** The rows of the screen. */
function screen(): string[] {
  const { active } = guarded.terminal.buffer;
  return Array.from({ length: guarded.terminal.rows }, (_, row) =>
    (active.getLine(active.baseY + row)?.translateToString(true) ?? "").trimEnd(),
  );
}

it("uses parts of xterm.js that are there", () => {
  const internals = internalsOf(guarded.terminal);
  expect(internals._inputHandler.parse).toBeTypeOf("function");
  expect(internals._inputHandler._parser.reset).toBeTypeOf("function");
  expect(internals._oscLinkService.registerLink).toBeTypeOf("function");
  expect(internals.unicodeService.getStringCellWidth("\u6f22")).toBe(2);
  expect(internals._unprocessedDeadKey).toBe(false);
});

it.each(["L", "M", "S", "T", "I", "Z", "b", "@", "P", "X", "A", "B", "C", "D", "'}", "'~", " @"])(
  "does CSI 2147483647 %s at once, like CSI 9999",
  async (final) => {
    const start = "\x1bcone\r\ntwo\tthree\r\nfour\x1b[2;3H";
    await write(`${start}\x1b[9999${final}*`);
    const { cursorX, cursorY } = guarded.terminal.buffer.active;
    const wanted = [screen(), cursorX, cursorY];
    const began = performance.now();
    await write(`${start}\x1b[2147483647${final}*`);
    expect(performance.now() - began).toBeLessThan(1000);
    const { active } = guarded.terminal.buffer;
    expect([screen(), active.cursorX, active.cursorY]).toEqual(wanted);
  },
);

it("repeats a sign no oftener than the screen has cells", async () => {
  await write("x\x1b[99999b");
  expect(screen().join("")).toBe("x".repeat(9 * 40 + 1));
});

it("erases up to the last cell of a screen on which nothing has scrolled", async () => {
  await write("\x1bcabc\r\ndef\x1b[999;999H*\x1b[1Jx");
  expect(screen().join("")).toBe("x");
});

it("goes on after an error of the parser", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const input = internalsOf(guarded.terminal)._inputHandler;
  const { cursorUp } = input;
  input.cursorUp = () => {
    throw new Error("a fault");
  };
  await write("before\x1b[A lost");
  input.cursorUp = cursorUp;
  await write("\r\nafter");
  expect(screen().slice(0, 2)).toEqual(["before", "after"]);
  expect(said).toHaveBeenCalled();
  said.mockRestore();
});

it("keeps no more signs in a cell than people write", async () => {
  await write(`e${"\u0301".repeat(10_000)}f`);
  const [line = ""] = screen();
  expect(line.length).toBeLessThan(32);
  expect(line.endsWith("f")).toBe(true);
});

it("follows a bounded number of links", async () => {
  await write("\x1b]8;;http://x\x07x\x1b]8;;\x07".repeat(5000));
  await write("\x1b]8;id=a;http://x\x07x\r\n".repeat(5000));
  expect(guarded.terminal.markers.length).toBeLessThanOrEqual(512);
});

it("stops parsing when its turn is over, and goes on later", async () => {
  let turns = 0;
  let done = false;
  const parsed = write("\x1b[2J".repeat(100_000)).then(() => {
    done = true;
  });
  const count = () => {
    turns += 1;
    if (!done) setTimeout(count);
  };
  setTimeout(count);
  await parsed;
  expect(turns).toBeGreaterThan(2);
});

it("drops what is not parsed yet", async () => {
  const long = write(`${"\x1b[2J".repeat(100_000)}old`);
  const more = write("old");
  guarded.skip();
  const next = write("\x1bcnew");
  await Promise.all([long, more, next]);
  expect(screen()[0]).toBe("new");
});

it.each([
  ["\x1b[6n", "\x1b[1;1R"],
  ["\x1b[c", "\x1b[?1;2c"],
  ["\x1b[>c", "\x1b[>0;276;0c"],
  ["\x1b[5n", "\x1b[0n"],
  ["\x1b[?1$p", "\x1b[?1;2$y"],
  ["\x1bP$qm\x1b\\", "\x1bP1$r0m\x1b\\"],
])("answers %j only where that is wanted", async (question, answer) => {
  await write(`\x1bc${question}`);
  await write(`\x1bc${question}`, () => false);
  expect(answers).toEqual([]);
  await write(`\x1bc${question}`, () => true);
  expect(answers).toEqual([answer]);
});

it("does not take for an answer what the user types meanwhile", async () => {
  const parsed = write("\x1b[2J".repeat(50_000), () => true);
  setTimeout(() => guarded.terminal.input("key"));
  await parsed;
  expect(answers).toEqual(["typed key"]);
});

it("types reports of the mouse in their oldest form where they are text", () => {
  const core = (guarded.terminal as unknown as { _core: { coreService: Binary } })._core;
  core.coreService.triggerBinaryEvent("\x1b[M`!!");
  core.coreService.triggerBinaryEvent("\x1b[M`\xf0!");
  expect(answers).toEqual(["typed \x1b[M`!!"]);
});

interface Binary {
  triggerBinaryEvent(bytes: string): void;
}

it("rings for what a program prints now, also if it has ended since, and for nothing older", async () => {
  let rung = 0;
  guarded.onBell(() => {
    rung += 1;
  });
  await write("\x07 shown again");
  expect(rung).toBe(0);
  await write("\x07", () => true);
  await write("\x07 the last output", () => false);
  expect(rung).toBe(2);
  guarded.terminal.write("\x07");
  await write("");
  expect(rung).toBe(2);
});

it.each([
  ["has the focus", "\x1b[I"],
  ["has lost it", "\x1b[O"],
  ["where the mouse is", "\x1b[<35;1;1M"],
])("does not report %s in a mode of the past", async (_, report) => {
  const past = write("\x1b[?1004h".repeat(50_000));
  setTimeout(() => guarded.terminal.input(report));
  setTimeout(() => guarded.terminal.input("key"));
  await past;
  await write("now", () => true);
  guarded.terminal.input(report);
  expect(answers).toEqual(["typed key", `typed ${report}`]);
});

it("is new after a reset, whatever was printed before", async () => {
  await write("\x1b[20h\x1b[?25l\x1b(0\x1b[4h\x1b[?7l\x1b[5 q\x1b[2;3r\x1b[?6h\x1b[?1049h");
  await write(guarded.resetSequence);
  await write("one\ntwo q");
  expect(screen().slice(0, 2)).toEqual(["one", "   two q"]);
  expect(guarded.terminal.modes).toEqual(
    new GuardedTerminal({ rows: 10, cols: 40 }).terminal.modes,
  );
});
