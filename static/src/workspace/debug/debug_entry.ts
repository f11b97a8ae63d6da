import { isActive } from "../../common/run/run_state";
import type { LanguageOption, SourceFile } from "../../protocol.gen";
import { byTestId } from "../chrome/widgets/dom";
import type { Aside } from "../run/run_panel";
import type { DebugDependencies } from "./debug_dependencies";
import type { Debugging } from "./debugging";

const DEBUGGER = 1;

/** Debugging. All but breakpoints is loaded with the first program that is debugged. */
export class DebugEntry {
  readonly #deps: DebugDependencies;
  #loading: Promise<Debugging> | null = null;
  /** What came before all is loaded: the server sends little until it is acknowledged. */
  #held: Aside[] = [];
  #loaded: Debugging | null = null;
  #phase = "idle";
  /** The program that this page has started last. */
  #started: readonly SourceFile[] | null = null;

  constructor(deps: DebugDependencies) {
    this.#deps = deps;
    const { editor, panel, session } = deps;
    editor.onDidAskForBreakpoint((line) => this.toggle(line));
    editor.setBreakable(false, () => "");
    session.onDidChange(() => this.#show());
    panel.onDidHearAside((aside) => {
      if (aside.channel === DEBUGGER) this.#hear(aside);
    });
    panel.sideOffsets = () => this.#loaded?.offsets ?? {};
    panel.onDidChangeState((state) => {
      byTestId<HTMLButtonElement>("debug").disabled = isActive(state);
      const { phase } = state;
      const before = this.#phase;
      this.#phase = phase;
      if (phase === "starting" ? panel.observed : phase === "restoring" && before !== phase) {
        this.#begin(phase === "starting" ? session.content().files : null);
      } else if (phase === "starting") this.#loaded?.leaveTrace();
    });
  }

  get canDebug(): boolean {
    return this.#language?.can_debug ?? false;
  }

  get canTrace(): boolean {
    return this.#language?.can_trace ?? false;
  }

  /** The program of this page runs with a debugger. */
  get active(): boolean {
    return this.#deps.panel.observed === "debug" && isActive(this.#deps.panel.state);
  }

  get stopped(): boolean {
    return this.#loaded?.stopped ?? false;
  }

  start(observed: "debug" | "trace"): void {
    if (!this.#deps.panel.active) this.#deps.panel.run(observed);
  }

  toggle(line: number): void {
    const { editor } = this.#deps;
    if (!this.canDebug || !editor.path.endsWith(".py")) return;
    const set = editor.breakpoints.toggle(editor.path, line);
    this.with((one) => one.announce(set, line));
  }

  with(act: (debugging: Debugging) => void): void {
    this.#loading ??= this.#load();
    void this.#loading.then(act, () => {
      // Without a connection; the next one tries again.
      this.#loading = null;
    });
  }

  /** A run begins that is observed, or another run of the user is shown, which may be. */
  #begin(files: readonly SourceFile[] | null): void {
    this.#held = [];
    this.#started = files;
    if (this.#loaded) this.#loaded.begin(files);
    else if (this.#deps.panel.observed) this.with(() => undefined);
  }

  async #load(): Promise<Debugging> {
    const { Debugging } = await import("./debugging");
    const made = new Debugging(this.#deps);
    this.#loaded = made;
    if (isActive(this.#deps.panel.state)) made.begin(this.#started);
    for (const aside of this.#held.splice(0)) made.hear(aside);
    return made;
  }

  #hear(aside: Aside): void {
    if (this.#loaded) this.#loaded.hear(aside);
    else {
      this.#held.push(aside);
      this.with(() => undefined);
    }
  }

  #show(): void {
    const { canDebug } = this;
    byTestId("debug").hidden = !canDebug;
    this.#deps.editor.setBreakable(canDebug, (one) => one.condition || one.hits || one.log);
  }

  get #language(): LanguageOption | undefined {
    const { languages, session } = this.#deps;
    return languages.find(({ id }) => id === session.language);
  }
}
