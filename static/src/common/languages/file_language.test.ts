import { describe, expect, it } from "vitest";
import { fileLanguage, isPython, type LanguageRules, languageOfFile } from "./file_language";

function language(id: string, extensions: string[], monaco = id): LanguageRules {
  const indentation = { opens: "", closes: "", tabs: id === "go" };
  const headers = id.startsWith("c") ? ["h"] : [];
  return { id, extensions, headers, monaco, codemirror: id, indentation };
}

const LANGUAGES = [
  language("python", ["py"]),
  language("pypy", ["py"], "python"),
  language("c", ["c"]),
  language("cpp", ["cpp"]),
  language("r", ["R", "r"]),
  language("go", ["go"]),
];

describe("the language of a file", () => {
  it.each([
    ["main.c", "c"],
    ["b/c.PY", "python"],
    ["stats.R", "r"],
    ["data.csv", ""],
    ["Makefile", ""],
    [".py", ""],
    ["x.json", "javascript"],
  ])("of %s is %s", (path, monaco) => {
    expect(fileLanguage(path, LANGUAGES).monaco).toBe(monaco);
  });

  it("is that of the snippet where several have the extension", () => {
    expect(languageOfFile("a.py", LANGUAGES, "pypy")?.id).toBe("pypy");
    expect(languageOfFile("a.py", LANGUAGES, "c")?.id).toBe("python");
    expect(languageOfFile("a.h", LANGUAGES, "cpp")?.id).toBe("cpp");
    expect(languageOfFile("a.h", LANGUAGES, "python")?.id).toBe("c");
  });

  it("knows which files are indented by tabs", () => {
    const tabs = (path: string) => fileLanguage(path, LANGUAGES).blocks.tabs;
    expect(["main.go", "Makefile", "src/makefile", "rules.mk", "main.c"].map(tabs)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it("knows Python by its grammar, whatever the version", () => {
    expect(isPython(fileLanguage("a.py", LANGUAGES, "pypy"))).toBe(true);
    expect(isPython(fileLanguage("a.c", LANGUAGES))).toBe(false);
  });
});
