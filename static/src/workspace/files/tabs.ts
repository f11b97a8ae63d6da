import { t } from "../../common/i18n/translate";
import { freePath, MOST_FILES, pathProblem } from "../../common/snippets/source_files";
import { byId, icon, make } from "../chrome/widgets/dom";
import { inlineInput } from "../chrome/widgets/inline_input";
import { type MenuItem, openMenu } from "../chrome/widgets/menu";
import { toast } from "../chrome/widgets/toasts";
import type { Desk } from "../snippets/desk";

export interface TabActions {
  upload(): void;
  downloadFile(): void;
  downloadAll(): void;
}

/** The files of the snippet as tabs: show, add, rename in place, delete with undo, choose which runs. */
export class Tabs {
  readonly #list = byId("tabs");
  readonly #desk: Desk;
  readonly #actions: TabActions;
  #renaming: string | null = null;

  constructor(desk: Desk, actions: TabActions) {
    this.#desk = desk;
    this.#actions = actions;
    const add = byId("add-file");
    add.addEventListener("click", () => this.add());
    const more = byId("file-menu");
    more.addEventListener("click", () => openMenu(more, this.#menu()));
    this.#list.addEventListener("keydown", (event) => this.#key(event));
  }

  show(): void {
    const focused = this.#list.contains(document.activeElement);
    this.#list.replaceChildren(...this.#desk.files.paths.map((path) => this.#tab(path)));
    const shown = this.#list.querySelector<HTMLElement>('[aria-selected="true"]');
    shown?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focused) shown?.focus();
  }

  add(): void {
    if (!this.#roomFor(1)) return;
    const path = freePath("new.py", this.#desk.files.paths);
    this.#desk.addFiles([{ path, content: "" }]);
    this.rename(path);
  }

  rename(path = this.#desk.files.shown.path): void {
    this.#renaming = path;
    this.show();
  }

  step(by: number): void {
    const { paths, shown } = this.#desk.files;
    const next = (paths.indexOf(shown.path) + by + paths.length) % paths.length;
    this.#desk.show(paths[next] ?? shown.path);
  }

  remove(): void {
    const { shown, main } = this.#desk.files;
    const { path } = shown;
    const content = this.#desk.content().files.find((file) => file.path === path)?.content ?? "";
    this.#desk.removeFile(path);
    const undo = () => {
      if (!this.#roomFor(1)) return;
      const free = freePath(path, this.#desk.files.paths);
      this.#desk.addFiles([{ path: free, content }]);
      if (main === path) this.#desk.setMain(free);
    };
    toast(t("file.deleted", { path }), "news", { label: t("undo"), run: undo });
  }

  #roomFor(more: number): boolean {
    const room = this.#desk.files.paths.length + more <= MOST_FILES;
    if (!room) toast(t("files.many", { most: MOST_FILES }), "problem");
    return room;
  }

  #tab(path: string): HTMLElement {
    if (path === this.#renaming) return this.#nameField(path);
    const selected = path === this.#desk.files.shown.path;
    const attributes = { type: "button", role: "tab", class: "tab", title: path };
    const state = { "aria-selected": String(selected), tabindex: selected ? 0 : -1 };
    const tab = make("button", { ...attributes, ...state, "aria-controls": "editor-panel" });
    if (path === this.#desk.files.main && this.#desk.files.paths.length > 1) {
      const mark = icon("run");
      tab.append(mark, make("span", { class: "visually-hidden" }, t("file.main")));
    }
    tab.append(make("span", { class: "tab-name" }, path));
    tab.addEventListener("click", () => this.#desk.show(path));
    tab.addEventListener("dblclick", () => this.rename(path));
    tab.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      this.#desk.show(path);
      openMenu(
        this.#list.querySelector<HTMLElement>('[aria-selected="true"]') ?? tab,
        this.#menu(),
      );
    });
    return tab;
  }

  #nameField(path: string): HTMLElement {
    const others = this.#desk.files.paths.filter((other) => other !== path);
    return inlineInput({
      value: path,
      label: t("file.name"),
      problem: (text) => {
        const problem = pathProblem(text, others);
        return problem && t(problem);
      },
      done: (text) => this.#desk.renameFile(path, text),
      closed: () => {
        this.#renaming = null;
        this.show();
      },
    });
  }

  #menu(): MenuItem[] {
    const { shown, main, paths } = this.#desk.files;
    const only = paths.length === 1;
    return [
      { label: t("file.rename"), run: () => this.rename() },
      {
        label: t("file.make_main"),
        disabled: shown.path === main,
        run: () => this.#desk.setMain(shown.path),
      },
      { label: t("file.download"), run: () => this.#actions.downloadFile() },
      { label: t("file.download_all"), run: () => this.#actions.downloadAll() },
      { label: t("file.upload"), run: () => this.#actions.upload() },
      { label: t("file.delete"), danger: true, disabled: only, run: () => this.remove() },
    ];
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) this.step(step);
    else if (event.key === "F2") this.rename();
    else if (event.key === "Delete" && this.#desk.files.paths.length > 1) this.remove();
    else return;
    event.preventDefault();
  }
}
