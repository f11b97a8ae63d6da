import { expect, it } from "vitest";
import { readableMarkdown, withoutUnknown } from "./type_text";

it.each([
  ["(variable) x: Unknown", "(variable) x"],
  ["(variable) parts: ...", "(variable) parts"],
  ["(variable) xs: list[Unknown]", "(variable) xs: list"],
  ["(variable) ages: dict[Unknown, Unknown]", "(variable) ages: dict"],
  ["(variable) ages: dict[str, Unknown]", "(variable) ages: dict[str, …]"],
  ["(variable) rows: list[list[Unknown]]", "(variable) rows: list[list]"],
  ["(variable) x: int | Unknown", "(variable) x: int | …"],
  ["(function) def f(xs: Unknown) -> list[Unknown]", "(function) def f(xs) -> list"],
  ["def f(\n    a: Unknown,\n    b: int = 3\n) -> Unknown", "def f(\n    a,\n    b: int = 3\n)"],
  ["(a: Unknown, b: Unknown | None = None) -> Unknown", "(a, b = None)"],
  ["(path: str, mode: ... = ..., ...) -> Unknown", "(path: str, mode = ..., ...)"],
  ["(variable) point: tuple[int, ...]", "(variable) point: tuple[int, ...]"],
  ["class UnknownThing", "class UnknownThing"],
])("leaves out what nobody knows: %s", (code, readable) => {
  expect(withoutUnknown(code)).toBe(readable);
});

it("leaves what is written about the code as it is", () => {
  const markdown = "```python\n(variable) x: Unknown\n```\n---\nUnknown: Unknown";
  expect(readableMarkdown(markdown)).toBe("```python\n(variable) x\n```\n---\nUnknown: Unknown");
});

it("reads a long declaration in a moment", () => {
  const code = `${"[Unknown, ".repeat(50_000)}${": Unknown | None ".repeat(50_000)}`;
  const before = performance.now();
  readableMarkdown(`\`\`\`python\n${code}`);
  withoutUnknown(code);
  expect(performance.now() - before).toBeLessThan(1000);
});
