import { expect, it } from "vitest";
import { escapedMarkdown, MOST_CHARACTERS, parseMarkdown } from "./markdown";

const plain = (text: string) => ({ kind: "text", spans: [{ text, style: "plain" }] });

it("knows code, rules and paragraphs", () => {
  expect(parseMarkdown("```python\ndef f(): ...\n```\n---\nSay\\_it.\n\nTwice.  \nNow.")).toEqual([
    { kind: "code", text: "def f(): ...", language: "python" },
    { kind: "rule" },
    plain("Say_it."),
    plain("Twice.\nNow."),
  ]);
});

it("knows styles within a line", () => {
  expect(parseMarkdown("a `b*c*` **d** *e* f\\*g\\* [h](https://evil.example)")).toEqual([
    {
      kind: "text",
      spans: [
        { text: "a ", style: "plain" },
        { text: "b*c*", style: "code" },
        { text: " ", style: "plain" },
        { text: "d", style: "strong" },
        { text: " ", style: "plain" },
        { text: "e", style: "emphasis" },
        { text: " f*g* ", style: "plain" },
        { text: "h", style: "plain" },
      ],
    },
  ]);
});

it("makes characters of entities, and text of HTML", () => {
  expect(parseMarkdown("&lt;b&gt;&nbsp;&#65;&#0;&#9999999;&x;<img src=x>")).toEqual([
    plain("<b>\u00a0A&#0;&#9999999;&x;<img src=x>"),
  ]);
});

it.each(["```\nopen", "`a", "**", "\\", "[x](", "~~~~\n```\n~~~~", ""])("takes %j", (text) => {
  expect(() => escapedMarkdown(parseMarkdown(text))).not.toThrow();
});

it("cuts what is too long", () => {
  const [block] = parseMarkdown("x".repeat(1e6));
  expect(JSON.stringify(block).length).toBeLessThan(MOST_CHARACTERS + 100);
});

it("is quick with text that is made to be slow", () => {
  const began = performance.now();
  for (const bad of ["*a ", "`", "[", "\\", "**", "&#"]) parseMarkdown(bad.repeat(6000));
  expect(performance.now() - began).toBeLessThan(2000);
});

it("escapes whatever could be markup", () => {
  const source =
    "<script>alert(1)</script> ![x](javascript:1) https://evil.example | # no\n    code";
  const shown = escapedMarkdown([plain(source)] as never);
  expect(shown).not.toMatch(/(?<!\\)[<>!|#[\]()`]/);
  expect(shown).not.toContain("https:/");
  expect(shown).not.toMatch(/^ {4}/m);
});

it("closes no code block with code", () => {
  const shown = escapedMarkdown([{ kind: "code", text: "a\n```\n# b", language: "python" }]);
  expect(shown).toBe("````python\na\n```\n# b\n````");
});
