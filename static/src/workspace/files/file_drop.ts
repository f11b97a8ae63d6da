import { t } from "../../common/i18n/translate";
import { byId } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import type { SnippetSession } from "../snippets/snippet_session";
import { type PickedFile, readUpload } from "./upload";

/** Adds files to the snippet: dropped on the page, or chosen in the browser's file dialog. */
export class FileDrop {
  readonly #session: SnippetSession;
  readonly #chooser = byId<HTMLInputElement>("upload");
  readonly #target = byId("drop-target");
  /** Elements that the pointer entered and did not leave: drag events come from every element. */
  #depth = 0;

  constructor(session: SnippetSession) {
    this.#session = session;
    this.#chooser.addEventListener("change", () => {
      void this.#addFiles([...(this.#chooser.files ?? [])]);
      this.#chooser.value = "";
    });
    window.addEventListener("dragenter", (event) => this.#trackDrag(event, 1));
    window.addEventListener("dragleave", (event) => this.#trackDrag(event, -1));
    window.addEventListener("dragover", (event) => {
      if (hasFiles(event)) event.preventDefault();
    });
    window.addEventListener("drop", (event) => this.#drop(event), { capture: true });
  }

  choose(): void {
    this.#chooser.click();
  }

  #trackDrag(event: DragEvent, change: number): void {
    if (!hasFiles(event)) return;
    this.#depth = Math.max(0, this.#depth + change);
    this.#target.hidden = this.#depth === 0;
  }

  #drop(event: DragEvent): void {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#depth = 0;
    this.#target.hidden = true;
    void this.#addFiles([...(event.dataTransfer?.files ?? [])]);
  }

  async #addFiles(chosen: readonly PickedFile[]): Promise<void> {
    const { generation } = this.#session.files;
    const { files, problems } = await readUpload(chosen, this.#session.content().files);
    for (const problem of problems) toast(problem, "problem");
    // Reading takes time: the user may have opened another snippet.
    if (files.length === 0 || generation !== this.#session.files.generation) return;
    this.#session.addFiles(files);
    const names = files.map(({ path }) => path).join(", ");
    toast(t("upload.done", { names }));
  }
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
