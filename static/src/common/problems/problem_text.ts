import { translator } from "../i18n/translate";
import type { Problem } from "./problem";

const text = translator(
  { fix: "Fix: {title}", command: "“Fix the problem”: {title}" },
  { fix: "Korrektur: {title}", command: "„Problem beheben“: {title}" },
);

/** What a problem says, why, and what a fix would do, in lines. */
export function problemText({ message, more, fix }: Problem): string {
  const lines = [message];
  if (more) lines.push(more);
  // A fix without edits is only an offer, by the command for fixes.
  if (fix) lines.push(text(fix.edits.length > 0 ? "fix" : "command", { title: fix.title }));
  return lines.join("\n");
}
