// size: one list of the components of the page, and what connects them
import "../site";
import "./styles";
import { useServerSentences } from "../common/i18n/server_sentences";
import { t, useLanguage } from "../common/i18n/translate";
import { fileLanguage } from "../common/languages/file_language";
import { EditorHost } from "../editor/editor_host";
import { TerminalView } from "../terminal/terminal_view";
import { timer } from "../terminal/timer";
import { BrowserStorage, persistentStore } from "./chrome/browser_storage";
import { readConfig } from "./chrome/config";
import { InputSetting } from "./chrome/input_setting";
import { Layout } from "./chrome/layout";
import { bindPaneNavigation, paneOf } from "./chrome/pane_navigation";
import { PreferencesStore } from "./chrome/preferences_store";
import { Presentation } from "./chrome/presentation";
import { SignedOutBanner } from "./chrome/signed_out_banner";
import { Splitter } from "./chrome/splitter";
import { bindThemeSelect } from "./chrome/theme_select";
import { byId, byTestId } from "./chrome/widgets/dom";
import { toast } from "./chrome/widgets/toasts";
import { codeHelp } from "./code_help/start";
import { bindCommands, loadSettings } from "./command_table";
import { DebugEntry } from "./debug/debug_entry";
import { sayWhatIsCopied, touchActions, touchClipboard } from "./editing/terminal_commands";
import { FileDrop } from "./files/file_drop";
import { Tabs } from "./files/tabs";
import { CodeChecks } from "./problems/code_checks";
import { FilesEntry } from "./program_files/files_entry";
import { ClassChoice } from "./run/class_choice";
import { ConnectionNotice } from "./run/connection_notice";
import { KeyRow } from "./run/key_row";
import { ProgramOptions } from "./run/program_options";
import { RunErrors } from "./run/run_errors";
import { bindRunOptionsMark } from "./run/run_options_dialog";
import { RunPanel } from "./run/run_panel";
import { RunStatusView } from "./run/run_status_view";
import { TerminalSearch } from "./run/terminal_search";
import { ScreenEntry } from "./screen/screen_entry";
import { SidePanelEntry } from "./side_panel/side_panel_entry";
import { takePart } from "./sign_out/sign_out";
import { Api, csrfToken } from "./snippets/api";
import { Conflict } from "./snippets/conflict";
import { Drafts } from "./snippets/drafts";
import { LanguageSelect } from "./snippets/language_select";
import { Sidebar } from "./snippets/sidebar";
import { SnippetLibrary } from "./snippets/snippet_library";
import { SnippetSession } from "./snippets/snippet_session";
import { TitleBar } from "./snippets/title_bar";

declare global {
  interface Window {
    coderunner: {
      getText(): string;
      setText(text: string): void;
      terminalText(): string;
      setBreakpoint(line: number): void;
      /** What may stand there, as the editor would suggest it; both count from 1. */
      complete(line: number, column: number): Promise<string[]>;
    };
  }
}

/** Without a connection, the real editor is loaded after this time. */
const CONNECT_WAIT_MS = 2500;

// --- Components, each built from those above it ------------------------------------------------
useLanguage(document.documentElement.lang, navigator.languages);
const config = readConfig();
useServerSentences(config.sentences);
const { languages } = config;
const storage = new BrowserStorage(config.user);
const drafts = new Drafts(config.user, persistentStore());
const api = new Api(csrfToken, undefined, config.user);
const preferences = new PreferencesStore(config.user, config.preferences, (all) =>
  api.savePreferences(all),
);
const signedOutBanner = new SignedOutBanner();
const input = new InputSetting(storage);
const layout = new Layout(storage);
const terminal = new TerminalView(byTestId("terminal"));
const editor = new EditorHost(byTestId("editor"), preferences.editor, (path) =>
  fileLanguage(path, languages, session.language),
);
const session: SnippetSession = new SnippetSession(editor, drafts, api);
const titleBar = new TitleBar(session);
const fileDrop = new FileDrop(session);
const tabs = new Tabs(session, fileDrop, () => editor.focus());
const conflict = new Conflict(session);
const sidebar = new Sidebar(api, (id) => languages.find((one) => one.id === id)?.name ?? id);
const library = new SnippetLibrary({
  api,
  session,
  drafts,
  conflict,
  layout,
  storage,
  sidebar,
  languages,
  preselected: config.preselected,
});
const statusView = new RunStatusView();
const programOptions = new ProgramOptions(session, storage, languages);
const errors = new RunErrors({
  session,
  terminal,
  editor,
  languages,
  explains: () => preferences.chosen.explain_errors,
  stopExplaining: () => preferences.set({ explain_errors: false }),
});
const panel = new RunPanel({
  snippetSession: session,
  programOptions,
  classOfRun: new ClassChoice(storage).forRun,
  terminal,
  statusView,
  errors,
  connectionNotice: new ConnectionNotice(storage, config.staff),
  storage,
  config,
});
const checks = new CodeChecks({
  editor,
  session,
  preferences,
  languages,
  api,
  forbidden: { modules: config.forbidden_modules, calls: config.forbidden_calls },
  touch: () => input.device === "touch",
  showCode: () => layout.show("code"),
  failed: () => toast(t("checks.missing"), "problem"),
});
const codeHelpTargets = { api, editor, input, languages, preferences, session };
const debug = new DebugEntry({ editor, session, panel, layout, storage, languages });
const sidePanel = new SidePanelEntry({ panel, layout, terminal, storage });
new ScreenEntry({ panel, options: programOptions, sidePanel, languages });
const programFiles = new FilesEntry({ panel, session, api, sidePanel });
const presentation = new Presentation(preferences, () => panel.active);
const search = new TerminalSearch(terminal);
new LanguageSelect(session, storage, languages);
new KeyRow(editor, terminal, panel, layout, touchClipboard(terminal));
new Splitter(byId("splitter"), storage);

