// size: one class, what a member's page does for its class
import { at } from "../../common/base/paths";
import { ct } from "../../common/classroom/class_text";
import type { RunState } from "../../common/run/run_state";
import type { EditorHost } from "../../editor/editor_host";
import {
  type ClassJoined,
  type ClassServerMessage,
  type OwnHand,
  SCREEN_CHARACTERS,
  type SourceFile,
  type Watched,
} from "../../protocol.gen";
import { ClassConnection } from "../../terminal/class_connection";
import type { TerminalView } from "../../terminal/terminal_view";
import { byId, make } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import type { RunPanel } from "../run/run_panel";
import type { Api } from "../snippets/api";
import type { SnippetSession } from "../snippets/snippet_session";
import { ClassBar } from "./class_bar";
import { ShowPanel } from "./show_panel";
import { lineOf, shownCode, viewOf } from "./shown_code";
import type { WritingSender } from "./writing_sender";

const EDITING_MS = 4000;
/** Between two messages with code or with what is shown. */
const CODE_MS = 700;
const SHOW_MS = 400;

export interface ClassPageDependencies {
  readonly user: string;
  readonly panel: RunPanel;
  readonly session: SnippetSession;
  readonly editor: EditorHost;
  readonly terminal: TerminalView;
  readonly api: Api;
}

/** The workspace of somebody who has chosen a class: hand, watchers, help, and what is shown. */
export class ClassPage {
  readonly #deps: ClassPageDependencies;
  readonly #bar = new ClassBar();
  readonly #panel: ShowPanel;
  readonly #raise = make("button", { type: "button", class: "button quiet", hidden: true });
  readonly #present = make("button", { type: "button", class: "button quiet", hidden: true });
  #connection: ClassConnection | null = null;
  #classroom = 0;
  #seat: ClassJoined | null = null;
  #watched: Watched = { type: "watched", by: [], code: false };
  #watchers = "";
  #editedAt = 0;
  #codeTimer = 0;
  #codeSent = "";
  #writing: WritingSender | null = null;
  #showTimer = 0;
  #showFiles = "";
  #showSent = "";

