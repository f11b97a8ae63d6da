import { make } from "../chrome/widgets/dom";
import { isWanted } from "../files/dropped";
import type { PickedFile } from "../files/upload";
import { type FileRow, rowOf } from "./file_rows";
import { ft } from "./files_texts";

export interface ShownFiles {
  /** A program runs, and may be asked for its files. */
  readonly running: boolean;
  /** The address of an archive of all that the program has written. */
  readonly all: string | null;
  readonly written: readonly FileRow[];
  /** Sentences: what the program has written, and is not among them. */
  readonly notes: readonly string[];
  readonly data: readonly FileRow[];
  readonly room: string;
}

interface Asked {
  ask(): void;
  /** `leftOut`: names of files that desktops and tools have put beside them. */
  add(files: readonly PickedFile[], leftOut: readonly string[]): void;
}

/** Two lists of files, and what can be done with them. */
export class FilesView {
  readonly element: HTMLElement;
  readonly #asked: Asked;
  readonly #written = make("ul", { class: "files-list" });
  readonly #data = make("ul", { class: "files-list" });
  readonly #notes = make("div", { class: "files-notices", role: "status" });
  readonly #noneWritten = make("p", { class: "files-note" }, ft("none_written"));
  readonly #noneBeside = make("p", { class: "files-note" }, ft("none_beside"));
  readonly #get = make("button", { type: "button", class: "button quiet" }, ft("get_now"));
  readonly #all = make("a", { class: "button quiet", download: "files.zip" }, ft("zip"));
  readonly #add = make("button", { type: "button", class: "button" }, ft("add"));
  readonly #unpack = make("input", { type: "checkbox", id: "files-unpack", checked: true });
  readonly #room = make("span", { class: "files-note" });
  readonly #said = make("p", { class: "files-note", role: "status" });

  constructor(asked: Asked) {
    this.#asked = asked;
    this.#written.dataset.testid = "written-files";
    this.#data.dataset.testid = "data-files";
    this.#notes.dataset.testid = "files-notices";
    this.#get.dataset.testid = "files-get";
    this.#get.addEventListener("click", () => asked.ask());
    this.#all.dataset.testid = "files-zip";
    this.#unpack.dataset.testid = "files-unpack";
    this.element = make(
      "div",
      { class: "files" },
      section(ft("written"), [this.#get, this.#all], this.#noneWritten, this.#written, this.#notes),
      section(ft("beside"), this.#adding(), this.#noneBeside, this.#data),
      this.#said,
    );
    this.element.dataset.testid = "files";
  }

  get unpacks(): boolean {
    return this.#unpack.checked;
  }

  focus(): void {
    (this.element.querySelector<HTMLElement>(".files-name") ?? this.#add).focus();
  }

  /** To people who see the list and to those who hear it. */
  say(text: string): void {
    this.#said.textContent = text;
  }

  draw({ running, all, written, notes, data, room }: ShownFiles): void {
    this.#get.hidden = !running;
    this.#all.hidden = all === null;
    if (all !== null) this.#all.href = all;
    this.#noneWritten.hidden = written.length > 0 || notes.length > 0;
    this.#sayOnce(notes);
    this.#noneBeside.hidden = data.length > 0;
    this.#room.textContent = data.length > 0 ? room : "";
    fill(this.#written, written);
    fill(this.#data, data);
  }

  /** They are drawn with each change of the run, and read out when they change themselves. */
  #sayOnce(notes: readonly string[]): void {
    const said = [...this.#notes.children].map((note) => note.textContent);
    if (said.join("\n") === notes.join("\n")) return;
    this.#notes.replaceChildren(
      ...notes.map((note) => make("p", { class: "files-problem" }, note)),
    );
  }

  #adding(): HTMLElement[] {
    const folder = make("button", { type: "button", class: "button quiet" }, ft("add_folder"));
    this.#add.dataset.testid = "files-add";
    folder.dataset.testid = "files-add-folder";
    const [files, inFolder] = [this.#chooser(false), this.#chooser(true)];
    this.#add.addEventListener("click", () => files.click());
    folder.addEventListener("click", () => inFolder.click());
    const unpack = make("label", { class: "files-note" }, this.#unpack, ` ${ft("unpack")}`);
    return [this.#add, folder, unpack, this.#room, files, inFolder];
  }

  #chooser(folder: boolean): HTMLInputElement {
    const input = make("input", { type: "file", multiple: true, hidden: true });
    input.dataset.testid = folder ? "files-folder-input" : "files-input";
    input.tabIndex = -1;
    if (folder) input.webkitdirectory = true;
    input.addEventListener("change", () => {
      const all = [...(input.files ?? [])].map(withFolder);
      const chosen = folder ? all.filter(({ name }) => isWanted(name)) : all;
      input.value = "";
      const leftOut = all.filter((file) => !chosen.includes(file)).map(({ name }) => name);
      if (all.length > 0) this.#asked.add(chosen, leftOut);
    });
    return input;
  }
}

function section(title: string, controls: HTMLElement[], ...rest: HTMLElement[]): HTMLElement {
  const head = make("div", { class: "files-head" }, make("h3", {}, title), ...controls);
  return make("section", {}, head, ...rest);
}

/** A list is drawn anew; who stood at a file with the keyboard stays there. */
function fill(list: HTMLElement, rows: readonly FileRow[]): void {
  const active = document.activeElement;
  const row = list.contains(active) ? active?.closest<HTMLElement>(".files-row") : null;
  list.replaceChildren(...rows.map(rowOf));
  const name = row?.dataset.name;
  if (name === undefined) return;
  const again = [...list.querySelectorAll<HTMLElement>(".files-row")];
  (again.find((one) => one.dataset.name === name) ?? again[0])
    ?.querySelector<HTMLElement>(".files-name")
    ?.focus();
}

function withFolder(file: File): PickedFile {
  const name = file.webkitRelativePath || file.name;
  return { name, size: file.size, arrayBuffer: () => file.arrayBuffer() };
}