// --- Events between packages -------------------------------------------------------------------
session.onDidChangeSaveState(({ state, message }) => {
  if (state === "signed_out") signedOutBanner.show();
  if (state === "refused") toast(message, "problem");
});
// The server has answered as it does only to a user who is signed in.
session.onDidSave(() => signedOutBanner.hide());
session.onDidConflict(() => signedOutBanner.hide());
session.onDidFindDeleted(() => toast(t("snippet.gone")));
editor.onDidFindPlace(({ path, from, to }) => {
  session.show(path);
  editor.select(from, to);
});
editor.locked.onDidRefuse(async () => {
  const { ct } = await import("../common/classroom/class_text");
  toast(ct("lines.locked"));
});
editor.onDidFindNothing(() => toast(t("definition.none")));
fileDrop.addData = (files) => programFiles.add(files);
fileDrop.showData = () => programFiles.open();
session.onDidFailToStoreDraft(() => toast(t("draft.no_room"), "problem"));
terminal.screen.onRightToLeft(() => toast(t("terminal.right_to_left")));
panel.onWillRun(() => layout.show("terminal"));
errors.onWillShow(() => layout.show("code"));
panel.onDidConnect(() => {
  signedOutBanner.hide();
  session.retrySave();
  void library.saveAbandonedDrafts();
});
panel.onDidFailToConnect(() => void signedOutBanner.check());
preferences.onDidChange(applyPreferences);
input.onDidChange((device) => {
  terminal.touch = device === "touch";
  void loadEditor();
});
takePart(config.user, {
  key: () => session.draftKey,
  // An example that nobody has changed is not worth a snippet.
  save: async () => {
    if (session.saveState !== "saved") await session.saveNow();
  },
  stop: () => {
    drafts.close();
    storage.close();
  },
});
for (const event of ["online", "focus"]) {
  window.addEventListener(event, () => session.retrySave());
}
document.addEventListener("visibilitychange", () => {
  if (document.hidden) session.storeDraft();
  else session.retrySave();
});

window.coderunner = {
  getText: () => editor.getText(),
  setText: (text) => editor.setText(text),
  terminalText: () => terminal.text(),
  setBreakpoint: (line) => debug.toggle(line),
  complete: async (line, column) => {
    const { labelsAt } = await import("./code_help/labels");
    return labelsAt(codeHelpTargets, line, column);
  },
};

function applyPreferences(): void {
  editor.setOptions(preferences.editor);
  terminal.setOptions(preferences.terminal);
  byId("terminal-frame").dataset.theme = preferences.terminalTheme;
}

async function start(): Promise<void> {
  terminal.touch = input.device === "touch";
  terminal.touchActions = () => touchActions(terminal);
  applyPreferences();
  bindThemeSelect(preferences);
  const targets = {
    api,
    errors,
    languages,
    session,
    layout,
    editor,
    checks,
    debug,
    panel,
    library,
    sidebar,
    tabs,
  };
  const rest = {
    preferences,
    presentation,
    programOptions,
    terminal,
    titleBar,
    fileDrop,
    search,
    input,
    sidePanel,
    programFiles,
  };
  bindCommands({ ...targets, ...rest });
  sayWhatIsCopied(terminal);
  bindRunOptionsMark(programOptions);
  bindPaneNavigation([
    { element: byTestId("editor"), focus: () => editor.focus() },
    { element: byTestId("terminal"), focus: () => terminal.focus() },
    paneOf("debug-panel"),
    paneOf("trace-panel"),
    sidePanel,
    { element: byId("toolbar"), focus: focusToolbar },
  ]);
  const connected = new Promise<void>((resolve) => {
    panel.onDidConnect(resolve);
  });
  if (config.attach) {
    storage.setRun({ run: config.attach, startedAt: null });
    // A reload shows what this tab shows then.
    history.replaceState(history.state, "", location.pathname);
  }
  const rows = sidebar.load();
  await Promise.all([library.openFirst(config.snippet), panel.open(!config.run)]);
  panel.connect();
  void rows.then((found) => library.openNewestOf(found));
  if (config.run) panel.run();
  void loadClass();
  // On a slow line, larger downloads would delay the connection.
  await Promise.race([connected, new Promise<void>((late) => timer.set(late, CONNECT_WAIT_MS))]);
  document.body.dataset.settled = "";
  void terminal.loadExtras({
    session: {
      get: () => storage.getOfTab("webgl-slow"),
      set: (value) => storage.setOfTab("webgl-slow", value),
    },
    browser: {
      get: () => storage.get("webgl-slow-until"),
      set: (value) => storage.set("webgl-slow-until", value),
    },
  });
  await loadEditor();
  checks.start();
  // The next try is when somebody asks for them.
  await loadSettings().catch(() => undefined);
  sidePanel.preload();
}

/** Monaco does not support touch screens. */
async function loadEditor(): Promise<void> {
  const touch = input.device === "touch";
  const help = codeHelp(codeHelpTargets);
  await help
    .then((loaded) => editor.upgrade(touch, loaded))
    .catch(() => toast(t("editor.missing"), "problem"));
}

/** Only for who is in a class. */
async function loadClass(): Promise<void> {
  if (!document.getElementById("class-choice")) return;
  const { ClassPage } = await import("./classroom/class_page");
  new ClassPage({ user: config.user, panel, session, editor, terminal, api });
}

function focusToolbar(): void {
  byId("toolbar").querySelector<HTMLButtonElement>("button:enabled")?.focus();
}

void start();
