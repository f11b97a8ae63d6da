import { editor, Range } from "monaco-editor/editor.js";
import * as Y from "yjs";
import type { Peers } from "./peers";

/**
 * Keeps a model of Monaco and a shared text equal. `y-monaco` would do so, too, but leaves line ends
 * and undo to others, and imports a second Monaco.
 */
export class MonacoBinding {
  readonly #text: Y.Text;
  readonly #model: editor.ITextModel;
  readonly #undo: Y.UndoManager;
  readonly #steadily: (edit: () => void) => void;
  #applying = false;
  /** Where the last undo or redo has changed the text. */
  #changed: number | null = null;
  readonly #observe = (event: Y.YTextEvent) => this.#apply(event);

  /** `steadily` makes an edit of others: what is seen stays in its place. */
  constructor(text: Y.Text, model: editor.ITextModel, steadily: (edit: () => void) => void) {
    this.#text = text;
    this.#model = model;
    this.#steadily = steadily;
    this.#undo = new Y.UndoManager(text, { trackedOrigins: new Set([this]) });
    // Offsets would shift where lines end in two characters.
    model.setEOL(editor.EndOfLineSequence.LF);
    model.onDidChangeContent((event) => this.#take(event));
    text.observe(this.#observe);
  }

  /** Where the text has changed by it; null: nowhere. */
  undo(): number | null {
    return this.#changedBy(() => this.#undo.undo());
  }

  redo(): number | null {
    return this.#changedBy(() => this.#undo.redo());
  }

  #changedBy(work: () => unknown): number | null {
    this.#changed = null;
    work();
    return this.#changed;
  }

  dispose(): void {
    this.#text.unobserve(this.#observe);
    this.#undo.destroy();
    this.#model.dispose();
  }

  #take({ changes }: editor.IModelContentChangedEvent): void {
    if (this.#applying) return;
    const fromEnd = [...changes].sort((one, other) => other.rangeOffset - one.rangeOffset);
    this.#text.doc?.transact(() => {
      for (const { rangeOffset, rangeLength, text } of fromEnd) {
        if (rangeLength > 0) this.#text.delete(rangeOffset, rangeLength);
        if (text) this.#text.insert(rangeOffset, text.replaceAll("\r\n", "\n"));
      }
    }, this);
  }

  #apply(event: Y.YTextEvent): void {
    if (event.transaction.origin === this) return;
    this.#applying = true;
    try {
      this.#steadily(() => this.#model.applyEdits(this.#edits(event.delta)));
      // Somebody else's program may write what Monaco stores in another way.
      const whole = this.#text.toString();
      if (this.#model.getValueLength() !== whole.length) this.#model.setValue(whole);
    } finally {
      this.#applying = false;
    }
    if (event.transaction.origin === this.#undo) this.#changed = endOf(event.delta);
  }

  /** Of the text as it was: positions of a delta count what it has inserted, those of edits do not. */
  #edits(delta: Y.YTextEvent["delta"]): editor.IIdentifiedSingleEditOperation[] {
    const edits: editor.IIdentifiedSingleEditOperation[] = [];
    let offset = 0;
    for (const { retain, insert, delete: deleted } of delta) {
      if (retain !== undefined) offset += retain;
      else if (typeof insert === "string") edits.push(this.#edit(offset, 0, insert));
      else if (deleted !== undefined) {
        edits.push(this.#edit(offset, deleted, ""));
        offset += deleted;
      }
    }
    return edits;
  }

  #edit(offset: number, length: number, text: string): editor.IIdentifiedSingleEditOperation {
    const start = this.#model.getPositionAt(offset);
    const end = this.#model.getPositionAt(offset + length);
    return { range: Range.fromPositions(start, end), text, forceMoveMarkers: true };
  }
}

/** Behind the last change, in the text as it is afterwards. */
function endOf(delta: Y.YTextEvent["delta"]): number | null {
  let [offset, end]: [number, number | null] = [0, null];
  for (const { retain, insert, delete: deleted } of delta) {
    offset += retain ?? (typeof insert === "string" ? insert.length : 0);
    if (insert !== undefined || deleted !== undefined) end = offset;
  }
  return end;
}

/** Draws the others' cursors and selections in one text, with their names. */
export class MonacoPeers {
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #drawn: editor.IEditorDecorationsCollection;
  readonly #labels = new Map<string, editor.IContentWidget>();

  constructor(shown: editor.IStandaloneCodeEditor) {
    this.#editor = shown;
    this.#drawn = shown.createDecorationsCollection();
  }

  draw(text: Y.Text, peers: Peers): void {
    const model = this.#editor.getModel();
    const { doc } = text;
    if (!model || !doc) return;
    const decorations: editor.IModelDeltaDecoration[] = [];
    const here = new Set<string>();
    for (const { page, name, colour, cursor } of peers.all) {
      const [anchor, head] = [cursor.anchor, cursor.head].map((place) =>
        Y.createAbsolutePositionFromRelativePosition(place, doc),
      );
      if (anchor?.type !== text || head?.type !== text) continue;
      const [from, to] = [anchor.index, head.index].sort((one, other) => one - other);
      const at = model.getPositionAt(head.index);
      const ends = [from ?? 0, to ?? 0].map((index) => model.getPositionAt(index));
      const range = Range.fromPositions(ends[0] ?? at, ends[1] ?? at);
      const className = `room-selection room-colour-${colour}`;
      const caret = { beforeContentClassName: `room-caret room-colour-${colour}` };
      decorations.push({ range, options: { className, hoverMessage: { value: name } } });
      decorations.push({ range: Range.fromPositions(at), options: caret });
      here.add(page);
      this.#label(page, name, colour, at);
    }
    this.#drawn.set(decorations);
    for (const [page, label] of this.#labels) {
      if (here.has(page)) continue;
      this.#editor.removeContentWidget(label);
      this.#labels.delete(page);
    }
  }

  #label(
    page: string,
    name: string,
    colour: number,
    position: { readonly lineNumber: number; readonly column: number },
  ): void {
    const { ABOVE, BELOW } = editor.ContentWidgetPositionPreference;
    const known = this.#labels.get(page);
    const node = known?.getDomNode() ?? document.createElement("span");
    node.className = `room-label room-colour-${colour}`;
    node.textContent = name;
    const label: editor.IContentWidget = {
      getId: () => `room-peer-${page}`,
      getDomNode: () => node,
      getPosition: () => ({ position, preference: [ABOVE, BELOW] }),
    };
    if (known) this.#editor.removeContentWidget(known);
    this.#labels.set(page, label);
    this.#editor.addContentWidget(label);
  }
}
