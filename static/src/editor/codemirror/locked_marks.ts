import { type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  GutterMarker,
  gutterLineClass,
} from "@codemirror/view";
import type { LineRange } from "../../common/snippets/locked_lines";

interface Locked {
  readonly lines: readonly LineRange[];
  readonly why: string;
  readonly label: string;
}

interface Marks {
  readonly lines: DecorationSet;
  readonly gutter: RangeSet<GutterMarker>;
  readonly label: string;
}

const setLocked = StateEffect.define<Locked>();
const NONE: Marks = { lines: Decoration.none, gutter: RangeSet.empty, label: "" };

class Sign extends GutterMarker {
  override elementClass = "locked-sign";
}

const SIGN = new Sign();

const marks = StateField.define<Marks>({
  create: () => NONE,
  update(shown, { changes, effects, newDoc }) {
    const asked = effects.find((effect) => effect.is(setLocked))?.value as Locked | undefined;
    if (!asked) {
      return { ...shown, lines: shown.lines.map(changes), gutter: shown.gutter.map(changes) };
    }
    const line = Decoration.line({ class: "locked-line", attributes: { title: asked.why } });
    const starts = asked.lines.flatMap(({ first, last }) =>
      Array.from({ length: Math.min(last, newDoc.lines) - first + 1 }, (_, index) =>
        newDoc.line(first + index),
      ),
    );
    return {
      lines: Decoration.set(starts.map(({ from }) => line.range(from))),
      gutter: RangeSet.of(starts.map(({ from }) => SIGN.range(from))),
      label: asked.label,
    };
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ lines }) => lines),
    gutterLineClass.from(field, ({ gutter }) => gutter),
  ],
});

/** Shows in CodeMirror which lines stay as they are. `name`: what screen readers call the editor. */
export function lockedMarks(name: string): Extension {
  return [
    marks,
    EditorView.contentAttributes.compute([marks], (state) => {
      const { label } = state.field(marks);
      return { "aria-label": label ? `${name}. ${label}` : name };
    }),
  ];
}

export function showLocked(
  view: EditorView,
  lines: readonly LineRange[],
  why: string,
  label: string,
): void {
  view.dispatch({ effects: setLocked.of({ lines, why, label }) });
}
