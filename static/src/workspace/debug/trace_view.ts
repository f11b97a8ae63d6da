// size: one view, whose parts show the same step
import "../../styles/trace.css";
import {
  changedNames,
  type TraceFrame,
  type TraceName,
  type TraceObject,
  type TraceReader,
  type TraceStep,
  type TraceValue,
} from "../../common/debug/trace";
import type { EditorHost } from "../../editor/editor_host";
import { byId, icon, iconButton, make } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import { text } from "./debug_texts";

const SPACE = "http://www.w3.org/2000/svg";

export interface TraceHost {
  readonly editor: EditorHost;
  /** The snippet of the program is open. */
  opened(): boolean;
  showFile(path: string): void;
  /** Where a line of the program is in its text, which may have been edited; null: nowhere. */
  shownLine(path: string, line: number): number | null;
}

/** The steps of a program that has run, forwards and backwards: names, objects, and arrows. */
export class TraceView {
  readonly #element = byId("trace-panel");
  readonly #host: TraceHost;
  readonly #status = make("p", { class: "debug-status", role: "status" });
  readonly #slider = make("input", {
    type: "range",
    min: "1",
    value: "1",
    "data-testid": "trace-slider",
  });
  readonly #names = make("div", { class: "trace-names", "data-testid": "trace-names" });
  readonly #objects = make("div", { class: "trace-objects", "data-testid": "trace-objects" });
  readonly #arrows = document.createElementNS(SPACE, "svg");
  readonly #output = make("pre", {
    class: "trace-output",
    role: "region",
    "data-testid": "trace-output",
    tabindex: "0",
  });
  readonly #note = make("p", { class: "debug-none" });
  readonly #buttons: HTMLButtonElement[];
  readonly #sizes = new ResizeObserver(() => this.#drawArrows());
  #trace: TraceReader | null = null;
  #step = 0;

  constructor(host: TraceHost) {
    this.#host = host;
    this.#slider.setAttribute("aria-label", text("slider"));
    this.#slider.addEventListener("input", () => this.#go(Number(this.#slider.value) - 1));
    this.#output.setAttribute("aria-label", text("output"));
    this.#buttons = [
      this.#button("first", "trace-first", () => this.#go(0)),
      this.#button("stop_back", "trace-stop-back", () => this.#go(this.#stop(-1) ?? this.#step)),
      this.#button("back", "trace-back", () => this.#go(this.#step - 1)),
      this.#button("forward", "trace-forward", () => this.#go(this.#step + 1)),
      this.#button("stop_on", "trace-stop-on", () => this.#go(this.#stop(1) ?? this.#step)),
      this.#button("last", "trace-last", () => this.#go(this.#last)),
    ];
    host.editor.breakpoints.onDidChange(() => this.#enable());
    const close = iconButton("close", text("close"));
    close.addEventListener("click", () => {
      this.close();
      host.editor.focus();
    });
    this.#arrows.setAttribute("class", "trace-arrows");
    this.#arrows.setAttribute("aria-hidden", "true");
    this.#element.replaceChildren(
      make("header", { class: "debug-head" }, make("h2", {}, text("trace")), this.#status, close),
      make(
        "div",
        { class: "trace-steps", role: "group", "aria-label": text("steps") },
        ...this.#buttons.slice(0, 3),
        this.#slider,
        ...this.#buttons.slice(3),
      ),
      this.#note,
      make(
        "div",
        { class: "trace-picture" },
        make("section", {}, make("h3", {}, text("names")), this.#names),
        make("section", {}, make("h3", {}, text("objects")), this.#objects),
        this.#arrows as unknown as HTMLElement,
      ),
      make("section", { class: "trace-said" }, make("h3", {}, text("output")), this.#output),
    );
  }

  /** The program has ended. */
  finish(trace: TraceReader): void {
    if (trace.steps.length === 0) {
      toast(text(trace.lost ? "trace_lost" : "trace_none"));
      return;
    }
    this.#trace = trace;
    this.#step = 0;
    this.#slider.max = String(trace.steps.length);
    this.#note.hidden = !trace.lost && !trace.cut;
    this.#note.textContent = trace.lost
      ? text("trace_lost")
      : text("trace_cut", { count: trace.steps.length });
    this.#sizes.observe(this.#element);
    this.follow();
  }

  /** Another snippet was opened, or that of the program: it is shown beside its own code alone. */
  follow(): void {
    if (!this.#trace) return;
    this.#element.hidden = !this.#host.opened();
    if (this.#element.hidden) this.#host.editor.markExecution(null);
    else this.#go(this.#step);
  }

  close(): void {
    if (!this.#trace) return;
    this.#element.hidden = true;
    this.#sizes.disconnect();
    this.#trace = null;
    this.#host.editor.markExecution(null);
  }

  get #last(): number {
    return (this.#trace?.steps.length ?? 1) - 1;
  }

  #button(
    name: "first" | "stop_back" | "back" | "forward" | "stop_on" | "last",
    sign: string,
    run: () => void,
  ) {
    const label = text(name);
    const button = make("button", { type: "button", class: "button", title: label });
    button.setAttribute("aria-label", label);
    button.dataset.testid = sign;
    button.append(icon(sign));
    button.addEventListener("click", run);
    return button;
  }

  #go(index: number): void {
    this.#step = Math.max(0, Math.min(index, this.#last));
    const step = this.#trace?.steps[this.#step];
    if (!step) return;
    this.#enable();
    this.#slider.value = String(this.#step + 1);
    const words = this.#words(step);
    this.#slider.setAttribute("aria-valuetext", words);
    this.#status.textContent = words;
    this.#host.showFile(step.path);
    const line = this.#host.shownLine(step.path, step.line);
    this.#host.editor.markExecution(line === null ? null : { path: step.path, line });
    const changed = changedNames(this.#trace?.steps[this.#step - 1], step);
    this.#names.replaceChildren(
      ...step.frames.map((frame, index) => {
        const last = index === step.frames.length - 1;
        return this.#frame(frame, last ? changed : NONE, last);
      }),
    );
    this.#objects.replaceChildren(...step.objects.map((one) => this.#object(one)));
    this.#output.textContent = this.#trace?.outputAt(this.#step) ?? "";
    this.#output.scrollTop = this.#output.scrollHeight;
    this.#drawArrows();
  }

  #enable(): void {
    const [first, stopBack, back, forward, stopOn, last] = this.#buttons;
    for (const one of [first, back]) if (one) one.disabled = this.#step === 0;
    for (const one of [forward, last]) if (one) one.disabled = this.#step === this.#last;
    const none = !this.#trace?.steps.some((step) => this.#stops(step));
    for (const [button, direction] of [
      [stopBack, -1],
      [stopOn, 1],
    ] as const) {
      if (!button) continue;
      button.hidden = none;
      button.disabled = this.#stop(direction) === null;
    }
  }

  #stops({ event, path, line }: TraceStep): boolean {
    const shown = this.#host.shownLine(path, line);
    const { breakpoints } = this.#host.editor;
    return event === "line" && shown !== null && breakpoints.at(path, shown) !== undefined;
  }

  /** The nearest step in that direction whose line has a breakpoint. */
  #stop(direction: 1 | -1): number | null {
    const steps = this.#trace?.steps ?? [];
    for (let at = this.#step + direction; at >= 0 && at < steps.length; at += direction) {
      const step = steps[at];
      if (step && this.#stops(step)) return at;
    }
    return null;
  }

  #words({ event, line, path, value, frames, objects }: TraceStep): string {
    const step = this.#step + 1;
    const count = this.#trace?.steps.length ?? 0;
    const name = frames.at(-1)?.name ?? "";
    const said = value === null ? "" : words(value, objects);
    if (event === "return" && name !== "<module>") {
      return text("trace_return", { step, count, name, value: said });
    }
    if (event === "error") return text("trace_error", { step, count, line, path, value: said });
    return text("trace_step", { step, count, line, path });
  }

  #frame({ name, names }: TraceFrame, changed: ReadonlySet<string>, current: boolean): HTMLElement {
    const title = name === "<module>" ? text("global") : `${name}()`;
    const frame = { class: "trace-frame", "data-current": String(current) };
    return make("div", frame, make("h4", {}, title), table(names, changed));
  }

  #object({ id, kind, text: said, inside }: TraceObject): HTMLElement {
    const title = make("h4", {}, kind, said && ` ${said}`);
    return make("div", { class: "trace-object", "data-object": id }, title, table(inside));
  }

  /** From each name to its object. */
  #drawArrows(): void {
    const picture = this.#arrows.parentElement?.getBoundingClientRect();
    if (!picture || this.#element.hidden) return;
    this.#arrows.replaceChildren();
    for (const from of this.#element.querySelectorAll<HTMLElement>("[data-refers]")) {
      const wanted = `[data-object="${from.dataset.refers}"]`;
      const to = this.#objects.querySelector<HTMLElement>(wanted);
      if (!to) continue;
      const dot = from.querySelector(".trace-dot") ?? from;
      const [start, end] = [dot.getBoundingClientRect(), to.getBoundingClientRect()];
      const [x1, y1] = [start.right - picture.left, start.top + start.height / 2 - picture.top];
      const [x2, y2] = [end.left - picture.left, end.top + 12 - picture.top];
      const middle = Math.max(x1 + 24, (x1 + x2) / 2);
      const path = document.createElementNS(SPACE, "path");
      path.setAttribute("d", `M${x1} ${y1}C${middle} ${y1} ${x2 - 24} ${y2} ${x2 - 6} ${y2}`);
      const head = document.createElementNS(SPACE, "path");
      head.setAttribute("d", `M${x2 - 8} ${y2 - 4}l7 4l-7 4z`);
      head.setAttribute("class", "trace-head");
      this.#arrows.append(path, head);
    }
  }
}

const NONE: ReadonlySet<string> = new Set();

function table(names: readonly TraceName[], changed = NONE): HTMLElement {
  const rows = names.map(({ name, value }) =>
    make(
      "tr",
      { "data-changed": String(changed.has(name)) },
      make("th", { scope: "row" }, name),
      cell(value),
    ),
  );
  return make("table", {}, make("tbody", {}, ...rows));
}

function cell(value: TraceValue): HTMLElement {
  if (value.kind === "text") return make("td", {}, value.text);
  // Who does not see the arrow is told the number of the object.
  const dot = make("span", { class: "visually-hidden" }, `→ ${value.id + 1}`);
  return make("td", { "data-refers": value.id }, make("span", { class: "trace-dot" }), dot);
}

function words(value: TraceValue, objects: readonly TraceObject[]): string {
  if (value.kind === "text") return value.text;
  return objects.find(({ id }) => id === value.id)?.kind ?? "";
}
