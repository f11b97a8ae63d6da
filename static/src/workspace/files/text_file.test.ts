import { expect, it } from "vitest";
import { textOf } from "./text_file";

it.each([
  ["text", [104, 195, 188, 13, 10, 33], "hü\n!"],
  ["a byte order mark", [239, 187, 191, 97], "a"],
  ["a NUL", [97, 0], null],
  ["half a character", [195], null],
])("reads %s", (_name, bytes, text) => {
  expect(textOf(new Uint8Array(bytes))).toBe(text);
});
