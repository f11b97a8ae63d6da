import { type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  GutterMarker,
  gutterLineClass,
  WidgetType,
} from "@codemirror/view";
import type { ErrorMark } from "../editor";

export const setErrorMark = StateEffect.define<ErrorMark | null>();

class Message extends WidgetType {
  readonly #text: string;
  readonly #more: string;

  constructor(text: string, more: string) {
    super();
    this.#text = text;
    this.#more = more;
  }

  override eq(other: Message): boolean {
    return other.#text === this.#text && other.#more === this.#more;
  }

  override toDOM(): HTMLElement {
    const words = document.createElement("span");
    words.className = "error-message";
    words.textContent = `  ${this.#text}`;
    words.title = this.#more;
    return words;
  }
}

class Sign extends GutterMarker {
  override elementClass = "error-sign";
}

interface Marks {
  readonly lines: DecorationSet;
  readonly gutter: RangeSet<GutterMarker>;
}

const NONE: Marks = { lines: Decoration.none, gutter: RangeSet.empty };

const marks = StateField.define<Marks>({
  create: () => NONE,
  update(shown, { effects, docChanged, newDoc }) {
    const asked = effects.find((effect) => effect.is(setErrorMark));
    if (!asked) return docChanged ? NONE : shown;
    const error = asked.value as ErrorMark | null;
    if (!error) return NONE;
    const { from, to } = newDoc.line(Math.min(error.line, newDoc.lines));
    const words = Decoration.widget({
      widget: new Message(error.message, error.more ?? ""),
      side: 1,
    });
    return {
      lines: Decoration.set([
        Decoration.line({ class: "error-line" }).range(from),
        words.range(to),
      ]),
      gutter: RangeSet.of([new Sign().range(from)]),
    };
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ lines }) => lines),
    gutterLineClass.from(field, ({ gutter }) => gutter),
  ],
});

/** Shows in CodeMirror which line an error names, as monaco/error_marks.ts does. */
export function errorMarks(): Extension {
  return marks;
}
