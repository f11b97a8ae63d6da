import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explain } from "./explain";
import { explainOutput, type RunFault } from "./explain_output";
import { explainSource } from "./syntax/by_source";
import { scan } from "./syntax/scan";
import { wordsOf } from "./texts";
import { DE } from "./texts/de";
import { EN } from "./texts/en";

/** Programs of beginners with one fault each, and what six Pythons say of them: see tests/errors. */
interface Program {
  readonly name: string;
  readonly line: number;
  readonly file?: string;
  readonly cause: readonly string[];
  readonly files: readonly { readonly path: string; readonly content: string }[];
}
interface Recorded {
  readonly programs: readonly Program[];
  readonly correct: readonly Pick<Program, "name" | "files">[];
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly ruff: Readonly<
    Record<
      string,
      { readonly message: string; readonly line: number; readonly column: number } | null
    >
  >;
}

const RECORDED = new URL("../../../../tests/errors/recorded.json", import.meta.url);
const { programs, correct, outputs, ruff } = JSON.parse(readFileSync(RECORDED, "utf8")) as Recorded;
const VERSIONS = ["3.9", "3.10", "3.11", "3.12", "3.13", "pypy3.9"];

function found({ name, files }: Program, version: string): RunFault | null | undefined {
  const output = outputs[name]?.[version];
  return output === undefined
    ? undefined
    : explainOutput(output.trimEnd().split("\n"), files, "main.py");
}

/** What is wrong with the explanation; empty: it names the line and the cause. */
function complaint(program: Program, version: string): string {
  const run = found(program, version);
  if (run === undefined) return "";
  const [line, cause] = [run?.explanation?.line ?? run?.fault.line, run?.explanation?.text ?? ""];
  const right =
    line === program.line &&
    program.cause.includes(cause) &&
    run?.fault.path === (program.file ?? "main.py");
  return right ? "" : `${program.name}: ${cause || "nothing"} in line ${line}`;
}

/** What is wrong with the explanation of what ruff says while the program is written. */
function ruffComplaint({ name, line, cause, file = "main.py", files }: Program): string {
  const found = ruff[name];
  if (!found) return "";
  const place = { path: file, line: found.line, column: found.column, inside: "", direct: true };
  const explanation = explain({ name: "SyntaxError", message: found.message, ...place, files });
  const right =
    (explanation?.line ?? found.line) === line && cause.includes(explanation?.text ?? "");
  return right ? "" : `${name}: ${explanation?.text} in line ${explanation?.line ?? found.line}`;
}

/** How many of the programs that a Python refuses are explained by line and cause. */
function counted(version: string): { readonly right: number; readonly of: number } {
  const refused = programs.filter(({ name }) => outputs[name]?.[version] !== undefined);
  const right = refused.filter((program) => complaint(program, version) === "");
  return { right: right.length, of: refused.length };
}

describe("programs with one fault", () => {
  it("are enough", () => {
    expect(programs.length).toBeGreaterThanOrEqual(60);
  });

  it.each(VERSIONS)("are explained by line and cause: Python %s", (version) => {
    const wrong = programs.map((program) => complaint(program, version)).filter(Boolean);
    expect(wrong).toEqual([]);
  });

  it.each(VERSIONS.map((version) => ({ version, ...counted(version) })))(
    "line and cause: $right of $of, Python $version",
    ({ right, of }) => {
      expect(of).toBeGreaterThanOrEqual(60);
      expect(right / of).toBeGreaterThanOrEqual(50 / 60);
    },
  );

  it("are explained while they are written, if their syntax is wrong", () => {
    const syntax = programs.filter(({ cause }) => /^(?:syntax|indent)/.test(cause[0] ?? ""));
    // These have rules of their own.
    const known = syntax.filter(
      ({ name, cause }) =>
        // Python 3.14, which ruff reads by itself, takes the last one for right.
        !/return|loop_only|global|evaluated|except_comma/.test(cause[0] ?? "") &&
        // Else a newer Python takes it for right, or it fails only when it runs.
        /(?:Syntax|Indentation|Tab)Error/.test(outputs[name]?.["3.13"] ?? ""),
    );
    expect(known.filter(({ name }) => !ruff[name]).map(({ name }) => name)).toEqual([]);
    expect(programs.map(ruffComplaint).filter(Boolean)).toEqual([]);
  });

  it.each(VERSIONS)("have complete texts in both languages: Python %s", (version) => {
    for (const program of programs) {
      const explanation = found(program, version)?.explanation;
      if (!explanation) continue;
      for (const texts of [EN, DE]) {
        const { means, look } = wordsOf(texts, explanation);
        expect([program.name, means, look].join("\n")).not.toMatch(
          /\{(?!value|wert|name\}["?])\w+\}/,
        );
        expect(look.length).toBeGreaterThan(5);
      }
    }
  });
});

describe("correct programs", () => {
  it("are enough", () => {
    expect(correct.length).toBeGreaterThanOrEqual(60);
  });

  it("have no open bracket or string, and no wrong one", () => {
    const wrong = correct.filter(({ files }) => {
      const { open, wrong, unfinished } = scan(files[0]?.content ?? "");
      return open.length + wrong.length + unfinished.length > 0;
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it("have no line in which the source alone shows a fault", () => {
    const found = correct.flatMap(({ name, files }) => {
      const lines = (files[0]?.content ?? "").split("\n");
      return lines.flatMap((text, at) => {
        // Whether these belong to a block is not looked at: Python has said that they do not.
        if (/^\s*(?:else|elif|except|finally)\b/.test(text)) return [];
        const fault = { name: "SyntaxError", message: "invalid syntax", path: "main.py" };
        const place = { line: at + 1, column: null, inside: "", direct: true, files };
        const explanation = explainSource({ ...fault, ...place });
        return explanation ? [`${name}, line ${at + 1}: ${explanation.text}`] : [];
      });
    });
    expect(found).toEqual([]);
  });
});
