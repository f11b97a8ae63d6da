// biome-ignore-all lint/suspicious/noTemplateCurlyInString: places of templates look like that
import { expect, it } from "vitest";
import type { CompletionList } from "../../common/intelligence/answers";
import { LocalHelp } from "./local_help";

const WORDS = {
  keywords: ["func", "for"],
  templates: [{ name: "for", text: "for ${1:i} := 0 {\n\t$0\n}" }],
};
const help = new LocalHelp({ words: async (path) => (path.endsWith(".go") ? WORDS : null) });
const place = (content: string, shown = "main.go") => ({
  files: [{ path: shown, content }],
  shown,
  offset: content.length,
});
const labels = ({ items }: CompletionList) => items.map(({ label }) => label);

it("suggests templates, keywords and words of the files", async () => {
  const found = await help.completed(place("total := 1\nfo"), null, true);
  expect(labels(found)).toEqual(["for", "func", "for", "total"]);
  expect(found.items[0]).toMatchObject({
    kind: "template",
    template: true,
    detail: "for i := 0 {",
    insert: WORDS.templates[0]?.text,
  });
  expect(found).toMatchObject({ from: 11, to: 13, incomplete: false });
});

it("suggests words alone after a dot", async () => {
  expect(labels(await help.completed(place("total := 1\nx.to"), null, true))).toEqual(["total"]);
});

it("adds to what a worker has found, and nothing to members", async () => {
  const item = (label: string) => ({
    ...{ label, kind: "function", detail: "", insert: label },
    ...{ template: false, range: null, source: {} },
  });
  const found = { from: 9, to: 9, items: [item("greet")], incomplete: true } as CompletionList;
  const all = await help.completed(place("word = 1\n", "main.py"), found, true);
  expect(labels(all)).toEqual(["greet", "word"]);
  expect(all.incomplete).toBe(true);
  expect(await help.completed(place("word = 1\nword.", "main.py"), found, true)).toBe(found);
});

it("does without what the server does not say", async () => {
  const failing = new LocalHelp({ words: () => Promise.reject(new Error("offline")) });
  expect(labels(await failing.completed(place("total to"), null, true))).toEqual(["total"]);
});

it("describes what the files define, as text", () => {
  const source = 'def f(x):\n    "Says <b>f</b>."\nf';
  const found = help.hover(place(source, "main.py"));
  expect(found?.markdown).toContain("```python\ndef f(x)\n```");
  expect(found?.markdown).toContain("Says \\<b\\>f\\<\\/b\\>\\.");
  expect(help.hover(place("x", "main.go"))).toBeNull();
  expect(help.definition(place(source, "main.py"))).toEqual([{ path: "main.py", from: 4, to: 5 }]);
});
