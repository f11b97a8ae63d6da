// size: one panel, whose parts are shown together
import type { DebugState, Frame } from "../../common/debug/debug_state";
import { MAX_BREAKPOINTS } from "../../protocol.gen";
import { byId, icon, make } from "../chrome/widgets/dom";
import type { DebugActions, DebugDependencies } from "./debug_dependencies";
import { text } from "./debug_texts";
import type { ExceptionSetting } from "./exception_setting";
import { VariablesTree } from "./variables_tree";
import { WatchList } from "./watch_list";

const STEPS = [
  ["debug-step-over", "over", "next"],
  ["debug-step-in", "in", "stepIn"],
  ["debug-step-out", "out", "stepOut"],
] as const;

type Told = "changed" | "elsewhere" | false;

/** What is known of a debugged program, below its code. Everything in it is text of a program. */
export class DebugPanel {
  readonly #element = byId("debug-panel");
  readonly #debugging: DebugActions;
  readonly #deps: DebugDependencies;
  readonly #status = make("p", { class: "debug-status", role: "status" });
  readonly #changed = make("p", { class: "debug-changed", role: "status", hidden: true });
  readonly #go: HTMLButtonElement;
  readonly #steps: HTMLButtonElement[];
  readonly #threads = make("select", { class: "select", "data-testid": "debug-threads" });
  readonly #stack = make("ol", { class: "debug-stack", "data-testid": "call-stack" });
  readonly #breakpoints = make("ul", { class: "debug-breakpoints" });
  readonly #variables: VariablesTree;
  readonly #watch: WatchList;
  #state: DebugState;
  #frames: readonly Frame[] | null = null;
  #places = "";

