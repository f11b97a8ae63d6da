import { expect, it } from "vitest";
import { rightToLeftRuns } from "./right_to_left";

const HELLO = "\u0645\u0631\u062d\u0628\u0627";
const SHALOM = "\u05e9\u05dc\u05d5\u05dd";
const joined = (text: string) => rightToLeftRuns(text).map(([from, to]) => text.slice(from, to));

it.each([
  ["Latin letters", "hello 123", []],
  ["a word", `say ${HELLO} twice`, [HELLO]],
  ["two words", `${HELLO} ${SHALOM}`, [`${HELLO} ${SHALOM}`]],
  ["a number between words", `${HELLO} 5 ${SHALOM}`, [`${HELLO} 5 ${SHALOM}`]],
  ["the end of a sentence", `${HELLO}!`, [`${HELLO}!`]],
  ["words between Latin ones", `a ${HELLO} b ${SHALOM} c`, [HELLO, SHALOM]],
  ["the columns of a table", `│ ${HELLO} │ ${SHALOM} │`, [HELLO, SHALOM]],
  ["columns with spaces between", `${HELLO}  ${SHALOM}`, [HELLO, SHALOM]],
  ["vowel signs", "\u0628\u064e\u0627", ["\u0628\u064e\u0627"]],
])("finds %s", (_, text, runs) => {
  expect(joined(text)).toEqual(runs);
});

it("reads a long row once", () => {
  const text = `${HELLO} `.repeat(20_000);
  const began = performance.now();
  expect(joined(text).length).toBe(1);
  expect(performance.now() - began).toBeLessThan(1000);
});
