import { beforeEach, expect, it } from "vitest";
import { WriteTurns } from "./write_turns";

const soon: (() => void)[] = [];
const log: string[] = [];
let typed = false;
let now = 0;
let turns: WriteTurns;
let parse: (data: string, result?: boolean) => undefined | Promise<boolean>;

beforeEach(() => {
  soon.length = log.length = now = 0;
  typed = false;
  parse = (data) => void log.push(data);
  turns = new WriteTurns({
    parse: (data, result) => parse(data as string, result),
    soon: (callback) => soon.push(callback),
    now: () => now,
    takeTyped: () => {
      const before = typed;
      typed = false;
      return before;
    },
    didParse: () => log.push("parsed"),
  });
});

function turn(): void {
  for (const callback of soon.splice(0)) callback();
}

it("parses in order, in a turn of its own, and calls back after each", () => {
  turns.write("a", () => log.push("a done"));
  turns.write("b", () => log.push("b done"));
  expect(log).toEqual([]);
  turn();
  expect(log).toEqual(["a", "a done", "b", "b done", "parsed"]);
  expect(soon).toEqual([]);
});

it("parses the first write after a key at once: the echo is not late", () => {
  typed = true;
  turns.write("echo");
  expect(log).toEqual(["echo", "parsed"]);
});

it("ends a turn in time, and goes on in the next", () => {
  parse = (data) => {
    log.push(data);
    now += 10;
    return undefined;
  };
  for (const data of "abc") turns.write(data);
  turn();
  expect(log).toEqual(["a", "b", "parsed"]);
  turn();
  expect(log.slice(3)).toEqual(["c", "parsed"]);
});

it.each([
  ["in the same turn", 1, 0],
  ["in the next turn", 20, 1],
])("continues what was paused with the same data, %s", async (_, milliseconds, waits) => {
  parse = (data, result) => {
    log.push(`${data} ${result}`);
    now += milliseconds;
    return result === undefined ? Promise.resolve(true) : undefined;
  };
  turns.write("long", () => log.push("done"));
  turn();
  await Promise.resolve();
  await Promise.resolve();
  expect(soon).toHaveLength(waits);
  turn();
  expect(log).toEqual(["long undefined", "long true", "done", "parsed"]);
});

it("goes on after a pause that fails", async () => {
  parse = (data, result) => {
    log.push(`${data} ${result}`);
    return data === "bad" && result === undefined ? Promise.reject(new Error("no")) : undefined;
  };
  turns.write("bad");
  turns.write("good");
  turn();
  await Promise.resolve();
  await Promise.resolve();
  await Promise.resolve();
  expect(log).toEqual(["bad undefined", "bad false", "good undefined", "parsed"]);
});

it("takes what is written while it parses", () => {
  turns.write("a", () => turns.write("b"));
  turn();
  expect(log).toEqual(["a", "b", "parsed"]);
});
