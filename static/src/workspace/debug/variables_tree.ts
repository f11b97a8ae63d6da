import { DapError } from "../../common/debug/dap_client";
import type { DebugState } from "../../common/debug/debug_state";
import { type Row, VariableRows } from "../../common/debug/variable_rows";
import { make } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import type { DebugActions } from "./debug_dependencies";
import { text } from "./debug_texts";

/** The variables of a frame as a tree, by keyboard, pointer and thumb. */
export class VariablesTree {
  readonly element = make("div", { class: "debug-variables" });
  readonly #tree = make("ul", {
    role: "tree",
    "data-testid": "variables",
    "aria-label": text("variables"),
  });
  readonly #none = make("p", { class: "debug-none" }, text("none"));
  readonly #debugging: DebugActions;
  readonly #rows: VariableRows;
  #shown: readonly Row[] = [];
  #state: DebugState | null = null;
  #version = -1;
  #focused = "";

  constructor(debugging: DebugActions) {
    this.#debugging = debugging;
    this.#rows = new VariableRows({
      variables: (reference) => debugging.session.variables(reference),
    });
    this.#tree.addEventListener("keydown", (event) => this.#press(event));
    this.element.append(this.#tree, this.#none);
    this.#none.hidden = true;
  }

  show(state: DebugState): void {
    this.#state = state;
    const known = state.phase === "stopped" && state.scopes.length > 0;
    if (!known || state.version === this.#version) {
      this.element.dataset.stale = String(!known);
      if (state.phase === "ended" || state.phase === "starting") this.#clear();
      return;
    }
    this.#version = state.version;
    // Until those of now have come: a program may take its time for them.
    this.element.dataset.stale = "true";
    this.#rows.stopped();
    void this.#load();
  }

  #clear(): void {
    this.#shown = [];
    this.#version = -1;
    this.#tree.replaceChildren();
    this.#none.hidden = true;
  }

  async #load(): Promise<void> {
    if (!this.#state) return;
    const rows = await this.#rows.rows(this.#state);
    if (!rows) return;
    const focused = this.#tree.contains(document.activeElement);
    this.#shown = rows;
    this.element.dataset.stale = String(this.#state.phase !== "stopped");
    this.#tree.replaceChildren(...rows.map((row) => this.#item(row)));
    this.#none.hidden = rows.length > 0;
    const at = Math.max(
      0,
      rows.findIndex(({ key }) => key === this.#focused),
    );
    this.#tree.children[at]?.setAttribute("tabindex", "0");
    // Who has scrolled away from it goes on looking there.
    const item = this.#tree.children[at] as HTMLElement | undefined;
    if (focused) item?.focus({ preventScroll: true });
  }

  #item(row: Row): HTMLElement {
    const { variable, level, expanded, changed, problem } = row;
    const opens = variable.reference !== 0;
    const name = make("span", { class: "debug-name" }, nameOf(row));
    const shown = problem ? text(problem) : variable.value;
    const value = make("span", { class: "debug-value", title: variable.type }, shown);
    value.classList.toggle("debug-wrong", ["late", "slow", "failed"].includes(problem));
    const item = make("li", {
      role: "treeitem",
      tabindex: "-1",
      "aria-level": level,
      "data-name": variable.name,
      "data-changed": String(changed),
    });
    item.style.setProperty("--level", String(level));
    if (opens) item.setAttribute("aria-expanded", String(expanded));
    item.append(make("span", { class: "debug-twist", "aria-hidden": "true" }), name, value);
    // Pressing gives it the focus, before it is clicked.
    let again = false;
    item.addEventListener("pointerdown", () => {
      again = item === document.activeElement;
    });
    item.addEventListener("click", (event) => {
      this.#focus(row);
      if (opens) this.#toggle(row);
      // A thumb has no keys and no double click.
      else if (again && event.target === value) this.#edit(row, item);
    });
    value.addEventListener("dblclick", (event) => {
      event.stopPropagation();
      this.#edit(row, item);
    });
    return item;
  }

  #toggle(row: Row): void {
    this.#rows.toggle(row.key);
    void this.#load();
  }

  #focus(row: Row): void {
    this.#focused = row.key;
    const at = this.#shown.indexOf(row);
    for (const [index, item] of [...this.#tree.children].entries()) {
      item.setAttribute("tabindex", index === at ? "0" : "-1");
      if (index === at) (item as HTMLElement).focus();
    }
  }

  #press(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement) return;
    const at = [...this.#tree.children].indexOf(event.target as Element);
    const row = this.#shown[at];
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const opens = row.variable.reference !== 0;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => this.#move(at + 1),
      ArrowUp: () => this.#move(at - 1),
      Home: () => this.#move(0),
      End: () => this.#move(this.#shown.length - 1),
      ArrowRight: () => (opens && !row.expanded ? this.#toggle(row) : this.#move(at + 1)),
      ArrowLeft: () => (row.expanded ? this.#toggle(row) : this.#move(this.#above(at))),
      Enter: () => this.#edit(row, event.target as HTMLElement),
      F2: () => this.#edit(row, event.target as HTMLElement),
      " ": () => opens && this.#toggle(row),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  #move(to: number): void {
    const row = this.#shown[Math.max(0, Math.min(to, this.#shown.length - 1))];
    if (row) this.#focus(row);
  }

  #above(at: number): number {
    const level = this.#shown[at]?.level ?? 1;
    for (let index = at - 1; index >= 0; index -= 1) {
      if ((this.#shown[index]?.level ?? 1) < level) return index;
    }
    return at;
  }

  #edit(row: Row, item: HTMLElement): void {
    if (row.container === 0 || !this.#debugging.stopped) return;
    this.#focused = row.key;
    const { name, value } = row.variable;
    const label = text("edit_value", { name });
    const input = make("input", { class: "debug-edit", "aria-label": label, spellcheck: "false" });
    input.value = value;
    let open = true;
    const close = () => {
      if (!open) return;
      open = false; // what is replaced loses the focus
      input.replaceWith(make("span", { class: "debug-value" }, value));
      item.focus();
    };
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") close();
      if (event.key !== "Enter") return;
      event.preventDefault();
      void this.#set(row, input.value);
      close();
    });
    item.querySelector(".debug-value")?.replaceWith(input);
    input.select();
    input.focus();
  }

  async #set({ container, variable }: Row, value: string): Promise<void> {
    try {
      await this.#debugging.session.setVariable(container, variable.name, value);
    } catch (error) {
      if (!(error instanceof DapError)) throw error;
      toast(text("not_set", { message: error.message }), "problem");
    }
  }
}

/** Groups and scopes have names of the debugger's; a program's own names have no spaces. */
const GROUPS: Readonly<Record<string, Parameters<typeof text>[0]>> = {
  "function variables": "functions",
  "class variables": "classes",
};

function nameOf({ variable, container, problem }: Row): string {
  if (problem === "more") return "…";
  if (container === 0 && variable.name === "Globals") return text("globals");
  const group = GROUPS[variable.name];
  return group ? text(group) : variable.name;
}
