import { ct } from "../../common/classroom/class_text";
import type { SourceFile } from "../../protocol.gen";
import { colourCode } from "../colour";
import { make, say } from "./elements";

export interface ShownCode {
  readonly files: readonly SourceFile[];
  readonly path: string;
  readonly line: number;
  readonly cut: boolean;
}

/** Somebody else's code, read-only, with a tab per file. */
export class CodeView {
  readonly #tabs = make("div", { class: "code-tabs", role: "group" });
  readonly #file = make("div", { class: "file" });
  readonly #note = make("p", { class: "dim" });
  #code: ShownCode | null = null;
  #path = "";
  /** The reader has chosen another file than the one that is followed. */
  #own = false;

  constructor(pane: HTMLElement) {
    pane.append(this.#tabs, this.#file, this.#note);
    this.show(null);
  }

  get files(): readonly SourceFile[] {
    return this.#code?.files ?? [];
  }

  show(code: ShownCode | null): void {
    this.#code = code;
    if (code === null) {
      this.#own = false;
      this.#tabs.replaceChildren();
      this.#file.replaceChildren();
      say(this.#note, ct("watch.no_code"));
      return;
    }
    const known = code.files.some(({ path }) => path === this.#path);
    if (!this.#own || !known) this.#path = code.path;
    say(this.#note, code.cut ? ct("watch.code_cut") : "");
    this.#draw(code);
  }

  #draw(code: ShownCode): void {
    const shown = code.files.find(({ path }) => path === this.#path) ?? code.files[0];
    this.#tabs.replaceChildren(
      ...code.files.map(({ path }) => this.#tab(path, path === shown?.path)),
    );
    this.#tabs.hidden = code.files.length < 2;
    const text = shown?.content ?? "";
    const before = this.#file.querySelector("code");
    if (before?.textContent === text && before.dataset.path === shown?.path) {
      this.#reveal(code);
      return;
    }
    const top = this.#file.querySelector("pre")?.scrollTop ?? 0;
    const made = make("code", { "data-path": shown?.path ?? "" }, text);
    const around = make("pre", { class: "code", tabindex: 0 }, made);
    this.#file.replaceChildren(around);
    colourCode();
    around.scrollTop = top;
    this.#reveal(code);
  }

  /** Scrolls to the line that is followed, if it is not in view. */
  #reveal({ line, path }: ShownCode): void {
    const around = this.#file.querySelector("pre");
    if (!around || this.#own || path !== this.#path) return;
    const height = Number.parseFloat(getComputedStyle(around).lineHeight) || 20;
    const top = (line - 1) * height;
    const visible =
      top >= around.scrollTop && top < around.scrollTop + around.clientHeight - height;
    if (!visible) around.scrollTop = Math.max(0, top - around.clientHeight / 3);
  }

  #tab(path: string, pressed: boolean): HTMLButtonElement {
    const attributes = { type: "button", class: "button quiet", "aria-pressed": String(pressed) };
    const tab = make("button", attributes, make("bdi", {}, path));
    tab.addEventListener("click", () => {
      this.#path = path;
      this.#own = path !== this.#code?.path;
      if (this.#code) this.#draw(this.#code);
    });
    return tab;
  }
}
