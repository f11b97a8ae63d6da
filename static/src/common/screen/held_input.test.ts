import { expect, it } from "vitest";
import { asShown } from "./held_input";

it.each([
  ["letters", "Ada", "Ada"],
  ["Enter", "Ada\r36\r", "Ada\r\n36\r\n"],
  ["a paste", "a\nb", "a\r\nb"],
  ["Backspace", "Adx\u007fa", "Ada"],
  ["Backspace over an emoji", "a😀\u007f", "a"],
  ["Backspace at the start of a line", "a\r\u007fb", "a\r\nb"],
  ["Backspace without text", "\u007fa", "a"],
  ["Ctrl+C", "a\u0003", "a^C"],
  ["arrow keys", "a\u001b[Db\u001bOA", "ab"],
  ["a sequence that would clear the screen", "\u001bca", "^[ca"],
  ["a tab", "a\tb", "a\tb"],
])("shows %s as a terminal echoes it", (_, typed, shown) => {
  expect(asShown(typed)).toBe(shown);
});

it("shows the end of a long text", () => {
  expect(asShown("x".repeat(100_000)).length).toBeLessThan(3000);
});
