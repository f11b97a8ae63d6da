import { type AddedFile, OpenFiles } from "../../common/snippets/open_files";
import { extensionOf, freePath } from "../../common/snippets/source_files";
import type { EditorHost } from "../../editor/editor_host";
import type { SourceFile } from "../../protocol.gen";

/** The files of the open snippet, one of which is in the editor. Methods return whether they did it. */
export class EditorFiles {
  readonly #files = new OpenFiles();
  readonly #editor: EditorHost;

  constructor(editor: EditorHost) {
    this.#editor = editor;
    editor.useProject(() => ({ files: this.read().files, shown: this.#files.shown.path }));
  }

  /** Read only: the methods below change the files. */
  get list(): Pick<OpenFiles, "find" | "generation" | "main" | "paths" | "shown"> {
    return this.#files;
  }

  /** The files with the editor's newest text. */
  read(): { readonly main: string; readonly files: readonly SourceFile[] } {
    this.#readEditor();
    const { main, files } = this.#files;
    return { main, files };
  }

  load(files: readonly SourceFile[], main: string): void {
    this.#files.put(files, main);
    this.#editor.forget();
    this.#showFile();
  }

  show(path: string): boolean {
    const file = this.#files.find(path);
    if (!file || file === this.#files.shown) return false;
    this.#readEditor();
    this.#files.show(file);
    this.#showFile();
    return true;
  }

  /** Shows the last one. */
  add(added: readonly AddedFile[]): void {
    this.#files.add(added);
    const last = added.at(-1);
    if (last) this.show(last.path);
  }

  rename(path: string, wanted: string): boolean {
    const file = this.#files.find(path);
    if (!file || this.#editor.locked.holds(path)) return false;
    this.#files.rename(file, wanted);
    if (file === this.#files.shown) this.#editor.setPath(wanted);
    return true;
  }

  /** Lines of that file, as blocks, which nobody changes here. */
  lock(path: string, blocks: readonly string[]): void {
    this.#editor.locked.lock(path, blocks);
  }

  remove(path: string): boolean {
    if (this.#editor.locked.holds(path)) return false;
    this.#readEditor();
    const [file, { shown }] = [this.#files.find(path), this.#files];
    if (!file || !this.#files.remove(file)) return false;
    if (file === shown) this.#showFile();
    this.#editor.forget(file.key);
    return true;
  }

  setMain(path: string): boolean {
    const file = this.#files.find(path);
    if (file) this.#files.setMain(file);
    return file !== undefined;
  }

  /**
   * Gives a program in another language a main file: one that is there, else the main file with the
   * other name, whose text is kept if `example` is null.
   */
  useMain(wanted: string, extensions: readonly string[], example: string | null): void {
    const { main, paths } = this.#files;
    const fits = (path: string) => extensions.includes(extensionOf(path));
    const present = fits(main) ? main : paths.find(fits);
    if (present !== undefined) {
      this.setMain(present);
      if (example !== null && present !== main) this.remove(main);
      this.show(present);
    } else {
      const others = paths.filter((path) => path !== main);
      this.show(main);
      this.rename(main, freePath(wanted, others));
    }
    this.#editor.setPath(this.#files.shown.path);
    const isMain = this.#files.shown.path === this.#files.main;
    if (example !== null && (present === undefined || present === main) && isMain) {
      this.setText(example);
    }
  }

  setText(text: string): void {
    this.#editor.setText(text);
  }

  #showFile(): void {
    const { key, path, content } = this.#files.shown;
    this.#editor.show({ key, path, text: content });
  }

  #readEditor(): void {
    this.#files.shown.content = this.#editor.getText();
  }
}
