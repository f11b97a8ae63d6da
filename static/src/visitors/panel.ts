import { inputDevice } from "../common/base/input_device";
import { programTimeZone } from "../common/i18n/program_time_zone";
import { fileLanguage } from "../common/languages/file_language";
import type { Theme } from "../common/preferences";
import { isActive, type RunState } from "../common/run/run_state";
import { stateSentence, stateWord } from "../common/run/run_status_text";
import type { SourceFile, TryConfig } from "../protocol.gen";
import { followTheme } from "../terminal/page_theme";
import { tt } from "./texts";
import { VisitorTickets } from "./tickets";
import { TryEditor } from "./try_editor";
import type { TryTerminal } from "./try_terminal";

/** A program that anybody may change and run: editor, terminal, Run, Stop and Reset. */
export class TryPanel {
  readonly #root: HTMLElement;
  readonly #config: TryConfig;
  readonly #tickets: VisitorTickets;
  readonly #editor: TryEditor;
  readonly #run: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  #terminal: Promise<TryTerminal> | null = null;
  #opened: TryTerminal | null = null;
  #theme: Theme = "light";
  #preparing = false;

  /** `root`: as templates/visitors/panel.html makes it. */
  constructor(root: HTMLElement, config: TryConfig) {
    this.#root = root;
    this.#config = config;
    this.#tickets = new VisitorTickets(config);
    this.#run = this.#part("run");
    this.#stop = this.#part("stop");
    followTheme((theme) => this.#setTheme(theme));
    const parent = this.#part<HTMLElement>("editor");
    parent.replaceChildren();
    const languageOf = (path: string) => fileLanguage(path, [config.language], config.language.id);
    const host = { parent, files: config.files, languageOf, run: () => void this.run() };
    this.#editor = new TryEditor(host, config.main, this.#theme);
    this.#bind();
  }

  /** Run was pressed, perhaps before this script was there. */
  async run(): Promise<void> {
    if (this.#preparing || this.#opened?.active) return;
    const { files } = this.#editor;
    if (!this.#fits(files)) return;
    this.#prepare(true);
    try {
      const [terminal] = await Promise.all([this.#loaded(), this.#tickets.fresh()]);
      const { language, main } = this.#config;
      const own = { language: language.id, files, main, args: [], snippet: null };
      terminal.start({ ...own, ...programTimeZone() });
    } catch (error) {
      this.#say(error instanceof Error ? error.message : tt("problem.load"));
    } finally {
      this.#prepare(false);
    }
  }

  getText(): string {
    return this.#editor.getText();
  }

  setText(text: string): void {
    this.#editor.setText(text);
  }

  terminalText(): string {
    return this.#opened?.text() ?? "";
  }

  #bind(): void {
    this.#run.disabled = false;
    this.#run.addEventListener("click", () => void this.run());
    this.#stop.addEventListener("click", () => this.#opened?.stop());
    const reset = this.#part<HTMLButtonElement>("reset");
    reset.disabled = false;
    reset.addEventListener("click", () => this.#reset());
    // What runs a program is loaded before it is asked for.
    this.#run.addEventListener("pointerenter", () => void this.#loaded().catch(() => null), {
      once: true,
    });
    for (const tab of this.#root.querySelectorAll<HTMLButtonElement>("[data-path]")) {
      tab.addEventListener("click", () => this.#show(tab.dataset.path ?? ""));
    }
    document.addEventListener("keydown", (event) => this.#leave(event), { capture: true });
  }

  #show(path: string): void {
    this.#editor.show(path);
    for (const tab of this.#root.querySelectorAll<HTMLElement>("[data-path]")) {
      tab.setAttribute("aria-pressed", String(tab.dataset.path === path));
    }
    this.#editor.focus();
  }

  /** F6 goes from the code to the terminal, and back. */
  #leave(event: KeyboardEvent): void {
    if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
    // The page has the focus once a button that had it is disabled.
    const { target } = event;
    if (target !== document.body && !this.#root.contains(target as Node)) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.#editor.hasFocus() && this.#opened) this.#opened.focus();
    else this.#editor.focus();
  }

  #reset(): void {
    this.#opened?.stop();
    this.#editor.reset();
    this.#opened?.clear();
    this.#say(tt("reset.done"));
  }

  #fits(files: readonly SourceFile[]): boolean {
    const encoder = new TextEncoder();
    const bytes = files.reduce((sum, { content }) => sum + encoder.encode(content).length, 0);
    const limit = this.#config.source_bytes;
    if (bytes > limit) this.#say(tt("problem.large", { limit: Math.floor(limit / 1024) }));
    return bytes <= limit;
  }

  #loaded(): Promise<TryTerminal> {
    this.#terminal ??= this.#load().catch((error: unknown) => {
      this.#terminal = null; // the next press tries again
      console.warn("The terminal could not be loaded:", error);
      throw new Error(tt("problem.load"));
    });
    return this.#terminal;
  }

  async #load(): Promise<TryTerminal> {
    const { TryTerminal } = await import("./try_terminal");
    const pane = this.#part<HTMLElement>("terminal");
    pane.replaceChildren();
    const input = {
      hovers: window.matchMedia("(hover: hover)").matches,
      coarse: window.matchMedia("(pointer: coarse)").matches,
      touchPoints: navigator.maxTouchPoints,
      platform: navigator.platform,
    };
    const terminal = new TryTerminal({
      pane,
      tickets: this.#tickets,
      startBytes: this.#config.start_bytes,
      touch: inputDevice(input) === "touch",
      changed: (state) => this.#follow(state),
      notice: (text) => this.#say(text),
    });
    await terminal.open();
    this.#opened = terminal;
    terminal.setTheme(this.#theme);
    return terminal;
  }

  #setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#opened?.setTheme(theme);
    // The first call comes before there is an editor.
    if (this.#editor) this.#editor.setTheme(theme);
  }

  #prepare(preparing: boolean): void {
    this.#preparing = preparing;
    this.#run.disabled = preparing || (this.#opened?.active ?? false);
    if (preparing) this.#say(tt("preparing"));
    else if (this.#part("status").textContent === tt("preparing")) this.#say("");
  }

  #follow(state: RunState): void {
    const active = isActive(state);
    this.#run.disabled = active || this.#preparing;
    this.#stop.disabled = !active || state.stopping;
    const badge = this.#part<HTMLElement>("state");
    const phase =
      state.phase === "starting" || state.phase === "restoring" ? "queued" : state.phase;
    badge.dataset.state = phase;
    badge.dataset.outcome = state.exit?.outcome ?? phase;
    badge.textContent = stateWord(state);
    this.#say(stateSentence(state));
  }

  #say(text: string): void {
    const status = this.#part("status");
    if (status.textContent !== text) status.textContent = text;
  }

  #part<Kind extends HTMLElement>(name: string): Kind {
    const found = this.#root.querySelector<Kind>(`[data-part="${name}"]`);
    if (!found) throw new Error(`the page has no ${name}`);
    return found;
  }
}
