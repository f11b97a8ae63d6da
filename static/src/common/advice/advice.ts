import type { SourceFile } from "../../protocol.gen";
import type { Problem } from "../problems/problem";
import { missingFiles } from "./files";
import { shellInput, typedCode } from "./input_rules";
import { endlessLoops } from "./loops";
import { absentModules, forbidden, internet, windowsOnly } from "./modules";
import { passwords } from "./passwords";
import type { Rule, Surroundings } from "./rule";
import { Source, type SyntaxNode } from "./source";
import { text } from "./texts";

const RULES: readonly Rule[] = [
  forbidden,
  absentModules,
  windowsOnly,
  internet,
  typedCode,
  shellInput,
  passwords,
  endlessLoops,
  missingFiles,
];
/** A file with more of them says the same again and again. */
const MOST_OF_FILE = 100;
const WARNINGS: ReadonlySet<string> = new Set([
  "forbidden",
  "module_missing",
  "windows_only",
  "file_missing",
]);

/** Advice on one file of a program. It never keeps anybody from running the program. */
export function adviseOn(file: SourceFile, root: SyntaxNode, around: Surroundings): Problem[] {
  const source = new Source(file, root);
  const found: Problem[] = [];
  for (const rule of RULES) {
    for (const { kind, node, message, more } of rule(source, around)) {
      if (kind !== "forbidden" && around.off.includes(kind)) continue;
      if (found.length >= MOST_OF_FILE) return found;
      found.push({
        file: file.path,
        from: node.from,
        to: node.to,
        severity: WARNINGS.has(kind) ? "warning" : "info",
        code: kind,
        message,
        ...(more !== undefined && { more }),
        // A fix without edits: the user wants no more of this kind.
        fix: kind === "forbidden" ? null : { title: text("dismiss"), edits: [] },
      });
    }
  }
  return found;
}

export type { Surroundings } from "./rule";
