// size: one view, whose parts show the same step
import "../../styles/trace.css";
import type {
  TraceFrame,
  TraceName,
  TraceObject,
  TraceReader,
  TraceStep,
  TraceValue,
} from "../../common/debug/trace";
import type { EditorHost } from "../../editor/editor_host";
import { byId, icon, iconButton, make } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import { text } from "./debug_texts";

const SPACE = "http://www.w3.org/2000/svg";

/** The steps of a program that has run, forwards and backwards: names, objects, and arrows. */
export class TraceView {
  readonly #element = byId("trace-panel");
  readonly #editor: EditorHost;
  readonly #showFile: (path: string) => void;
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

  constructor(editor: EditorHost, showFile: (path: string) => void) {
    this.#editor = editor;
    this.#showFile = showFile;
    this.#slider.setAttribute("aria-label", text("slider"));
    this.#slider.addEventListener("input", () => this.#go(Number(this.#slider.value) - 1));
    this.#output.setAttribute("aria-label", text("output"));
    this.#buttons = [
      this.#button("first", "trace-first", () => this.#go(0)),
      this.#button("back", "trace-back", () => this.#go(this.#step - 1)),
      this.#button("forward", "trace-forward", () => this.#go(this.#step + 1)),
      this.#button("last", "trace-last", () => this.#go(this.#last)),
    ];
    const close = iconButton("close", text("close"));
    close.addEventListener("click", () => {
      this.close();
      editor.focus();
    });
    this.#arrows.setAttribute("class", "trace-arrows");
    this.#arrows.setAttribute("aria-hidden", "true");
    const [first, back, forward, last] = this.#buttons;
    this.#element.replaceChildren(
      make("header", { class: "debug-head" }, make("h2", {}, text("trace")), this.#status, close),
      make(
        "div",
        { class: "trace-steps", role: "group", "aria-label": text("steps") },
        first as HTMLElement,
        back as HTMLElement,
        this.#slider,
        forward as HTMLElement,
        last as HTMLElement,
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
    this.#trace = trace;
    if (trace.steps.length === 0) {
      toast(text(trace.lost ? "trace_lost" : "trace_none"));
      return;
    }
    this.#element.hidden = false;
    this.#slider.max = String(trace.steps.length);
    this.#note.hidden = !trace.lost && !trace.cut;
    this.#note.textContent = trace.lost
      ? text("trace_lost")
      : text("trace_cut", { count: trace.steps.length });
    this.#sizes.observe(this.#element);
    this.#go(0);
  }

  close(): void {
    if (this.#element.hidden) return;
    this.#element.hidden = true;
    this.#sizes.disconnect();
    this.#trace = null;
    this.#editor.markExecution(null);
  }

  get #last(): number {
    return (this.#trace?.steps.length ?? 1) - 1;
  }

  #button(name: "first" | "back" | "forward" | "last", sign: string, run: () => void) {
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
    const [first, back, forward, last] = this.#buttons;
    for (const one of [first, back]) if (one) one.disabled = this.#step === 0;
    for (const one of [forward, last]) if (one) one.disabled = this.#step === this.#last;
    this.#slider.value = String(this.#step + 1);
    const words = this.#words(step);
    this.#slider.setAttribute("aria-valuetext", words);
    this.#status.textContent = words;
    this.#showFile(step.path);
    this.#editor.markExecution({ path: step.path, line: step.line });
    this.#names.replaceChildren(...step.frames.map((frame) => this.#frame(frame)));
    this.#objects.replaceChildren(...step.objects.map((one) => this.#object(one)));
    this.#output.textContent = this.#trace?.outputAt(this.#step) ?? "";
    this.#output.scrollTop = this.#output.scrollHeight;
    this.#drawArrows();
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

  #frame({ name, names }: TraceFrame): HTMLElement {
    const title = name === "<module>" ? text("global") : `${name}()`;
    return make("div", { class: "trace-frame" }, make("h4", {}, title), table(names));
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
      const [start, end] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
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

function table(names: readonly TraceName[]): HTMLElement {
  const rows = names.map(({ name, value }) =>
    make("tr", {}, make("th", { scope: "row" }, name), cell(value)),
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
