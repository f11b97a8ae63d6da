import type { CodeHelp } from "../../editor/intelligence/code_help";
import type { CodeHelpTargets } from "./targets";

let made: Promise<CodeHelp> | null = null;

/** What answers questions about the program: one for the page, made when it is first asked for. */
export function codeHelp(targets: CodeHelpTargets): Promise<CodeHelp> {
  made ??= import("./make").then(({ makeCodeHelp }) => makeCodeHelp(targets));
  made.catch(() => {
    made = null;
  });
  return made;
}
