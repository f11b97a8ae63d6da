import { Compartment, type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import {
  type BlockInfo,
  Decoration,
  type DecorationSet,
  EditorView,
  GutterMarker,
  gutter,
  hoverTooltip,
  lineNumbers,
} from "@codemirror/view";
import type { LineOf } from "../../common/debug/breakpoints";
import { expressionAt } from "../../common/debug/expression_at";
import type { BreakpointMark, EditorInit } from "../editor";

const setMarks = StateEffect.define<readonly BreakpointMark[]>();
const setLine = StateEffect.define<number | null>();

class Sign extends GutterMarker {
  readonly mark: BreakpointMark;

  constructor(mark: BreakpointMark) {
    super();
    this.mark = mark;
  }

  override eq(other: Sign): boolean {
    return other.mark === this.mark;
  }

  override toDOM(): HTMLElement {
    const sign = document.createElement("span");
    sign.className = `breakpoint breakpoint-${this.mark.kind}`;
    sign.title = this.mark.label;
    return sign;
  }
}

const marks = StateField.define<RangeSet<Sign>>({
  create: () => RangeSet.empty,
  update(shown, { changes, effects, newDoc }) {
    const asked = effects.find((effect) => effect.is(setMarks));
    if (!asked) return shown.map(changes);
    const wanted = (asked.value as readonly BreakpointMark[]).map((mark) =>
      new Sign(mark).range(newDoc.line(Math.min(mark.line, newDoc.lines)).from),
    );
    return RangeSet.of(wanted, true);
  },
});

const line = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, { changes, effects, newDoc }) {
    const asked = effects.find((effect) => effect.is(setLine));
    if (!asked) return shown.map(changes);
    const at = asked.value as number | null;
    if (at === null) return Decoration.none;
    const { from } = newDoc.line(Math.min(at, newDoc.lines));
    return Decoration.set([Decoration.line({ class: "execution-line" }).range(from)]);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const place = new Compartment();

/** Breakpoints, and the line where a program stands, in CodeMirror: as monaco/debug_marks.ts. */
export function debugMarks(): Extension {
  return [marks, line, place.of([])];
}

export function showBreakpoints(
  view: EditorView,
  shown: readonly BreakpointMark[] | null,
  init: EditorInit,
): void {
  const on = place.get(view.state) !== undefined && isOn(view);
  const effects: StateEffect<unknown>[] = [setMarks.of(shown ?? [])];
  if (on !== (shown !== null)) {
    effects.push(place.reconfigure(shown === null ? [] : margin(init)));
  }
  view.dispatch({ effects });
}

export function breakpointLines(view: EditorView): readonly LineOf[] {
  const found: LineOf[] = [];
  const { doc } = view.state;
  view.state.field(marks).between(0, doc.length, (from, _to, sign) => {
    found.push({ id: sign.mark.id, line: doc.lineAt(from).number });
  });
  return found;
}

export function showExecution(view: EditorView, at: number | null): void {
  const effects: StateEffect<unknown>[] = [setLine.of(at)];
  if (at !== null) {
    const { doc } = view.state;
    const { from } = doc.line(Math.min(at, doc.lines));
    effects.push(EditorView.scrollIntoView(from, { y: "center" }));
  }
  view.dispatch({ effects });
}

function isOn(view: EditorView): boolean {
  const inside = place.get(view.state);
  return Array.isArray(inside) && inside.length > 0;
}

function margin(init: EditorInit): Extension {
  const domEventHandlers = {
    mousedown: (view: EditorView, block: BlockInfo) => {
      init.askedForBreakpoint(view.state.doc.lineAt(block.from).number);
      return true;
    },
  };
  return [
    gutter({
      class: "breakpoint-gutter",
      markers: (view) => view.state.field(marks),
      initialSpacer: () => new Sign({ id: 0, line: 0, kind: "spacer", label: "" }),
      domEventHandlers,
    }),
    // A thumb is wider than the margin: the number of the line does the same.
    lineNumbers({ domEventHandlers }),
    hoverTooltip(async (view, position) => {
      const { from, text } = view.state.doc.lineAt(position);
      const found = expressionAt(text, position - from);
      const value = found && (await init.valueOf(found));
      if (!value) return null;
      const create = () => {
        const dom = document.createElement("div");
        dom.className = "value-tooltip";
        dom.textContent = `${found} = ${value}`;
        return { dom };
      };
      return { pos: position, create };
    }),
  ];
}
