import { t } from "../../common/i18n/translate";
import type { AddedFile } from "../../common/snippets/open_files";
import { byId } from "../chrome/widgets/dom";
import { lastingToast, toast } from "../chrome/widgets/toasts";
import type { SnippetSession } from "../snippets/snippet_session";
import { type Gathered, gather } from "./dropped";
import { listed, type PickedFile, readUpload } from "./upload";

/** Adds files to the snippet: dropped on the page, or chosen in the browser's file dialog. */
export class FileDrop {
  readonly #session: SnippetSession;
  /** Where what is no code goes. */
  addData: (files: readonly PickedFile[]) => void = () => {};
  showData: () => void = () => {};
  readonly #chooser = byId<HTMLInputElement>("upload");
  readonly #target = byId("drop-target");
  /** Elements that the pointer entered and did not leave: drag events come from every element. */
  #depth = 0;

  constructor(session: SnippetSession) {
    this.#session = session;
    this.#chooser.addEventListener("change", () => {
      const files = [...(this.#chooser.files ?? [])];
      void this.#add(Promise.resolve({ files, unread: [], empty: [], more: false }));
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
    if (event.dataTransfer) void this.#add(gather(event.dataTransfer));
  }

  /** Whatever happens, each file is added or named. */
  async #add(gathering: Promise<Gathered>): Promise<void> {
    const { generation } = this.#session.files;
    try {
      const gathered = await gathering;
      const present = this.#session.content().files;
      const read = readUpload(gathered.files, present, navigator.languages, true);
      const { files, data, problems } = await read;
      // Reading takes time: the user may have opened another snippet.
      const left = generation !== this.#session.files.generation;
      if (files.length > 0 && !left) this.#take(files);
      if (data.length > 0 && !left) this.addData(data);
      const told = [...problems, ...problemsOf(gathered)];
      if (left && files.length + data.length > 0) told.unshift(t("upload.left"));
      showProblems(told);
    } catch (error) {
      console.error("Adding files failed:", error);
      toast(t("upload.failed"), "problem");
    }
  }

  #take(files: readonly AddedFile[]): void {
    this.#session.addFiles(files);
    const names = files.map(({ path, convertedFrom }) =>
      convertedFrom === undefined ? path : `${path} (${convertedFrom} → UTF-8)`,
    );
    toast(t("upload.done", { names: names.join(", ") }));
  }
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

function problemsOf({ unread, empty, more }: Gathered): string[] {
  return [
    ...(unread.length > 0 ? [listed("upload.unread", unread)] : []),
    ...(empty.length > 0 ? [listed("upload.empty", empty)] : []),
    ...(more ? [t("upload.more")] : []),
  ];
}

function showProblems(problems: readonly string[]): void {
  const [first, ...others] = problems;
  if (others.length > 0) lastingToast(t("upload.problems"), problems);
  else if (first !== undefined) toast(first, "problem");
}
