import { openDialog } from "../chrome/widgets/dialog";
import { make } from "../chrome/widgets/dom";
import { ApiFailure } from "../snippets/api";
import { ft } from "./files_texts";

/** `rename()` fails with what is wrong with the name. */
export function askForName(name: string, rename: (name: string) => Promise<void>): void {
  const { body, close } = openDialog(ft("rename", { name }), "files-rename");
  const input = make("input", { id: "files-name", type: "text", value: name, spellcheck: "false" });
  const label = make("label", { for: "files-name" }, ft("rename_label"));
  const problem = make("p", { class: "problem", role: "alert" });
  const save = make("button", { type: "submit", class: "button primary" }, ft("save"));
  const form = make("form", {}, label, input, problem, save);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = input.value.trim();
    if (wanted === name || wanted === "") return close();
    rename(wanted).then(close, (error: unknown) => {
      problem.textContent = error instanceof ApiFailure ? error.message : String(error);
    });
  });
  body.append(form);
}
