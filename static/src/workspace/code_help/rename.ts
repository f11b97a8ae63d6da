import { toast } from "../chrome/widgets/toasts";
import { codeHelp } from "./start";
import type { CodeHelpTargets } from "./targets";
import { text } from "./texts";

/** Gives another name to what is at `offset` of the shown file: one step to be undone in each file. */
export async function renameEverywhere(
  targets: CodeHelpTargets,
  offset: number,
  name: string,
  wanted: string,
): Promise<void> {
  const { editor, session } = targets;
  const before = editor.project();
  const help = await codeHelp(targets);
  const changes = await help.rename(offset, wanted).catch(() => null);
  if (!changes || changes.length === 0) {
    toast(text("cannot_rename", { name }), "problem");
    return;
  }
  const now = editor.project();
  const same = before.files.every(({ path, content }, index) => {
    const file = now.files[index];
    return file?.path === path && file.content === content;
  });
  // What was typed meanwhile would move the places.
  if (!same || before.shown !== now.shown) {
    toast(text("cannot_rename", { name }), "problem");
    return;
  }
  let count = 0;
  for (const { path, edits } of changes) {
    session.show(path);
    editor.edit(edits);
    count += edits.length;
  }
  session.show(before.shown);
  editor.focus();
  toast(text("renamed", { count }));
}
