import { describe, expect, test } from "vitest";
import { logMessage } from "./log_messages";

describe("the message of a breakpoint", () => {
  test.each([
    "plain",
    "100 %",
    "{number}",
    "{n['a']}",
    "{d['a:b!r']}",
    "{x[1:2]}",
    "{a != b}",
    "{lambda: 1}",
    "{ {1: 2} }",
    "{f'{number:3}'}",
    "{x:{width}}",
    "{",
    "}{",
    "{}",
    "100 % {}",
    "50 % {",
    "{x:.2f",
    "🎲 {number}",
  ])("%j stays as it is", (message) => {
    expect(logMessage(message)).toBe(message);
  });

  test("has signs of per cent, also beside expressions", () => {
    expect(logMessage("100 % of {a % 2} are %d")).toBe("100 %% of {a % 2} are %%d");
  });

  test.each([
    ["{price:.2f} €", '{format((price), ".2f")} €'],
    ["{name!r}", "{repr(name)}"],
    ["{name!r:>10}", '{format(repr(name), ">10")}'],
    ["{d['a:b']:3}", "{format((d['a:b']), \"3\")}"],
    ["{a if b != c else d:>{}}".replace("{}", "4"), '{format((a if b != c else d), ">4")}'],
    ["{when:%H:%M}", '{format((when), "%H:%M")}'],
    ["{x:}", '{format((x), "")}'],
  ])("formats %j as Python does", (message, sent) => {
    expect(logMessage(message)).toBe(sent);
  });
});