  constructor(debugging: DebugActions, deps: DebugDependencies, exceptions: ExceptionSetting) {
    this.#debugging = debugging;
    this.#deps = deps;
    this.#state = debugging.session.state;
    this.#go = this.#button("debug-continue", "continue", () =>
      this.#state.phase === "stopped" ? debugging.step("continue") : debugging.pause(),
    );
    this.#steps = STEPS.map(([id, name, command]) =>
      this.#button(id, name, () => debugging.step(command)),
    );
    this.#variables = new VariablesTree(debugging);
    this.#watch = new WatchList(debugging, deps.storage, deps.session);
    this.#threads.setAttribute("aria-label", text("threads"));
    this.#threads.addEventListener("change", () => {
      void debugging.session.selectThread(Number(this.#threads.value));
    });
    this.#stack.setAttribute("aria-label", text("stack"));
    const label = text("steps");
    this.#element.replaceChildren(
      make(
        "header",
        { class: "debug-head" },
        make(
          "div",
          { class: "debug-steps", role: "toolbar", "aria-label": label },
          this.#go,
          ...this.#steps,
        ),
        this.#status,
      ),
      this.#changed,
      make(
        "div",
        { class: "debug-parts" },
        part("variables", this.#variables.element),
        part("watch", this.#watch.element),
        part("stack", this.#threads, this.#stack),
        part("breakpoints", this.#breakpoints, exceptions.element),
      ),
    );
    deps.editor.breakpoints.onDidChange(() => this.#listBreakpoints());
    this.#listBreakpoints();
  }

  open(): void {
    this.#element.hidden = false;
    this.show(this.#debugging.session.state, false);
  }

  close(): void {
    // Who had the focus in it goes on in the editor.
    if (this.#element.contains(document.activeElement)) this.#deps.editor.focus();
    this.#element.hidden = true;
  }

  /** `told`: what is to be known of the code beside it. */
  show(state: DebugState, told: Told): void {
    this.#state = state;
    if (this.#element.hidden) return;
    this.#element.dataset.state = state.phase;
    const stopped = state.phase === "stopped";
    const words = this.#words(state);
    if (this.#status.textContent !== words) this.#status.textContent = words;
    setButton(this.#go, stopped ? "continue" : "pause");
    this.#go.disabled = state.phase !== "running" && !stopped;
    for (const step of this.#steps) step.disabled = !stopped;
    this.#tell(told);
    this.#showThreads(state);
    this.#showStack(state);
    this.#variables.show(state);
    this.#watch.show(state);
  }

  #tell(told: Told): void {
    const words = told && this.#state.phase !== "ended" ? text(told) : "";
    if (this.#changed.textContent === words) return;
    this.#changed.hidden = !words;
    this.#listBreakpoints();
    this.#changed.textContent = words;
  }

  #words({ phase, problem, stop, frame }: DebugState): string {
    if (problem) return text(problem);
    if (phase !== "stopped" || !stop) return text(phase === "stopped" ? "running" : phase);
    if (!frame) return text("running");
    if (frame.path === null) return text("stopped_elsewhere");
    const place = { line: this.#line(frame), path: frame.path };
    const { exception, description } = stop;
    if (stop.reason === "exception") {
      return text("stopped_exception", { ...place, exception, description });
    }
    if (stop.wrong) return text("stopped_wrong", { ...place, ...stop.wrong });
    const known = stop.reason === "step" || stop.reason === "pause" ? stop.reason : "breakpoint";
    return text(`stopped_${known}`, place);
  }

  /** In the text as it is now; of a line that is not in it any more, in the program. */
  #line({ path, line }: Frame): number {
    return (path !== null && this.#debugging.shownLine(path, line)) || line;
  }

  #button(id: string, name: Parameters<typeof text>[0], run: () => void): HTMLButtonElement {
    const button = make("button", {
      type: "button",
      class: "button debug-step",
      "data-testid": id,
    });
    setButton(button, name);
    button.addEventListener("click", run);
    return button;
  }

  #showThreads({ threads, stop }: DebugState): void {
    this.#threads.hidden = threads.length < 2;
    this.#threads.replaceChildren(
      ...threads.map(({ id, name }) => make("option", { value: id }, name || String(id))),
    );
    if (stop) this.#threads.value = String(stop.thread);
  }

  #showStack({ frames, moreFrames, frame, phase }: DebugState): void {
    const shown = phase === "stopped" ? frames : [];
    const places = shown.map((one) => this.#line(one)).join();
    if (this.#frames !== shown || this.#places !== places) {
      this.#frames = shown;
      this.#places = places;
      const note = text("more_frames", { count: shown.length });
      this.#stack.replaceChildren(
        ...shown.map((one) => this.#frame(one)),
        ...(moreFrames && shown.length > 0 ? [make("li", { class: "debug-none" }, note)] : []),
      );
    }
    shown.forEach((one, index) => {
      const button = this.#stack.children[index]?.firstElementChild;
      if (one === frame) button?.setAttribute("aria-current", "true");
      else button?.removeAttribute("aria-current");
    });
  }

  #frame(frame: Frame): HTMLElement {
    const place = frame.path === null ? "" : `${frame.path}:${this.#line(frame)}`;
    const name = make("span", { class: "debug-frame" }, frame.name);
    const button = make("button", { type: "button" }, name, " ", make("small", {}, place));
    button.addEventListener("click", () => {
      void this.#debugging.session.selectFrame(frame);
      if (frame.path) this.#debugging.show({ path: frame.path, line: this.#line(frame) });
    });
    return make("li", {}, button);
  }

  get #runs(): boolean {
    return this.#state.phase === "running" || this.#state.phase === "stopped";
  }

  #listBreakpoints(): void {
    const { breakpoints } = this.#deps.editor;
    const rows = breakpoints.paths.flatMap((path) =>
      breakpoints.of(path).map((one) => {
        const go = make("button", { type: "button" }, `${path}:${one.line}`);
        const place = { path, line: one.line };
        go.addEventListener("click", () => this.#debugging.show(place));
        const edit = make("button", { type: "button", class: "button quiet" }, "✎");
        edit.ariaLabel = edit.title = `${text("edit")}: ${path}:${one.line}`;
        edit.addEventListener("click", () => this.#debugging.editBreakpoint(path, one.line));
        const idle = this.#runs && !this.#debugging.runs(place) && text("not_running");
        const said = [one.condition, one.hits, one.log, idle].filter(Boolean).join(" · ");
        return make("li", {}, go, make("code", {}, said), edit);
      }),
    );
    const none = make("li", { class: "debug-none" }, text("no_breakpoints"));
    const full = breakpoints.count >= MAX_BREAKPOINTS;
    const note = make("li", {}, text("full", { count: MAX_BREAKPOINTS }));
    this.#breakpoints.replaceChildren(
      ...(rows.length > 0 ? rows : [none]),
      ...(full ? [note] : []),
    );
  }
}

function part(name: "variables" | "watch" | "stack" | "breakpoints", ...inside: HTMLElement[]) {
  const id = `debug-part-${name}`;
  return make(
    "section",
    { class: `debug-part debug-part-${name}`, "aria-labelledby": id },
    make("h3", { id }, text(name)),
    ...inside,
  );
}

const ICONS: Readonly<Record<string, string>> = {
  continue: "run",
  pause: "pause",
  over: "step-over",
  in: "step-in",
  out: "step-out",
};

function setButton(button: HTMLButtonElement, name: Parameters<typeof text>[0]): void {
  if (button.dataset.name === name) return;
  button.dataset.name = name;
  button.replaceChildren(icon(ICONS[name] ?? name), make("span", {}, text(name)));
  button.title = button.ariaLabel = text(name); // a phone shows the icon alone
}
