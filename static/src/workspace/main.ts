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
import { EditorHost } from "../editor/editor_host";
import { TerminalView } from "../terminal/terminal_view";
import { BrowserStorage, persistentStore } from "./chrome/browser_storage";
import { type Language, readConfig } from "./chrome/config";
import { Layout } from "./chrome/layout";
import { bindPaneNavigation } from "./chrome/pane_navigation";
import { PreferencesStore } from "./chrome/preferences_store";
import { SignedOutBanner } from "./chrome/signed_out_banner";
import { Splitter } from "./chrome/splitter";
import { timer } from "./chrome/timer";
import { byId, byTestId } from "./chrome/widgets/dom";
import { toast } from "./chrome/widgets/toasts";
import { bindCommands } from "./command_table";
import { FileDrop } from "./files/file_drop";
import { Tabs } from "./files/tabs";
import { KeyRow } from "./run/key_row";
import { RunPanel } from "./run/run_panel";
import { RunStatusView } from "./run/run_status_view";
import { TerminalSearch } from "./run/terminal_search";
import { Api, csrfToken } from "./snippets/api";
import { Conflict } from "./snippets/conflict";
import { Drafts } from "./snippets/drafts";
import { Sidebar } from "./snippets/sidebar";
import { downloadFile, downloadSnippet } from "./snippets/snippet_download";
import { SnippetLibrary } from "./snippets/snippet_library";
import { SnippetSession } from "./snippets/snippet_session";
import { TitleBar } from "./snippets/title_bar";

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
const storage = new BrowserStorage(config.user);
const drafts = new Drafts(config.user, persistentStore());
const api = new Api(csrfToken);
const preferences = new PreferencesStore(config.preferences, api);
const signedOutBanner = new SignedOutBanner();
const statusView = new RunStatusView();
const layout = new Layout(storage);
const terminal = new TerminalView(byTestId("terminal"), TOUCH);
const editor = new EditorHost(byTestId("editor"), preferences.editor, () => snippetSession.typed());
const snippetSession: SnippetSession = new SnippetSession({
  editor,
  drafts,
  save: (saved, content) => api.save(saved, content),
  changed: () => showSession(),
  saving: (state, message) => {
    titleBar.showSave(state, message);
    if (state === "signed_out") signedOutBanner.signedOut();
    if (state === "refused") toast(message, "problem");
  },
  saved: (snippet) => {
    signedOutBanner.signedIn();
    library.saved(snippet);
  },
  conflicted: (current) => {
    signedOutBanner.signedIn(); // else nobody would have told of theirs
    conflict.show(current);
  },
  gone: () => toast(t("snippet.gone")),
  unkept: () => toast(t("draft.no_room"), "problem"),
});
const titleBar: TitleBar = new TitleBar(snippetSession);
const conflict: Conflict = new Conflict(snippetSession);
const fileDrop = new FileDrop(snippetSession);
const library: SnippetLibrary = new SnippetLibrary({
  api,
  session: snippetSession,
  drafts,
  conflict,
  layout,
  storage,
  sidebar: () => sidebar,
  languages: config.languages,
});
const sidebar: Sidebar = new Sidebar({
  api,
  languageName: (id) => languageOf(id)?.name ?? id,
  open: (id) => void library.open(id),
  rename: (id, title) => void library.rename(id, title),
  duplicate: (id) => void library.duplicate(id),
  download: (id) => void library.download(id),
  remove: (row) => void library.remove(row),
  failed: (error) => library.failed(error),
});
const tabs: Tabs = new Tabs(snippetSession, {
  upload: () => fileDrop.choose(),
  downloadFile: () => {
    const shown = snippetSession
      .content()
      .files.find(({ path }) => path === snippetSession.files.shown.path);
    if (shown) downloadFile(shown);
  },
  downloadAll: () => void downloadSnippet(snippetSession.content()),
});
const panel: RunPanel = new RunPanel({
  snippetSession,
  terminal,
  statusView,
  storage,
  user: config.user,
  startBytes: config.start_bytes,
  began: () => layout.show("terminal"),
  connected: () => {
    usable();
    signedOutBanner.signedIn();
    snippetSession.wake();
    void library.saveLeftOvers();
  },
  refused: () => void signedOutBanner.ask(),
  ctrlChanged: (held) => keyRow.showCtrl(held),
});
const keyRow: KeyRow = new KeyRow(editor, terminal, panel, () => layout.pane === "terminal");

window.coderunner = {
  getText: () => editor.getText(),
  setText: (text) => snippetSession.setText(text),
  terminalText: () => terminal.text(),
};

function languageOf(id: string): Language | undefined {
  return config.languages.find((language) => language.id === id);
}

function showSession(): void {
  titleBar.show();
  tabs.show();
  byTestId<HTMLSelectElement>("language").value = snippetSession.language;
}

function fillLanguages(): void {
  const select = byTestId<HTMLSelectElement>("language");
  select.replaceChildren(...config.languages.map(({ id, name }) => new Option(name, id)));
  select.addEventListener("change", () => {
    const [before, after] = [languageOf(snippetSession.language), languageOf(select.value)];
    if (!after) return;
    storage.set("language", after.id);
    const text = editor.getText();
    const untouched = text.trim() === "" || text === before?.example;
    snippetSession.setLanguage(after.id, after.main, after.example, untouched);
  });
}

function wakeWithThePage(): void {
  for (const event of ["online", "focus"])
    window.addEventListener(event, () => snippetSession.wake());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) snippetSession.keep();
    else snippetSession.wake();
  });
}

async function begin(): Promise<void> {
  fillLanguages();
  preferences.listen(() => {
    editor.setOptions(preferences.editor);
    terminal.setOptions(preferences.terminal);
    byTestId<HTMLSelectElement>("theme").value = preferences.chosen.theme;
  });
  new Splitter(byId("splitter"), storage);
  bindCommands({
    api,
    snippetSession,
    layout,
    editor,
    panel,
    library,
    sidebar,
    tabs,
    preferences,
    terminal,
    titleBar,
    fileDrop,
    search: new TerminalSearch(terminal),
  });
  bindPaneNavigation([
    { element: byTestId("editor"), focus: () => editor.focus() },
    { element: byTestId("terminal"), focus: () => terminal.focus() },
    { element: byId("toolbar"), focus: () => firstButton(byId("toolbar"))?.focus() },
  ]);
  wakeWithThePage();
  const rows = sidebar.load();
  await Promise.all([library.begin(config.snippet), panel.open(!config.run)]);
  panel.connect();
  void rows.then((found) => library.firstOf(found));
  if (config.run) panel.run();
  // On a slow line everything else would only take its place.
  await Promise.race([terminalUsable, new Promise<void>((late) => timer.set(late, LATE_MS))]);
  document.body.dataset.settled = "";
  void terminal.loadExtras();
  await editor.upgrade(TOUCH).catch(() => toast(t("editor.missing"), "problem"));
}

function firstButton(parent: HTMLElement): HTMLButtonElement | null {
  return parent.querySelector<HTMLButtonElement>("button:enabled");
}

void begin();
