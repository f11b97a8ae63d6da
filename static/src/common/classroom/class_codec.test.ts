import { expect, it } from "vitest";
import { decodeClass } from "./class_codec";
import { DE } from "./texts_de";
import { EN } from "./texts_en";

it("reads what the server sends", () => {
  const watched = { type: "watched", by: ["Ada"], code: true };
  expect(decodeClass(JSON.stringify(watched))).toEqual(watched);
});

it.each([
  "{",
  "[]",
  "null",
  '"watched"',
  '{"type":"constructor"}',
  '{"type":"watched"}',
  '{"type":"watched","by":"Ada","code":true}',
])("ignores %s", (text) => {
  expect(decodeClass(text)).toBeNull();
});

it("has every placeholder in both languages", () => {
  const places = (text: string) => new Set(text.match(/\{\w+\}/g));
  for (const [key, text] of Object.entries(EN)) {
    expect(places(DE[key as keyof typeof EN]), key).toEqual(places(text));
  }
});
