import { type Edit, type FileText, selectionsAfter } from "./keys";
import { withoutTabError } from "./tab_error";

export interface Selected {
  readonly from: number;
  readonly to: number;
}

/** What a key does with one selection. */
export type Key = (file: FileText, from: number, to: number) => readonly Edit[];

export interface Pressed {
  readonly edits: readonly Edit[];
  /** After the edits. */
  readonly selections: readonly Selected[];
}

/** What a key does with all selections, as one edit. */
export function pressed(file: FileText, selections: readonly Selected[], key: Key): Pressed {
  const ends: number[] = [];
  // Two cursors in one line ask for the same.
  const each = selections.map(({ from, to }) =>
    key(file, from, to).filter((edit) => {
      const free = edit.from >= (ends.at(-1) ?? 0);
      if (free) ends.push(Math.max(edit.to, edit.from + 1));
      return free;
    }),
  );
  const wanted = each.flat();
  const edits = withoutTabError(file, wanted);
  const of = edits === wanted ? each : [edits, ...selections.slice(1).map(() => [])];
  return { edits, selections: selectionsAfter(selections, of) };
}
