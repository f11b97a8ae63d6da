import { t } from "../../common/i18n/translate";
import { byId } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import type { SnippetSession } from "../snippets/snippet_session";
import { type Chosen, readUpload } from "./upload";

/** Files that are dropped on the page, or chosen, become files of the snippet. */
export class FileDrop {
  readonly #session: SnippetSession;
  readonly #chooser = byId<HTMLInputElement>("upload");
  readonly #target = byId("drop-target");
  /** Elements entered and not left: the pointer crosses many of them. */
  #depth = 0;

  constructor(session: SnippetSession) {
    this.#session = session;
    this.#chooser.addEventListener("change", () => {
      void this.#take([...(this.#chooser.files ?? [])]);
      this.#chooser.value = "";
    });
    window.addEventListener("dragenter", (event) => this.#over(event, 1));
    window.addEventListener("dragleave", (event) => this.#over(event, -1));
    window.addEventListener("dragover", (event) => {
      if (hasFiles(event)) event.preventDefault();
    });
    window.addEventListener("drop", (event) => this.#drop(event), { capture: true });
  }

  choose(): void {
    this.#chooser.click();
  }

  #over(event: DragEvent, change: number): void {
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
    void this.#take([...(event.dataTransfer?.files ?? [])]);
  }

  async #take(chosen: readonly Chosen[]): Promise<void> {
    const { visit } = this.#session.files;
    const { files, problems } = await readUpload(chosen, this.#session.content().files);
    for (const problem of problems) toast(problem, "problem");
    // Somebody may have opened another snippet in the meantime.
    if (files.length === 0 || visit !== this.#session.files.visit) return;
    this.#session.addFiles(files);
    const names = files.map(({ path }) => path).join(", ");
    toast(t("upload.done", { names }));
  }
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
