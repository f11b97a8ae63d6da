import { t } from "../../common/i18n/translate";
import { make } from "../chrome/widgets/dom";
import type { Draft } from "../snippets/drafts";
import { download, fileName, zipOf } from "../snippets/snippet_download";
import type { Choice } from "./leaving";

/** Shows which programs only this browser has; closing the dialog means to stay. */
export function askWhatToDo(unsaved: readonly Draft[]): Promise<Choice> {
  const titles = unsaved.map(({ content }) => make("li", {}, make("bdi", {}, content.title)));
  const { dialog, answer } = openQuestion<Choice>(
    t("signout.title"),
    "stay",
    make("p", {}, t("signout.explain")),
    make("ul", { class: "unsaved" }, ...titles),
  );
  const save = button(t("signout.download"), () => void downloadAll(unsaved, save));
  dialog.append(
    make(
      "div",
      { class: "dialog-choices" },
      button(t("signout.stay"), () => answer("stay")),
      button(t("signout.retry"), () => answer("retry")),
      save,
      button(t("signout.discard"), () => answer("discard"), "danger"),
    ),
  );
  return dialog.chosen;
}

export function showOffline(): void {
  const text = make("p", {}, t("signout.offline"));
  const { dialog, answer } = openQuestion<null>(t("signout.offline_title"), null, text);
  const close = button(t("dialog.close"), () => answer(null));
  dialog.append(make("div", { class: "dialog-choices" }, close));
}

function button(label: string, act: () => void, kind = ""): HTMLButtonElement {
  const made = make("button", { type: "button", class: `button ${kind}`.trim() }, label);
  made.addEventListener("click", act);
  return made;
}

interface Question<T> {
  append(...nodes: Node[]): void;
  readonly chosen: Promise<T>;
}

/** A dialog that also pages without the workspace's icons can show. */
function openQuestion<T>(
  title: string,
  closed: T,
  ...content: Node[]
): { dialog: Question<T>; answer: (value: T) => void } {
  const heading = make("h2", { id: "sign-out-title" }, title);
  const body = make("div", { class: "dialog-body" }, ...content);
  const attributes = { class: "dialog sign-out", "aria-labelledby": "sign-out-title" };
  const head = make("header", { class: "dialog-head" }, heading);
  const dialog = make("dialog", attributes, head, body);
  let value = closed;
  const chosen = new Promise<T>((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(value);
    });
  });
  const answer = (given: T) => {
    value = given;
    dialog.close();
  };
  document.body.append(dialog);
  dialog.showModal();
  return { dialog: { append: (...nodes) => body.append(...nodes), chosen }, answer };
}

/** One zip, with a folder for each program. */
async function downloadAll(unsaved: readonly Draft[], said: HTMLButtonElement): Promise<void> {
  const files = unsaved.flatMap(({ content }, number) =>
    content.files.map((file) => ({
      ...file,
      path: `${number + 1} ${fileName(content.title)}/${file.path}`,
    })),
  );
  const [first] = unsaved;
  if (!first) return;
  download(await zipOf({ ...first.content, files }), `${t("signout.zip")}.zip`);
  said.textContent = t("signout.downloaded");
}
