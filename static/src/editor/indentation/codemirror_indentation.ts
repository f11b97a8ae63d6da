import { acceptCompletion } from "@codemirror/autocomplete";
import { isolateHistory } from "@codemirror/commands";
import { EditorSelection, type EditorState, type Extension, Facet, Prec } from "@codemirror/state";
import { type Command, EditorView, highlightWhitespace, keymap } from "@codemirror/view";
import { type FileLanguage, fileLanguage } from "../../common/languages/file_language";
import * as keys from "./keys";
import { type Key, pressed } from "./pressed";
import { pasted } from "./reindent";

/** Columns of a level, where a file does not say. */
export const preferredSize = Facet.define<number, number>({ combine: ([size]) => size ?? 4 });
const PLAIN = fileLanguage("", []);
const rules = Facet.define<FileLanguage, FileLanguage>({ combine: ([first]) => first ?? PLAIN });

/** Whose rules apply. */
export function indentsAs(language: FileLanguage): Extension {
  return rules.of(language);
}

function fileOf(state: EditorState): keys.FileText {
  return keys.fileText(state.doc.toString(), state.facet(rules), state.facet(preferredSize));
}

/** One edit that can be undone, for all cursors. */
function command(key: Key, event: string): Command {
  return (view) => {
    const { state } = view;
    const file = fileOf(state);
    const selections = state.selection.ranges.map(({ from, to }) => ({ from, to }));
    const { edits, selections: ends } = pressed(file, selections, key);
    const ranges = ends.map(({ from, to }) => EditorSelection.range(from, to));
    view.dispatch({
      changes: edits.map(({ from, to, insert }) => ({ from, to, insert })),
      selection: EditorSelection.create(ranges, state.selection.mainIndex),
      scrollIntoView: true,
      userEvent: event,
      // Each key is undone by itself.
      annotations: isolateHistory.of("full"),
    });
    return true;
  };
}

export const indentLines = command(
  (file, from, to) => keys.shiftLines(file, from, to, false),
  "input.indent",
);
export const outdentLines = command(
  (file, from, to) => keys.shiftLines(file, from, to, true),
  "delete.dedent",
);
const enter = command((file, from, to) => [keys.enter(file, from, to)], "input");
const tab = command(
  (file, from, to) =>
    from === to ? [keys.tab(file, from)] : keys.shiftLines(file, from, to, false),
  "input.indent",
);
const shiftTab = command(
  (file, from, to) =>
    from === to ? [keys.shiftTab(file, from)] : keys.shiftLines(file, from, to, true),
  "delete.dedent",
);

function backspace(view: EditorView): boolean {
  const { from, empty } = view.state.selection.main;
  if (!empty || view.state.selection.ranges.length > 1) return false;
  const edit = keys.backspace(fileOf(view.state), from);
  if (!edit) return false;
  view.dispatch({
    changes: { from: edit.from, to: edit.to },
    scrollIntoView: true,
    userEvent: "delete.backward",
  });
  return true;
}

/** After `else:` or a closing bracket was typed. */
function typeEnd(view: EditorView, from: number, to: number, text: string): boolean {
  const { state } = view;
  if (!keys.ENDS.test(text) || from !== to || state.selection.ranges.length > 1) return false;
  const typed = state.update({
    changes: { from, to, insert: text },
    selection: { anchor: from + 1 },
    userEvent: "input.type",
  });
  const edit = keys.ending(fileOf(typed.state), from + 1);
  if (!edit) return false;
  view.dispatch(typed);
  const { insert, cursor } = edit;
  view.dispatch({
    changes: { from: edit.from, to: edit.to, insert },
    selection: { anchor: edit.from + cursor },
    userEvent: "input.type",
  });
  return true;
}

/** Keeps the indentation of each file in CodeMirror: on Enter, Backspace, Tab, Shift+Tab, `else:` and
 * paste. */
export function keepsIndentation(): Extension {
  return [
    Prec.high(
      keymap.of([
        { key: "Enter", run: enter },
        { key: "Backspace", run: backspace },
        { key: "Tab", run: (view) => acceptCompletion(view) || tab(view), shift: shiftTab },
      ]),
    ),
    EditorView.inputHandler.of(typeEnd),
    EditorView.clipboardInputFilter.of((text, state) => fitting(text, state)),
    EditorView.updateListener.of(({ docChanged, startState, state, view }) => {
      if (docChanged && hasTabs(startState) !== hasTabs(state)) {
        view.dom.dataset.tabs = String(hasTabs(state));
      }
    }),
    highlightWhitespace(),
  ];
}

/** What is inserted at the cursor when `text` is pasted. */
export function fitting(text: string, state: EditorState): string {
  const lines = text.replace(/\r\n?/g, "\n");
  return pasted(fileOf(state), state.selection.main.from, lines);
}

/** Tabs where spaces could be expected; a language that is indented by tabs shows none. */
export function hasTabs(state: EditorState): boolean {
  return !state.facet(rules).blocks.tabs && state.doc.toString().includes("\t");
}
