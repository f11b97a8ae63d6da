import { expect, it } from "vitest";
import { SHOWN_BYTES } from "../../protocol.gen";
import { firstShown, lineOf, shownCode, viewOf } from "./shown_code";

const size = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

it("sends a usual program whole, the file in view first", () => {
  const files = [
    { path: "main.py", content: "import a\n" },
    { path: "a.py", content: "" },
  ];
  expect(shownCode(files, "a.py")).toEqual({ files: [files[1], files[0]], cut: false });
});

it("cuts what is too long for one message, and says so", () => {
  for (const letter of ["x", '"', "ü", "\u0001", "😀"]) {
    const files = [
      { path: "big.py", content: letter.repeat(200_000) },
      { path: "small.py", content: "x" },
    ];
    const { files: shown, cut } = shownCode(files, "big.py");
    expect(cut).toBe(true);
    expect(shown[0]?.path).toBe("big.py");
    expect(shown[0]?.content.length).toBeGreaterThan(1000);
    expect(size(shown)).toBeLessThan(SHOWN_BYTES + 200);
  }
});

it("leaves out a large file that is not in view", () => {
  const files = [
    { path: "big.py", content: "x".repeat(200_000) },
    { path: "small.py", content: "x" },
  ];
  expect(shownCode(files, "small.py")).toEqual({ files: [files[1]], cut: true });
});

it("counts lines from one", () => {
  expect([lineOf("", 0), lineOf("a\nb\nc", 2), lineOf("a\nb\nc", 5)]).toEqual([1, 2, 3]);
});

it("follows the presenter's view, also where there is less room than the presenter has", () => {
  expect(viewOf([10, 40], 35)).toEqual({ top: 10, line: 35 });
  expect(viewOf([10, 40], 3)).toEqual({ top: 10, line: 10 }); // scrolled away from the cursor
  expect(viewOf([10, 40], 90)).toEqual({ top: 10, line: 10 });
  expect(firstShown(10, 35, 40)).toBe(10);
  expect(firstShown(10, 35, 20)).toBe(17); // the cursor is in the last line but one
  expect(firstShown(10, 10, 20)).toBe(10);
  expect(firstShown(1, null, 20)).toBe(1);
  expect(firstShown(1, 1, 0)).toBe(1); // the panel is not drawn yet
});
