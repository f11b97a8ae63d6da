import { translator } from "../i18n/translate";
import type { Problem } from "./problem";

const text = translator({ fix: "Fix: {title}" }, { fix: "Korrektur: {title}" });

/** What a problem says, why, and what a fix would do, in lines. */
export function problemText({ message, more, fix }: Problem): string {
  const lines = [message];
  if (more) lines.push(more);
  if (fix) lines.push(text("fix", { title: fix.title }));
  return lines.join("\n");
}