  constructor(deps: ClassPageDependencies) {
    this.#deps = deps;
    this.#panel = new ShowPanel({
      bar: this.#bar,
      take: (...code) => void this.#take(...code),
    });
    this.#raise.dataset.testid = "raise-hand";
    this.#raise.append(ct("bar.raise"));
    this.#raise.addEventListener("click", () => this.#bar.ask((text) => this.#ask(text)));
    this.#present.dataset.testid = "show-to-class";
    this.#present.append(ct("show.begin"));
    this.#present.addEventListener("click", () => this.#beginShow());
    document.querySelector(".tools")?.prepend(this.#raise, this.#present);
    deps.editor.onDidChange(() => this.#edited());
    deps.session.onDidChange(() => this.#codeChanged());
    deps.panel.onDidChangeRun((state) => this.#showRun(state));
    const select = byId<HTMLSelectElement>("class-choice");
    select.addEventListener("change", () => this.#choose(Number(select.value)));
    this.#choose(Number(select.value));
  }

  /** 0: no class. */
  #choose(classroom: number): void {
    this.#connection?.close();
    this.#connection = null;
    this.#classroom = classroom;
    this.#record(false);
    this.#seat = null;
    this.#watched = { type: "watched", by: [], code: false };
    this.#stopTimers();
    this.#bar.clear();
    this.#panel.end();
    this.#raise.hidden = this.#present.hidden = true;
    if (!classroom) return;
    const connection = new ClassConnection(classroom);
    this.#connection = connection;
    connection.onDidReceive((message) => {
      if (this.#connection === connection) this.#receive(message);
    });
    connection.onDidChangeState((state) => {
      if (this.#connection === connection && state === "refused") this.#choose(0);
    });
    connection.open();
  }

  #receive(message: ClassServerMessage): void {
    switch (message.type) {
      case "class":
        this.#seat = message;
        this.#record(message.recorded);
        this.#raise.hidden = message.may_watch;
        this.#present.hidden = !message.may_show || this.#showTimer !== 0;
        if (this.#showTimer) this.#showFiles = this.#showSent = ""; // the server knows nothing of it
        break;
      case "hand":
        this.#showHand(message);
        break;
      case "watched":
        this.#watched = message;
        this.#codeSent = "";
        this.#codeChanged();
        this.#showWatchers();
        break;
      case "show_asked":
        this.#askForShow(message.by);
        break;
      case "shown":
        this.#panel.show(message);
        break;
      case "show_ended":
        this.#panel.end();
        break;
      case "error":
        toast(message.message, "problem");
        break;
    }
  }

  /** How programs are written, where the class keeps it; the student is told. */
  #record(recorded: boolean): void {
    this.#bar.show("recorded", recorded ? ct("bar.recorded") : "");
    if (!recorded) {
      this.#writing?.end();
      this.#writing = null;
      return;
    }
    const classroom = this.#classroom;
    void import("./writing_sender").then(({ WritingSender }) => {
      if (this.#classroom !== classroom || !this.#seat?.recorded) return;
      this.#writing ??= new WritingSender(classroom, this.#deps);
    });
  }

  // --- Hand ----------------------------------------------------------------------------------
  #ask(text: string): void {
    this.#connection?.send({ type: "raise_hand", class: this.#classroom, text });
  }

  #showHand({ raised, text, answer, answered_by }: OwnHand): void {
    const lower = () => this.#connection?.send({ type: "lower_hand", class: this.#classroom });
    const close = () => this.#bar.show("answer", "");
    this.#raise.hidden = raised || (this.#seat?.may_watch ?? true);
    if (raised) {
      this.#bar.show("hand", ct("bar.raised", { text }), { label: ct("bar.lower"), run: lower });
      close();
    } else {
      this.#bar.show("hand", "");
      if (!answer || this.#isOld(text, answer)) return;
      const words = ct("bar.answer", { name: answered_by, text: answer });
      this.#bar.show("answer", words, { label: ct("bar.close"), run: close });
    }
  }

  /** An answer is shown once in a tab; the server tells it again after each reconnect. */
  #isOld(text: string, answer: string): boolean {
    const key = `answer-${this.#classroom}`;
    const value = `${text}\n${answer}`;
    if (sessionStorage.getItem(key) === value) return true;
    sessionStorage.setItem(key, value);
    return false;
  }

  // --- Watching and helping --------------------------------------------------------------------
  #showRun({ shared, watchers }: RunState): void {
    this.#watchers = watchers;
    this.#showWatchers();
    const { panel, user } = this.#deps;
    const release = () => panel.shareControl({ type: "release_control" });
    const [asks] = shared?.requests ?? [];
    const grant = () => asks && panel.shareControl({ type: "grant_control", to: asks });
    this.#bar.show(
      "request",
      asks ? ct("bar.request", { name: asks }) : "",
      { label: ct("bar.allow"), primary: true, testid: "allow-help", run: () => void grant() },
      { label: ct("bar.deny"), run: release },
    );
    const lent = shared && !shared.you && shared.holder !== user ? shared.holder : "";
    const end = { label: ct("bar.take_back"), primary: true, testid: "take-back", run: release };
    this.#bar.show("lent", lent ? ct("bar.lent", { name: lent }) : "", end);
  }

  #showWatchers(): void {
    const names = new Set([...this.#watched.by, ...this.#watchers.split(", ").filter(Boolean)]);
    const key = names.size > 1 ? "bar.watching_many" : "bar.watching";
    this.#bar.show("watched", names.size > 0 ? ct(key, { names: [...names].join(", ") }) : "");
  }

  #edited(): void {
    this.#codeChanged();
    const now = Date.now();
    if (!this.#seat || this.#seat.may_watch || now - this.#editedAt < EDITING_MS) return;
    this.#editedAt = now;
    this.#connection?.send({ type: "editing", language: this.#deps.session.language });
  }

  /** Who watches gets the code as it is, a little after it has changed. */
  #codeChanged(): void {
    if (!this.#watched.code || this.#codeTimer) return;
    this.#codeTimer = window.setTimeout(() => {
      this.#codeTimer = 0;
      this.#sendCode();
    }, CODE_MS);
  }

  #sendCode(): void {
    if (!this.#watched.code) return;
    const { session } = this.#deps;
    const path = session.files.shown.path;
    const code = shownCode(session.content().files, path);
    const line = this.#cursorLine();
    const text = JSON.stringify([code, path, line]);
    if (text === this.#codeSent) return;
    if (this.#connection?.send({ type: "send_code", ...code, main: path, line })) {
      this.#codeSent = text;
    }
  }

  #cursorLine(): number {
    const { editor } = this.#deps;
    return lineOf(editor.getText(), editor.selection[0]);
  }

  // --- Showing ---------------------------------------------------------------------------------
  #askForShow(by: string): void {
    const answer = (allow: boolean) => () => {
      this.#bar.show("show-asked", "");
      if (this.#connection?.send({ type: "allow_show", allow }) && allow) this.#beginShow();
    };
    this.#bar.show(
      "show-asked",
      ct("show.permission", { name: by }),
      { label: ct("bar.allow"), primary: true, testid: "allow-show", run: answer(true) },
      { label: ct("bar.deny"), run: answer(false) },
    );
  }

  #beginShow(): void {
    if (this.#showTimer) return;
    this.#showFiles = this.#showSent = "";
    this.#present.hidden = true;
    const end = () => this.#endShow();
    this.#bar.show("showing", ct("show.on"), {
      label: ct("show.end"),
      primary: true,
      testid: "end-show",
      run: end,
    });
    this.#showTimer = window.setInterval(() => void this.#sendShow(), SHOW_MS);
  }

  #endShow(): void {
    this.#stopTimers();
    this.#bar.show("showing", "");
    this.#present.hidden = !this.#seat?.may_show;
    this.#connection?.send({ type: "end_show" });
  }

  /** Only what has changed; however many look, it is sent once. */
  async #sendShow(): Promise<void> {
    const { session, terminal } = this.#deps;
    const path = session.files.shown.path;
    const { files, cut } = shownCode(session.content().files, path);
    const view = await terminal.shown(SCREEN_CHARACTERS);
    const at = viewOf(this.#deps.editor.linesInView, this.#cursorLine());
    const all = JSON.stringify(files);
    const state = { path, ...at, cut, language: session.language, ...view };
    const text = JSON.stringify([state, all]);
    if (!this.#showTimer || text === this.#showSent) return;
    const changed = all === this.#showFiles ? null : files;
    if (!this.#connection?.send({ type: "show", files: changed, ...state })) return;
    this.#showSent = text;
    this.#showFiles = all;
  }

  #stopTimers(): void {
    window.clearInterval(this.#showTimer);
    window.clearTimeout(this.#codeTimer);
    this.#showTimer = this.#codeTimer = 0;
  }

  async #take(files: readonly SourceFile[], main: string, language: string): Promise<void> {
    const content = { title: main, language, main, files };
    const result = await this.#deps.api.save({ id: null, version: 0 }, content);
    if (result.kind !== "saved") {
      if ("message" in result) toast(String(result.message), "problem");
      return;
    }
    await this.#deps.session.saveNow();
    location.assign(at(`/snippets/${result.snippet.id}/`));
  }
}
