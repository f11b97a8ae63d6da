import { t } from "../../common/i18n/translate";
import type { SplitArguments } from "../../common/run/arguments";
import { isSet, NO_OPTIONS } from "../../common/run/run_options";
import type { WindowChoice } from "../../common/windows/opens_windows";
import { MAX_ARGUMENT_CHARACTERS, MAX_ARGUMENTS } from "../../protocol.gen";
import { openDialog } from "../chrome/widgets/dialog";
import { byId, make } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import { argumentsIn, type ProgramOptions } from "./program_options";

/** Shows beside Run whether the next run has options. */
export function bindRunOptionsMark(options: ProgramOptions): void {
  const button = byId<HTMLButtonElement>("run-options");
  const name = button.title;
  const show = () => {
    const { current, args, keepOpen } = options;
    const words = [
      args.length > 0 && t("run_options.mark_arguments", { arguments: current.args.trim() }),
      keepOpen && t("run_options.mark_keep_open", { language: options.languageName }),
      options.windows !== "auto" && t(`run_options.mark_windows_${options.windows}`),
    ].filter((one) => one !== false);
    const label = [name, ...words].join(" · ");
    button.dataset.set = String(words.length > 0);
    button.title = label;
    button.setAttribute("aria-label", label);
  };
  options.onDidChange(show);
  show();
}

/** The dialog for the options of the open program. They are in effect at once. */
export function openRunOptions(options: ProgramOptions): void {
  new RunOptionsDialog(options);
}

class RunOptionsDialog {
  readonly #options: ProgramOptions;
  readonly #field = argumentsField();
  readonly #keepOpen: ReturnType<typeof keepOpenSwitch>;
  readonly #windows = windowsChoice();
  readonly #preview = make("ol", { class: "arguments", "aria-label": t("run_options.preview") });
  readonly #message = make("p", { class: "help", id: "arguments-message", "aria-live": "polite" });
  readonly #reset = make("button", { type: "button", class: "button" }, t("run_options.reset"));
  /** Why the arguments in the field are not in use. */
  #problem: string | null = null;

  constructor(options: ProgramOptions) {
    this.#options = options;
    this.#keepOpen = keepOpenSwitch(options.languageName);
    const { body, close } = openDialog(t("command.run_options"), "run-options", () => {
      if (this.#problem === null) return;
      toast(t("run_options.unchanged", { problem: this.#problem }), "problem");
    });
    const form = this.#form();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#problem === null) close();
    });
    body.append(form);
    this.#fill();
  }

  #form(): HTMLFormElement {
    const { input, label } = this.#field;
    const { box } = this.#keepOpen;
    input.addEventListener("input", () => {
      this.#show();
      if (this.#problem === null) this.#options.set({ args: input.value });
    });
    box.addEventListener("change", () => {
      this.#options.set({ keepOpen: box.checked });
      this.#show();
    });
    const { select } = this.#windows;
    select.addEventListener("change", () => {
      this.#options.set({ windows: select.value as WindowChoice });
      this.#show();
    });
    this.#reset.addEventListener("click", () => {
      this.#options.set(NO_OPTIONS);
      this.#fill();
      input.focus();
    });
    const done = make("button", { type: "submit", class: "button" }, t("run_options.done"));
    this.#keepOpen.label.hidden = !this.#options.canKeepOpen;
    this.#windows.field.hidden = !this.#options.canOpenWindows;
    return make(
      "form",
      { class: "dialog-form" },
      make("div", { class: "field" }, label, input, this.#message, this.#preview),
      this.#keepOpen.label,
      this.#windows.field,
      make("p", { class: "help" }, t("run_options.remembered")),
      make("div", { class: "dialog-choices" }, this.#reset, done),
    );
  }

  #fill(): void {
    this.#field.input.value = this.#options.current.args;
    this.#keepOpen.box.checked = this.#options.current.keepOpen;
    this.#windows.select.value = this.#options.current.windows;
    this.#show();
  }

  #show(): void {
    const { input } = this.#field;
    const split = argumentsIn(input.value);
    this.#problem = problemOf(split);
    input.setAttribute("aria-invalid", String(this.#problem !== null));
    this.#message.textContent = this.#problem ?? t("run_options.arguments_help");
    this.#message.classList.toggle("wrong", this.#problem !== null);
    const list = split.kind === "arguments" ? split.list : [];
    this.#preview.replaceChildren(...list.map((one) => make("li", {}, make("code", {}, one))));
    this.#preview.hidden = list.length === 0;
    this.#reset.disabled = !isSet({ ...this.#options.current, args: input.value });
  }
}

function argumentsField() {
  const input = make("input", {
    id: "arguments",
    class: "arguments-field",
    "aria-describedby": "arguments-message",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    placeholder: t("run_options.placeholder"),
  });
  return { input, label: make("label", { for: "arguments" }, t("run_options.arguments")) };
}

function keepOpenSwitch(language: string) {
  const box = make("input", { type: "checkbox" });
  const name = make("strong", {}, t("run_options.keep_open", { language }));
  const help = make("small", {}, t("run_options.keep_open_help", { language }));
  return { box, label: make("label", { class: "choice" }, box, make("span", {}, name, help)) };
}

const CHOICES = ["auto", "on", "off"] as const satisfies readonly WindowChoice[];

function windowsChoice() {
  const id = "windows-choice";
  const help = make("p", { class: "help", id: `${id}-help` }, t("run_options.windows_help"));
  const select = make("select", { id, "aria-describedby": help.id });
  for (const value of CHOICES) {
    select.append(make("option", { value }, t(`run_options.windows_${value}`)));
  }
  const label = make("label", { for: id }, t("run_options.windows"));
  return { select, field: make("div", { class: "field" }, label, select, help) };
}

function problemOf(split: SplitArguments): string | null {
  switch (split.kind) {
    case "arguments":
      return null;
    case "unclosed":
      return t("run_options.unclosed", { quote: split.quote });
    case "many":
      return t("run_options.many", { count: split.count, most: MAX_ARGUMENTS });
    case "long": {
      const { number, count } = split;
      return t("run_options.long", { number, count, most: MAX_ARGUMENT_CHARACTERS });
    }
  }
}
