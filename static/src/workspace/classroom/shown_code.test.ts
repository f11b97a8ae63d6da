import { expect, it } from "vitest";
import { SHOWN_BYTES } from "../../protocol.gen";
import { lineOf, shownCode } from "./shown_code";

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
