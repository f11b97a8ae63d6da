import { afterEach, expect, it } from "vitest";
import { ago, dateTime } from "./dates";
import { useLocale } from "./locale";

afterEach(() => useLocale("en"));

const NOW = Date.parse("2026-01-05T10:00:00Z");

// How units are shortened differs between versions of Unicode's data.
it.each([
  ["en", "2026-01-05T10:00:00+00:00", /^now$/],
  ["en", "2026-01-05T09:30:00+00:00", /^30 min\.? ago$/],
  ["en", "2026-01-05T04:00:00+00:00", /^6 hr?\.? ago$/],
  ["de", "2026-01-05T09:30:00+00:00", /^vor 30 Min\.$/],
  ["en-US", "2025-12-24T10:00:00+00:00", /^Dec 24, 2025$/],
  ["en-GB", "2025-12-24T10:00:00+00:00", /^24 Dec 2025$/],
  ["de", "2025-12-24T10:00:00+00:00", /^24\.12\.2025$/],
])("in %s says when %s was", (language, iso, words) => {
  useLocale(language, [language]);
  expect(ago(iso, NOW)).toMatch(words);
});

it("takes the reader's own way to write dates, if it is of the page's language", () => {
  useLocale("en", ["de-AT", "en-GB", "en-US"]);
  expect(dateTime("2026-07-01T12:30:00Z")).toContain("1 Jul 2026");
  useLocale("de", ["fr", "en-GB"]);
  expect(dateTime("2026-07-01T12:30:00Z")).toContain("01.07.2026");
});
