import { Emitter } from "../common/base/emitter";
import { LockedLines } from "../common/snippets/locked_lines";
import type { Editor } from "./editor";

/** Keeps the locked lines of starter code as they are, whichever editor changes them, and marks them. */
export class LockedText {
  readonly #lines = new LockedLines();
  readonly #editor: () => Editor;
  readonly #didRefuse = new Emitter();
  /** A change of them was undone. */
  readonly onDidRefuse = this.#didRefuse.event;
  #path = "";
  #marked = false;

  constructor(editor: () => Editor) {
    this.#editor = editor;
  }

  /** These lines of a file stay as they are; none: all may be changed. */
  lock(path: string, blocks: readonly string[]): void {
    this.#lines.lock(path, blocks);
    this.begin(this.#path, this.#editor().getText());
  }

  /** Whether the file has locked lines: it keeps its name. */
  readonly holds = (path: string) => this.#lines.holds(path);

  /** A file is shown. */
  begin(path: string, text: string): void {
    this.#path = path;
    this.#lines.begin(path, text);
    void this.show();
  }

  /** Whether the text may stay; else it is changed back soon. */
  allows(text: string): boolean {
    const undo = this.#lines.check(this.#path, text);
    if (undo) {
      this.#didRefuse.fire();
      queueMicrotask(() => this.#editor().edit([undo])); // the editor is in the middle of a change
    } else void this.show();
    return undo === null;
  }

  /** Marks them in the editor that is there now. */
  async show(): Promise<void> {
    if (!this.#marked && !this.holds(this.#path)) return;
    this.#marked = true;
    const texts = import("../common/classroom/class_text").then(({ ct }) => ct);
    const ct = await texts.catch(() => null); // without a connection
    const ranges = this.#lines.ranges(this.#path);
    this.#marked = ranges.length > 0;
    const lines = ranges.map(({ first, last }) =>
      first === last ? `${first}` : `${first}–${last}`,
    );
    this.#editor().showLocked(
      ranges,
      ct?.("lines.locked") ?? "",
      ct?.("lines.which", { lines: lines.join(", ") }) ?? "",
    );
  }
}
