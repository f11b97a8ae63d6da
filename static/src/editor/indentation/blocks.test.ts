import { describe, expect, it } from "vitest";
import {
  type BlockRules,
  type FileLanguage,
  fileLanguage,
} from "../../common/languages/file_language";
import * as keys from "./keys";

const PLAIN = fileLanguage("a.txt", []);
const RUBY: BlockRules = {
  opens: /\b(?:do|then|else|begin)(?:\s*\|[^|]*\|)?\s*$|^\s*(?:def|class|if|while|unless|elsif)\b/,
  closes: /^\s*(?:end|else|elsif\b.*)\s*$/,
  tabs: false,
};

function language(blocks: BlockRules): FileLanguage {
  return { ...PLAIN, blocks };
}

/** The text, in which `|` is the cursor, after a key. */
function pressing(
  marked: string,
  blocks: BlockRules,
  press: (file: keys.FileText, at: number) => keys.Edit | null,
): string {
  const at = marked.indexOf("¦");
  const text = marked.replace("¦", "");
  const edit = press(keys.fileText(text, language(blocks), 2), at);
  if (!edit) return marked;
  const { from, to, insert, cursor } = edit;
  const changed = text.slice(0, from) + insert + text.slice(to);
  return `${changed.slice(0, from + cursor)}¦${changed.slice(from + cursor)}`;
}

const enter = (file: keys.FileText, at: number) => keys.enter(file, at, at);

describe("Enter in a language with words for blocks", () => {
  it.each([
    ["opens a block", "if x then¦", "if x then\n  ¦"],
    ["opens a block with parameters", "a.each do |x|¦", "a.each do |x|\n  ¦"],
    ["keeps a level", "def f\n  a¦", "def f\n  a\n  ¦"],
    ["ends a block", "def f\n  a\n  end¦", "def f\n  a\nend\n¦"],
    ["ends an empty block", "def f\n  end¦", "def f\nend\n¦"],
    ["ends an inner block", "def f\n  if x\n    a\n    end¦", "def f\n  if x\n    a\n  end\n  ¦"],
    ["ends one and opens the next", "if x\n  a\n  else¦", "if x\n  a\nelse\n  ¦"],
    ["leaves what is in its place", "if x\n  a\nend¦", "if x\n  a\nend\n¦"],
    ["leaves longer words", "def f\n  a\n  ending¦", "def f\n  a\n  ending\n  ¦"],
    ["leaves a line that goes on", "def f\n  a\n  end¦ + 1", "def f\n  a\n  end\n  ¦+ 1"],
  ])("%s", (_, before, wanted) => {
    expect(pressing(before, RUBY, enter)).toBe(wanted);
  });

  it("tries no pattern on a very long line", () => {
    const line = `${" ".repeat(3000)}end`;
    expect(pressing(`def f\n${line}¦`, RUBY, enter)).toBe(`def f\n${line}\n${" ".repeat(3000)}¦`);
  });
});

it("indents by tabs where the language does, and by what the file has", () => {
  const go = { opens: null, closes: null, tabs: true };
  expect(pressing("func f() {¦", go, enter)).toBe("func f() {\n\t¦");
  expect(pressing("{\n  a()\n}\nb {¦", go, enter)).toBe("{\n  a()\n}\nb {\n  ¦");
});

describe("a closing bracket", () => {
  it.each([
    ["goes back", "if (x) {\n  a();\n  }¦", "if (x) {\n  a();\n}¦"],
    ["finds its own", "f(x, {\n  a: [1, 2],\n  }¦", "f(x, {\n  a: [1, 2],\n}¦"],
    ["skips inner ones", "{\n  { a }\n    }¦", "{\n  { a }\n}¦"],
    ["stays in its place", "{\n}¦", "{\n}¦"],
    ["stays behind code", "{\n  a }¦", "{\n  a }¦"],
    ["stays without an opening one", "  }¦", "  }¦"],
  ])("%s", (_, before, wanted) => {
    expect(pressing(before, PLAIN.blocks, keys.ending)).toBe(wanted);
  });
});
