import type { Command } from "../chrome/commands";
import type { CodeChecks } from "./code_checks";

interface Targets {
  readonly checks: CodeChecks;
  readonly panel: { readonly active: boolean };
}

/** Problems in the code, their fixes, and formatting: with the keys of VS Code. */
export function problemCommands({ checks, panel }: Targets): Command[] {
  return [
    {
      id: "problems",
      name: "command.problems",
      keys: "Mod+Shift+M",
      outsideTerminal: true,
      run: () => checks.run((actions) => actions.list()),
    },
    {
      id: "next-problem",
      name: "command.next_problem",
      keys: "Alt+F8",
      // The error that ended a run comes first; some desktops take Alt+F8.
      otherKeys: ["F8"],
      outsideTerminal: true,
      run: () => checks.run((actions) => actions.step(1)),
    },
    {
      id: "last-problem",
      name: "command.last_problem",
      keys: "Alt+Shift+F8",
      otherKeys: ["Shift+F8"],
      outsideTerminal: true,
      run: () => checks.run((actions) => actions.step(-1)),
    },
    {
      id: "fix",
      name: "command.fix",
      keys: "Mod+.",
      otherKeys: ["Alt+Enter"],
      insideEditor: true,
      // While a program runs, the keys stop it.
      enabled: () => !panel.active,
      run: () => checks.run((actions) => actions.fix()),
    },
    {
      id: "format",
      name: "command.format",
      keys: "Alt+Shift+F",
      insideEditor: true,
      run: () => checks.run((actions) => actions.format("all")),
    },
    {
      id: "sort-imports",
      name: "command.sort_imports",
      keys: "Alt+Shift+O",
      insideEditor: true,
      run: () => checks.run((actions) => actions.format("imports")),
    },
  ];
}
