// size: one tab, with all that can be done with each file
import "../../styles/program_files.css";
import { size } from "../../common/i18n/format";
import { isActive, type RunState } from "../../common/run/run_state";
import type { ArtifactShown, DataRow, ServerMessage, SnippetData } from "../../protocol.gen";
import { lastingToast, toast } from "../chrome/widgets/toasts";
import { MOST_FILES } from "../files/dropped";
import type { PickedFile } from "../files/upload";
import type { RunPanel } from "../run/run_panel";
import type { SidePanel } from "../side_panel/side_panel";
import type { SideTab } from "../side_panel/side_tab";
import { ApiFailure } from "../snippets/api";
import type { SnippetSession } from "../snippets/snippet_session";
import { addressOfAll, addressOfData, addressOfFile, FilesApi } from "./files_api";
import { ft } from "./files_texts";
import { FilesView } from "./files_view";
import { showPreview } from "./preview_dialog";
import { askForName } from "./rename_dialog";

export interface FilesDependencies {
  readonly panel: RunPanel;
  readonly session: SnippetSession;
  readonly api: ConstructorParameters<typeof FilesApi>[0];
}

type NoticeMessage = Extract<ServerMessage, { type: "notice" }>;
const ARCHIVE = /\.zip$/i;

/** The tab with the files that the program has written, and with those beside the code. */
export class FilesTab {
  readonly #deps: FilesDependencies;
  readonly #api: FilesApi;
  readonly #tab: SideTab;
  readonly #view: FilesView;
  /** Of the run that is shown, by their numbers. */
  readonly #written = new Map<number, ArtifactShown>();
  /** Sentences about it, by their codes. */
  readonly #notes = new Map<string, string>();
  #run: string | null = null;
  #data: SnippetData | null = null;
  /** Whose data that is. */
  #snippet: number | null = null;

