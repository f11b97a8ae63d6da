import type { BreakpointOptions } from "../../common/debug/breakpoints";
import { BREAKPOINT_CHARACTERS } from "../../protocol.gen";
import { openDialog } from "../chrome/widgets/dialog";
import { make } from "../chrome/widgets/dom";
import { text } from "./debug_texts";

/** Another one would never stop, or always, and nothing would say so. */
const HITS = "\\s*(?:==|>=?|<=?|%)?\\s*[1-9][0-9]*\\s*";
const FIELDS = ["condition", "hits", "log"] as const;

/** `done`: with what was chosen; null: the breakpoint is removed. */
export function openBreakpoint(
  line: number,
  options: BreakpointOptions,
  done: (options: BreakpointOptions | null) => void,
): void {
  const { body, close } = openDialog(text("dialog", { line }), "breakpoint-dialog");
  const inputs = new Map(FIELDS.map((name) => [name, field(name, options[name])]));
  const remove = make("button", { type: "button", class: "button" }, text("remove"));
  const save = make("button", { type: "submit", class: "button primary" }, text("save"));
  const form = make(
    "form",
    { class: "dialog-form" },
    ...[...inputs.values()].map(({ element }) => element),
    make("div", { class: "dialog-choices" }, remove, save),
  );
  const value = (name: (typeof FIELDS)[number]) => inputs.get(name)?.input.value ?? "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    done({ condition: value("condition"), hits: value("hits"), log: value("log") });
    close();
  });
  remove.addEventListener("click", () => {
    done(null);
    close();
  });
  body.append(form);
}

function field(name: (typeof FIELDS)[number], value: string) {
  const id = `breakpoint-${name}`;
  const input = make("input", {
    id,
    "data-testid": id,
    "aria-describedby": `${id}-help`,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    maxlength: BREAKPOINT_CHARACTERS,
  });
  input.value = value;
  if (name === "hits") input.pattern = HITS;
  const label = make("label", { for: id }, text(name));
  const example = `{${text("log_example")}}`;
  const words = text(`${name}_help`, { example });
  input.title = words;
  const help = make("p", { class: "help", id: `${id}-help` }, words);
  return { input, element: make("div", { class: "field" }, label, input, help) };
}
