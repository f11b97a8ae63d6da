import { offsetOf } from "../../common/languages/text_offset";
import { codeHelp } from "./start";
import type { CodeHelpTargets } from "./targets";

/** For scripts: what may stand at that place of the shown file. Line and column count from 1. */
export async function labelsAt(
  targets: CodeHelpTargets,
  line: number,
  column: number,
): Promise<string[]> {
  const help = await codeHelp(targets);
  const found = await help.completions(offsetOf(targets.editor.getText(), line, column), true);
  return found?.items.map(({ label }) => label) ?? [];
}