  constructor(side: SidePanel, deps: FilesDependencies) {
    this.#deps = deps;
    this.#api = new FilesApi(deps.api);
    this.#view = new FilesView({
      ask: () => this.#try(ft("tab"), () => this.#ask()),
      add: (files, leftOut) => this.add(files, leftOut),
    });
    this.#tab = side.add({
      id: "files",
      name: () => ft("tab"),
      element: this.#view.element,
      focus: () => this.#view.focus(),
      didShow: (visible) => {
        if (visible) void this.#load();
      },
    });
    deps.session.onDidChangeKey(() => void this.#load());
    deps.panel.onDidChangeState((state) => this.#follow(state));
    void this.#load();
  }

  /** A file that the program has written. */
  receive(file: ArtifactShown): void {
    if (!this.#follows(file.run)) return;
    this.#written.set(file.seq, file);
    this.#draw();
    this.#tab.offer();
  }

  /** What is said of files that are not here, or not kept. */
  note({ run, code, message }: NoticeMessage): void {
    if (!this.#follows(run) || message === "") return;
    this.#notes.set(code, message);
    this.#draw();
    this.#tab.offer();
  }

  /** False of a run that this page has left. */
  #follows(run: string): boolean {
    if (run !== this.#deps.panel.state.run) return false;
    if (run !== this.#run) this.#forget();
    this.#run = run;
    return true;
  }

  #forget(): void {
    this.#run = null;
    this.#written.clear();
    this.#notes.clear();
  }

  /** What the run before has written stays until the next one has, or has ended without. */
  #follow(state: RunState): void {
    if (state.run !== this.#run && !isActive(state)) this.#forget();
    this.#draw();
    if (state.phase === "finished" && this.#data?.files.some(({ kept }) => kept)) void this.#load();
  }

  open(): void {
    this.#tab.available = true;
    this.#tab.open();
  }

  /** Each of them is added or named, one after the other: all at once might be too much to send. */
  async add(files: readonly PickedFile[], without: readonly string[] = []): Promise<void> {
    this.open();
    const snippet = await this.#saved();
    if (snippet === null) return toast(ft("snippet_first"), "problem");
    if (this.#snippet !== snippet) await this.#load();
    const added: string[] = [];
    const problems: string[] = [];
    if (without.length > 0) problems.push(ft("left_out_of_folder", { names: listed(without) }));
    // One more than there may be is refused by the server, with the reason.
    for (const file of files.slice(0, MOST_FILES + 1)) {
      // A film would be sent for minutes to be refused.
      const limit = this.#data?.file_limit_bytes ?? Number.POSITIVE_INFINITY;
      if (file.size > limit) {
        problems.push(ft("too_large", { name: file.name, limit: size(limit) }));
        continue;
      }
      this.#view.say(ft("sending", { name: file.name }));
      try {
        const unpack = this.#view.unpacks && ARCHIVE.test(file.name);
        this.#show(snippet, await this.#api.add(snippet, file, unpack));
        added.push(file.name);
        const leftOut = this.#data?.left_out ?? [];
        if (leftOut.length > 0) problems.push(ft("left_out", { names: leftOut.join(", ") }));
      } catch (error) {
        problems.push(sentence(file.name, error));
      }
    }
    this.#view.say(added.length > 0 ? ft("added", { names: added.join(", ") }) : "");
    const [first, ...others] = problems;
    if (others.length > 0) lastingToast(ft("not_added"), problems);
    else if (first !== undefined) toast(first, "problem");
  }

  async #saved(): Promise<number | null> {
    return this.#deps.session.id ?? (await this.#deps.session.saveNow());
  }

  async #load(): Promise<void> {
    const { id } = this.#deps.session;
    if (id === null) {
      this.#data = null;
      this.#draw();
      return;
    }
    try {
      this.#show(id, await this.#api.list(id));
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      this.#view.say(error.message);
    }
  }

  #show(snippet: number, data: SnippetData): void {
    if (snippet !== this.#deps.session.id) return; // another one was opened meanwhile
    this.#snippet = snippet;
    this.#data = data;
    this.#draw();
  }

  async #ask(): Promise<void> {
    const { run } = this.#deps.panel.state;
    if (run !== null && (await this.#api.ask(run))) this.#view.say(ft("asked"));
  }

  #draw(): void {
    const { panel } = this.#deps;
    const files = [...this.#written.values()];
    const data = this.#data?.files ?? [];
    this.#tab.count = files.length;
    if (files.length + data.length + this.#notes.size > 0) this.#tab.available = true;
    this.#view.draw({
      running: panel.active && panel.state.run !== null,
      all: this.#run !== null && files.length > 1 ? addressOfAll(this.#run) : null,
      written: files.map((file) => this.#rowOfFile(file)),
      notes: [...this.#notes.values()],
      data: data.map((file) => this.#rowOfData(file)),
      room: this.#data ? roomText(this.#data) : "",
    });
  }

  #rowOfFile(file: ArtifactShown) {
    const { bytes } = file;
    const name = file.path ?? file.name;
    const address = addressOfFile(file);
    const keep = (kept: boolean) => this.#try(name, () => this.#keep(file, kept));
    return {
      name,
      bytes,
      notes: [],
      address,
      show: () =>
        this.#try(name, async () => {
          showPreview(name, await this.#api.previewOfFile(file), address);
        }),
      actions: [
        action("file-to-snippet", ft("to_snippet"), ft("to_snippet_of", { name }), () =>
          keep(false),
        ),
        action("file-keep", ft("keep"), ft("keep_of", { name }), () => keep(true)),
      ],
    };
  }

  async #keep({ run, seq, path: name = "" }: ArtifactShown, kept: boolean): Promise<void> {
    const snippet = await this.#saved();
    if (snippet === null) return toast(ft("snippet_first"), "problem");
    this.#show(snippet, await this.#api.addFromRun(snippet, { run, seq, kept }));
    toast(ft(kept ? "now_kept" : "now_added", { name }));
  }

  #rowOfData({ name, bytes, encoding, kept }: DataRow) {
    const snippet = this.#snippet ?? 0;
    const address = addressOfData(snippet, name);
    const notes = [...(encoding ? [encoding.toUpperCase()] : []), ...(kept ? [ft("kept")] : [])];
    const change = async (what: { name?: string; kept?: boolean }) => {
      await this.#api.change(snippet, name, what);
      await this.#load();
    };
    return {
      name,
      bytes,
      notes,
      address,
      show: () =>
        this.#try(name, async () => {
          showPreview(name, await this.#api.previewOfData(snippet, name), address);
        }),
      actions: [
        action("data-rename", "✎", ft("rename", { name }), () =>
          askForName(name, (wanted) => change({ name: wanted })),
        ),
        {
          ...action("data-kept", kept ? "⟳✓" : "⟳", ft("keep_changes", { name }), () =>
            this.#try(name, async () => {
              await change({ kept: !kept });
              toast(ft(kept ? "no_longer_kept" : "now_kept", { name }));
            }),
          ),
          on: kept,
        },
        action("data-remove", "✕", ft("remove", { name }), () =>
          this.#try(name, async () => {
            await this.#api.remove(snippet, name);
            await this.#load();
            this.#view.say(ft("removed", { name }));
          }),
        ),
      ],
    };
  }

  #try(name: string, act: () => Promise<void>): void {
    act().catch((error: unknown) => toast(sentence(name, error), "problem"));
  }
}

function action(testid: string, text: string, label: string, run: () => void) {
  return { testid, text, label, run };
}

function roomText({ bytes, limit_bytes }: SnippetData): string {
  return ft("room", { used: size(bytes), limit: size(limit_bytes) });
}

const NAMED = 5;

function listed(names: readonly string[]): string {
  return names.slice(0, NAMED).join(", ") + (names.length > NAMED ? " …" : "");
}

/** Always one that a person understands. */
function sentence(name: string, error: unknown): string {
  if (error instanceof ApiFailure) {
    return error.message.includes(name) ? error.message : `${name}: ${error.message}`;
  }
  console.error(`${name}:`, error);
  return ft("failed", { name });
}
