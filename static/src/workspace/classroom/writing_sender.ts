import { at } from "../../common/base/paths";
import { WritingRecorder } from "../../common/classroom/writing_recorder";
import type { EditorHost } from "../../editor/editor_host";
import { EDITS_PER_PART, type WritingKept } from "../../protocol.gen";
import { csrfToken } from "../../terminal/ways/csrf_token";
import type { RunPanel } from "../run/run_panel";
import type { SnippetSession } from "../snippets/snippet_session";
import { newUuid } from "./uuid";

const SEND_MS = 5000;
const TIMEOUT_MS = 15_000;
/** Browsers send at most 64 KiB, of bytes, after a page has been closed. */
const KEEPALIVE_CHARACTERS = 16_000;

interface Dependencies {
  readonly session: SnippetSession;
  readonly editor: EditorHost;
  readonly panel: RunPanel;
}

/** Tells the class how the open program is written, where its rules say so. */
export class WritingSender {
  readonly #deps: Dependencies;
  readonly #url: string;
  readonly #ends: (() => void)[] = [];
  #key: string;
  #id = newUuid();
  #recorder = new WritingRecorder(performance.now());
  #count = 0;
  #run = "";
  #sending = false;
  #over = false;

  constructor(classroom: number, deps: Dependencies) {
    this.#deps = deps;
    this.#url = at(`/classes/${classroom}/writing/`);
    this.#key = deps.session.draftKey;
    const timer = window.setInterval(() => void this.#send(), SEND_MS);
    const hidden = () => {
      if (document.visibilityState === "hidden") void this.#send(); // it may be closed next
    };
    document.addEventListener("visibilitychange", hidden);
    this.#ends.push(
      () => window.clearInterval(timer),
      () => document.removeEventListener("visibilitychange", hidden),
      deps.session.onDidChangeKey(({ before, after }) => {
        if (this.#key === before) this.#key = after; // saved for the first time
      }),
      deps.session.onDidChange(() => this.#look()),
      deps.editor.onDidChange(() => this.#look()),
      deps.panel.onDidChangeRun(({ run, phase }) => {
        if (run && run !== this.#run && phase !== "restoring") void this.#started(run);
      }),
    );
    this.#look();
    void this.#send();
  }

  end(): void {
    this.#over = true;
    for (const end of this.#ends) end();
  }

  /** Opening another program begins another writing. */
  #look(): void {
    const { session } = this.#deps;
    const begins = this.#key !== session.draftKey;
    if (begins) {
      this.#key = session.draftKey;
      this.#begin();
    }
    const now = performance.now();
    for (const { path, content } of session.content().files) {
      this.#recorder.changed(path, content, now);
    }
    if (begins) void this.#send(); // before what is opened is saved with changes
  }

  #begin(): void {
    this.#id = newUuid();
    this.#recorder = new WritingRecorder(performance.now());
    this.#count = 0;
  }

  async #started(run: string): Promise<void> {
    this.#run = run;
    this.#look();
    await this.#send(run);
  }

  /** What the server has not got; a part that is lost is sent again with the next one. */
  async #send(run: string | null = null): Promise<void> {
    if (this.#over || (this.#sending && !run)) return;
    this.#sending = true;
    try {
      do {
        const recorder = this.#recorder;
        const edits = recorder.next(EDITS_PER_PART);
        if (edits.length === 0 && !run) return;
        recorder.seal();
        const id = this.#id;
        const { id: snippet } = this.#deps.session;
        const kept = await this.#post({ id, snippet, first: this.#count, edits, run });
        if (!kept || recorder !== this.#recorder) return;
        if (kept.count < this.#count) return this.#begin(); // the server has forgotten it
        recorder.sent(Math.max(0, kept.count - this.#count));
        this.#count = kept.count;
        if (kept.full) return this.end();
        if (edits.length < EDITS_PER_PART) return;
      } while (!this.#over);
    } finally {
      this.#sending = false;
    }
  }

  /** Null: not now. Where the rules have changed, nothing is sent any more. */
  async #post(part: object): Promise<WritingKept | null> {
    const body = JSON.stringify(part);
    try {
      const answer = await fetch(this.#url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
        body,
        keepalive: body.length < KEEPALIVE_CHARACTERS,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (answer.ok) return (await answer.json()) as WritingKept;
      if (answer.status < 500 && answer.status !== 429) this.end();
    } catch {
      // Offline: the next one sends it again.
    }
    return null;
  }
}
