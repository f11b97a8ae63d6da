import { afterEach, expect, it } from "vitest";
import { DE } from "./texts_de";
import { EN, type TextKey } from "./texts_en";
import { t, translator, useLanguage } from "./translate";

afterEach(() => useLanguage("en"));

it("speaks the page's language, and English to everybody else", () => {
  const words = (tag: string) => {
    useLanguage(tag);
    return t("queue.place", { position: 3 });
  };
  expect(words("de-AT")).toBe("Warten auf einen freien Rechner. Platz in der Warteschlange: 3.");
  expect(words("en")).toBe("Waiting for a free machine. Position in the queue: 3.");
  expect(words("fr")).toBe(words("en"));
});

it("has the same places to fill in every language", () => {
  const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const key of Object.keys(EN) as TextKey[]) {
    expect([key, places(DE[key])]).toEqual([key, places(EN[key])]);
  }
});

it("leaves no text empty", () => {
  for (const texts of [EN, DE]) expect(Object.values(texts).filter((text) => !text)).toEqual([]);
});

it("translates texts that are loaded later", () => {
  const text = translator({ hello: "Hello {name}" }, { hello: "Hallo {name}" });
  useLanguage("de-AT");
  expect(text("hello", { name: "Ada" })).toBe("Hallo Ada");
  useLanguage("en");
  expect(text("hello", { name: "Ada" })).toBe("Hello Ada");
});
