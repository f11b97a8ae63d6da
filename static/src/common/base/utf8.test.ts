import { expect, it } from "vitest";
import { utf8Length, utf8Prefix } from "./utf8";

it("measures and cuts by bytes of UTF-8", () => {
  expect(["a", "é", "€", "😀"].map(utf8Length)).toEqual([1, 2, 3, 4]);
  expect(utf8Prefix("a😀b", 4)).toBe("a");
  expect(utf8Prefix("a😀b", 5)).toBe("a😀");
});
