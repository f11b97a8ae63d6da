import { expect, it } from "vitest";
import { beginning, utf8Length } from "./utf8";

it("measures and cuts by bytes of UTF-8", () => {
  expect(["a", "é", "€", "😀"].map(utf8Length)).toEqual([1, 2, 3, 4]);
  expect(beginning("a😀b", 4)).toBe("a");
  expect(beginning("a😀b", 5)).toBe("a😀");
});
