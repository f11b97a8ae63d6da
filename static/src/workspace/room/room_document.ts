import * as Y from "yjs";
import { uniquePaths } from "../../common/rooms/unique_paths";
import type { SourceFile } from "../../protocol.gen";

/** A file of the shared document; `key` stays when it is renamed. */
export interface SharedFile {
  readonly key: string;
  readonly path: string;
  readonly text: Y.Text;
}

const ORDER_STEP = 1000;

/** The document of a room as files: `runner/rooms/document.py` reads the same. */
export class RoomDocument {
  readonly doc = new Y.Doc();
  readonly #files = this.doc.getMap<unknown>("files");
  readonly #program = this.doc.getMap<unknown>("program");

  /** In the order of tabs. What no page of ours writes is passed over. */
  get files(): SharedFile[] {
    const found: { key: string; path: string; order: number; text: Y.Text }[] = [];
    for (const [key, value] of this.#files.entries()) {
      if (!(value instanceof Y.Map)) continue;
      const [path, text, order] = [value.get("path"), value.get("text"), value.get("order")];
      if (typeof path !== "string" || !(text instanceof Y.Text)) continue;
      found.push({ key, path, text, order: typeof order === "number" ? order : 0 });
    }
    found.sort((one, other) => one.order - other.order || (one.key < other.key ? -1 : 1));
    const paths = uniquePaths(found.map(({ path }) => path));
    return found.map(({ key, text }, index) => ({ key, text, path: paths[index] ?? key }));
  }

  get main(): string {
    const { files } = this;
    const key = this.#program.get("main");
    return (files.find((one) => one.key === key) ?? files[0])?.path ?? "";
  }

  get program(): { readonly files: SourceFile[]; readonly main: string } {
    const files = this.files.map(({ path, text }) => ({ path, content: text.toString() }));
    return { files, main: this.main };
  }

  /** Calls `changed` when a file was added, renamed or removed, by whomever. */
  onDidChangeFiles(changed: () => void): void {
    this.#files.observeDeep((events) => {
      if (events.some(({ target }) => !(target instanceof Y.Text))) changed();
    });
    this.#program.observe(changed);
  }

  add(path: string): string {
    const key = crypto.getRandomValues(new Uint32Array(2)).join("-");
    const orders = [...this.#files.values()].map((one) => one instanceof Y.Map && one.get("order"));
    const last = Math.max(0, ...orders.filter((one) => typeof one === "number"));
    this.doc.transact(() => {
      const file = new Y.Map<unknown>();
      this.#files.set(key, file);
      file.set("path", path);
      file.set("order", last + ORDER_STEP);
      file.set("text", new Y.Text());
    });
    return key;
  }

  /** Makes the file the one that is run. */
  setMain(key: string): void {
    if (this.#program.get("main") !== key) this.#program.set("main", key);
  }

  rename(key: string, path: string): void {
    const file = this.#files.get(key);
    if (file instanceof Y.Map) file.set("path", path);
  }

  remove(key: string): void {
    if (this.#files.size > 1) this.#files.delete(key);
  }
}
