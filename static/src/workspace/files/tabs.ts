import { problemSentence } from "../../common/i18n/server_sentences";
import { t } from "../../common/i18n/translate";
import {
  extensionOf,
  freePath,
  pathMeant,
  pathProblem,
  stemRange,
} from "../../common/snippets/source_files";
import { MAX_FILES } from "../../protocol.gen";
import { byId, icon, make } from "../chrome/widgets/dom";
import { inlineInput } from "../chrome/widgets/inline_input";
import { type MenuItem, openMenu } from "../chrome/widgets/menu";
import { toast } from "../chrome/widgets/toasts";
import { downloadFile, downloadSnippet } from "../snippets/snippet_download";
import type { SnippetSession } from "../snippets/snippet_session";
import type { FileDrop } from "./file_drop";

/** The snippet's files as tabs: show, add, rename in place, delete with undo, choose the main file. */
export class Tabs {
  readonly #list = byId("tabs");
  readonly #session: SnippetSession;
  readonly #fileDrop: FileDrop;
  readonly #focusEditor: () => void;
  #renaming: string | null = null;
  /** The name of a new file is being typed. */
  #adding = false;
  #generation = 0;

  constructor(session: SnippetSession, fileDrop: FileDrop, focusEditor: () => void) {
    this.#session = session;
    this.#fileDrop = fileDrop;
    this.#focusEditor = focusEditor;
    const add = byId("add-file");
    add.addEventListener("click", () => this.add());
    const more = byId("file-menu");
    more.addEventListener("click", () => openMenu(more, this.#menu()));
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    session.onDidChange(() => this.#show());
  }

  #show(): void {
    const { generation } = this.#session.files;
    // A name that was typed for a file of another snippet.
    if (generation !== this.#generation) [this.#renaming, this.#adding] = [null, false];
    this.#generation = generation;
    const focused = this.#list.contains(document.activeElement);
    const tabs = this.#session.files.paths.map((path) => this.#tab(path));
    this.#list.replaceChildren(...tabs, ...(this.#adding ? [this.#newField()] : []));
    const shown = this.#list.querySelector<HTMLElement>('[aria-selected="true"]');
    shown?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focused) shown?.focus();
  }

  add(): void {
    if (!this.#roomFor(1)) return;
    this.#adding = true;
    this.#show();
  }

  rename(path = this.#session.files.shown.path): void {
    this.#renaming = path;
    this.#show();
  }

  step(by: number): void {
    const { paths, shown } = this.#session.files;
    const next = (paths.indexOf(shown.path) + by + paths.length) % paths.length;
    this.#session.show(paths[next] ?? shown.path);
  }

  remove(): void {
    const { shown, main } = this.#session.files;
    const { path } = shown;
    const content = this.#session.content().files.find((file) => file.path === path)?.content ?? "";
    this.#session.removeFile(path);
    const undo = () => {
      if (!this.#roomFor(1)) return;
      const free = freePath(path, this.#session.files.paths);
      this.#session.addFiles([{ path: free, content }]);
      if (main === path) this.#session.setMain(free);
    };
    toast(t("file.deleted", { path }), "news", { label: t("command.undo"), run: undo });
  }

  #downloadShown(): void {
    const { path } = this.#session.files.shown;
    const shown = this.#session.content().files.find((file) => file.path === path);
    if (shown) downloadFile(shown);
  }

  #roomFor(more: number): boolean {
    const room = this.#session.files.paths.length + more <= MAX_FILES;
    if (!room) toast(problemSentence("too_many_sources"), "problem");
    return room;
  }

  #tab(path: string): HTMLElement {
    if (path === this.#renaming) return this.#nameField(path);
    const selected = path === this.#session.files.shown.path;
    const attributes = { type: "button", role: "tab", class: "tab", title: path };
    const state = { "aria-selected": String(selected), tabindex: selected ? 0 : -1 };
    const tab = make("button", { ...attributes, ...state, "aria-controls": "editor-panel" });
    if (path === this.#session.files.main && this.#session.files.paths.length > 1) {
      const mark = icon("run");
      tab.append(mark, make("span", { class: "visually-hidden" }, t("file.main")));
    }
    tab.append(make("span", { class: "tab-name" }, path));
    const encoding = this.#session.files.find(path)?.convertedFrom;
    if (encoding) {
      const says = t("file.converted", { encoding });
      tab.title = `${path}: ${says}`;
      tab.append(make("span", { class: "tab-note" }, `${encoding} → UTF-8`));
    }
    tab.addEventListener("click", () => this.#session.show(path));
    tab.addEventListener("dblclick", () => this.rename(path));
    tab.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      this.#session.show(path);
      openMenu(
        this.#list.querySelector<HTMLElement>('[aria-selected="true"]') ?? tab,
        this.#menu(),
      );
    });
    return tab;
  }

  #nameField(path: string): HTMLElement {
    const others = this.#session.files.paths.filter((other) => other !== path);
    return inlineInput({
      ...this.#field(path, extensionOf(path), others),
      selection: stemRange(path),
      done: (text) => this.#session.renameFile(path, text),
      closed: () => {
        this.#renaming = null;
        this.#show();
      },
    });
  }

  #newField(): HTMLElement {
    const { main, paths } = this.#session.files;
    const extension = extensionOf(main);
    let added = false;
    return inlineInput({
      ...this.#field("", extension, paths),
      placeholder: pathMeant("helper", extension),
      selection: [0, 0],
      done: (path) => {
        added = true;
        this.#adding = false;
        this.#session.addFiles([{ path, content: "" }]);
      },
      closed: () => {
        this.#adding = false;
        this.#show();
        if (added) this.#focusEditor();
      },
    });
  }

  #field(value: string, extension: string, others: readonly string[]) {
    return {
      value,
      label: t("file.name"),
      meant: (text: string) => pathMeant(text, extension),
      problem: (text: string) => {
        const problem = pathProblem(text, others);
        return problem && problemSentence(problem);
      },
      refused: (problem: string) => toast(problem, "problem"),
    };
  }

  #menu(): MenuItem[] {
    const { shown, main, paths } = this.#session.files;
    const only = paths.length === 1;
    return [
      { label: t("command.rename_file"), run: () => this.rename() },
      {
        label: t("file.make_main"),
        disabled: shown.path === main,
        run: () => this.#session.setMain(shown.path),
      },
      { label: t("file.download"), run: () => this.#downloadShown() },
      { label: t("file.download_all"), run: () => void downloadSnippet(this.#session.content()) },
      { label: t("command.upload"), run: () => this.#fileDrop.choose() },
      { label: t("command.files"), run: () => this.#fileDrop.showData() },
      { label: t("file.delete"), danger: true, disabled: only, run: () => this.remove() },
    ];
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) this.step(step);
    else if (event.key === "F2") this.rename();
    else if (event.key === "Delete" && this.#session.files.paths.length > 1) this.remove();
    else return;
    event.preventDefault();
  }
}
