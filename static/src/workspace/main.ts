import "../site";
import "../styles/workspace.css";
import "../styles/controls.css";
import "../styles/sidebar.css";
import "../styles/editor_pane.css";
import "../styles/terminal.css";
import "../styles/overlays.css";
import "../styles/compare.css";
import "../styles/narrow.css";
import "../styles/phone.css";
import { t, useLanguage } from "../common/i18n/translate";
import { Pad } from "../editor/pad";
import { TerminalView } from "../terminal/terminal_view";
import { type Language, readConfig } from "./chrome/config";
import { onPaneKey } from "./chrome/keys";
import { Layout } from "./chrome/layout";
import { draftStore, Memory } from "./chrome/memory";
import { SessionWatch } from "./chrome/session_watch";
import { Splitter } from "./chrome/splitter";
import { Taste } from "./chrome/taste";
import { timer } from "./chrome/timer";
import { byId, byTestId } from "./chrome/widgets/dom";
import { toast } from "./chrome/widgets/toasts";
import { Dropping } from "./files/dropping";
import { Tabs } from "./files/tabs";
import { downloadFile, downloadSnippet } from "./files/transfer";
import { KeyRow } from "./run/key_row";
import { RunPanel } from "./run/run_panel";
import { TerminalSearch } from "./run/terminal_search";
import { View } from "./run/view";
import { Api, csrfToken } from "./snippets/api";
import { Conflict } from "./snippets/conflict";
import { Desk } from "./snippets/desk";
import { Drafts } from "./snippets/drafts";
import { Shelf } from "./snippets/shelf";
import { Sidebar } from "./snippets/sidebar";
import { TitleBar } from "./snippets/title_bar";
import { wireCommands } from "./wiring";

declare global {
  interface Window {
    coderunner: { getText(): string; setText(text: string): void; terminalText(): string };
  }
}

const TOUCH = window.matchMedia("(hover: none) and (pointer: coarse)").matches;

/** An editor without a server is better than none. */
const LATE_MS = 2500;

let usable = () => {};
const terminalUsable = new Promise<void>((resolve) => {
  usable = resolve;
});
useLanguage(document.documentElement.lang);
const config = readConfig();
const memory = new Memory(config.user);
const drafts = new Drafts(config.user, draftStore());
const api = new Api(csrfToken);
const taste = new Taste(config.preferences, api);
const session = new SessionWatch();
const view = new View();
const layout = new Layout(memory);
const terminal = new TerminalView(byTestId("terminal"), TOUCH);
const pad = new Pad(byTestId("editor"), taste.editor, () => desk.typed());
const desk: Desk = new Desk({
  pad,
  drafts,
  save: (saved, content) => api.save(saved, content),
  changed: () => showDesk(),
  saving: (state, message) => {
    titleBar.showSave(state, message);
    if (state === "signed_out") session.signedOut();
    if (state === "refused") toast(message, "problem");
  },
  saved: (snippet) => {
    session.signedIn();
    shelf.saved(snippet);
  },
  conflicted: (current) => {
    session.signedIn(); // else nobody would have told of theirs
    conflict.show(current);
  },
  gone: () => toast(t("snippet.gone")),
  unkept: () => toast(t("draft.no_room"), "problem"),
});
const titleBar: TitleBar = new TitleBar(desk);
const conflict: Conflict = new Conflict(desk);
const dropping = new Dropping(desk);
const shelf: Shelf = new Shelf({
  api,
  desk,
  drafts,
  conflict,
  layout,
  memory,
  sidebar: () => sidebar,
  languages: config.languages,
});
const sidebar: Sidebar = new Sidebar({
  api,
  languageName: (id) => languageOf(id)?.name ?? id,
  open: (id) => void shelf.open(id),
  rename: (id, title) => void shelf.rename(id, title),
  duplicate: (id) => void shelf.duplicate(id),
  download: (id) => void shelf.download(id),
  remove: (row) => void shelf.remove(row),
  failed: (error) => shelf.failed(error),
});
const tabs: Tabs = new Tabs(desk, {
  upload: () => dropping.choose(),
  downloadFile: () => {
    const shown = desk.content().files.find(({ path }) => path === desk.files.shown.path);
    if (shown) downloadFile(shown);
  },
  downloadAll: () => void downloadSnippet(desk.content()),
});
const panel: RunPanel = new RunPanel({
  desk,
  terminal,
  view,
  memory,
  user: config.user,
  startBytes: config.start_bytes,
  began: () => layout.show("terminal"),
  connected: () => {
    usable();
    session.signedIn();
    desk.wake();
    void shelf.saveLeftOvers();
  },
  refused: () => void session.ask(),
  ctrlChanged: (held) => keyRow.showCtrl(held),
});
const keyRow: KeyRow = new KeyRow(pad, terminal, panel, () => layout.pane === "terminal");

window.coderunner = {
  getText: () => pad.getText(),
  setText: (text) => desk.setText(text),
  terminalText: () => terminal.text(),
};

function languageOf(id: string): Language | undefined {
  return config.languages.find((language) => language.id === id);
}

function showDesk(): void {
  titleBar.show();
  tabs.show();
  byTestId<HTMLSelectElement>("language").value = desk.language;
}

function fillLanguages(): void {
  const select = byTestId<HTMLSelectElement>("language");
  select.replaceChildren(...config.languages.map(({ id, name }) => new Option(name, id)));
  select.addEventListener("change", () => {
    const [before, after] = [languageOf(desk.language), languageOf(select.value)];
    if (!after) return;
    memory.set("language", after.id);
    const text = pad.getText();
    const untouched = text.trim() === "" || text === before?.example;
    desk.setLanguage(after.id, after.main, after.example, untouched);
  });
}

function wakeWithThePage(): void {
  for (const event of ["online", "focus"]) window.addEventListener(event, () => desk.wake());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) desk.keep();
    else desk.wake();
  });
}

async function begin(): Promise<void> {
  fillLanguages();
  taste.listen(() => {
    pad.setOptions(taste.editor);
    terminal.setOptions(taste.terminal);
    byTestId<HTMLSelectElement>("theme").value = taste.chosen.theme;
  });
  new Splitter(byId("splitter"), memory);
  wireCommands({
    api,
    desk,
    layout,
    pad,
    panel,
    shelf,
    sidebar,
    tabs,
    taste,
    terminal,
    titleBar,
    dropping,
    search: new TerminalSearch(terminal),
  });
  onPaneKey([
    { element: byTestId("editor"), focus: () => pad.focus() },
    { element: byTestId("terminal"), focus: () => terminal.focus() },
    { element: byId("toolbar"), focus: () => firstButton(byId("toolbar"))?.focus() },
  ]);
  wakeWithThePage();
  const rows = sidebar.load();
  await Promise.all([shelf.begin(config.snippet), panel.open(!config.run)]);
  panel.connect();
  void rows.then((found) => shelf.firstOf(found));
  if (config.run) panel.run();
  // On a slow line everything else would only take its place.
  await Promise.race([terminalUsable, new Promise<void>((late) => timer.set(late, LATE_MS))]);
  document.body.dataset.settled = "";
  void terminal.loadExtras();
  await pad.upgrade(TOUCH).catch(() => toast(t("editor.missing"), "problem"));
}

function firstButton(parent: HTMLElement): HTMLButtonElement | null {
  return parent.querySelector<HTMLButtonElement>("button:enabled");
}

void begin();
