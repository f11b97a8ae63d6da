// size: one table of all commands of the page
import { stepped } from "../common/preferences";
import type { EditorHost } from "../editor/editor_host";
import { type LanguageOption, TERMINAL_THEMES, THEME_CHOICES } from "../protocol.gen";
import type { TerminalView } from "../terminal/terminal_view";
import { altKeys, bindButtons, type Command, listenForKeys, textSizeKeys } from "./chrome/commands";
import type { InputSetting } from "./chrome/input_setting";
import type { Layout } from "./chrome/layout";
import { openPalette } from "./chrome/palette";
import type { PreferencesStore } from "./chrome/preferences_store";
import type { Presentation } from "./chrome/presentation";
import { byTestId } from "./chrome/widgets/dom";
import { codeHelpCommands } from "./code_help/commands";
import { debugCommands } from "./debug/debug_commands";
import type { DebugEntry } from "./debug/debug_entry";
import { editTogether } from "./edit_together";
import { bindContextMenus } from "./editing/context_menus";
import { editorCommands } from "./editing/editor_commands";
import { findInFilesCommand } from "./editing/find_in_files";
import { terminalCommands } from "./editing/terminal_commands";
import type { FileDrop } from "./files/file_drop";
import type { Tabs } from "./files/tabs";
import type { CodeChecks } from "./problems/code_checks";
import { problemCommands } from "./problems/problem_commands";
import type { FilesEntry } from "./program_files/files_entry";
import { openMyRuns } from "./run/my_runs_dialog";
import type { ProgramOptions } from "./run/program_options";
import type { RunErrors } from "./run/run_errors";
import { openRunOptions } from "./run/run_options_dialog";
import type { RunPanel } from "./run/run_panel";
import type { TerminalSearch } from "./run/terminal_search";
import type { SidePanelEntry } from "./side_panel/side_panel_entry";
import type { Api } from "./snippets/api";
import { openExamples } from "./snippets/examples_dialog";
import { ShareDialog } from "./snippets/share_dialog";
import type { Sidebar } from "./snippets/sidebar";
import { downloadSnippet } from "./snippets/snippet_download";
import type { SnippetLibrary } from "./snippets/snippet_library";
import { rowOfSession } from "./snippets/snippet_library";
import type { SnippetSession } from "./snippets/snippet_session";
import type { TitleBar } from "./snippets/title_bar";

export interface CommandTargets {
  readonly api: Api;
  readonly languages: readonly LanguageOption[];
  readonly session: SnippetSession;
  readonly fileDrop: FileDrop;
  readonly layout: Layout;
  readonly editor: EditorHost;
  readonly checks: CodeChecks;
  readonly debug: DebugEntry;
  readonly panel: RunPanel;
  readonly errors: RunErrors;
  readonly search: TerminalSearch;
  readonly library: SnippetLibrary;
  readonly sidebar: Sidebar;
  readonly tabs: Tabs;
  readonly preferences: PreferencesStore;
  readonly presentation: Presentation;
  readonly programOptions: ProgramOptions;
  readonly terminal: TerminalView;
  readonly titleBar: TitleBar;
  readonly input: InputSetting;
  readonly sidePanel: SidePanelEntry;
  readonly programFiles: FilesEntry;
}

/** Defines all commands of the page, and connects their buttons, keys, and the palette. */
export function bindCommands(targets: CommandTargets): void {
  const commands = [
    ...runCommands(targets),
    ...snippetCommands(targets),
    ...fileCommands(targets),
    ...editorCommands(targets.editor),
    ...codeHelpCommands(targets),
    findInFilesCommand(targets),
    ...problemCommands(targets),
    ...debugCommands(targets),
    ...terminalCommands(targets.terminal),
    ...viewCommands(targets),
  ];
  commands.push({
    id: "palette",
    name: "command.palette",
    keys: "F1",
    run: () => openPalette(commands.filter(({ id }) => id !== "palette")),
  });
  bindButtons(commands);
  const inEditor = () => targets.editor.hasFocus();
  const inProgram = () => targets.panel.active;
  listenForKeys(commands, { terminal: byTestId("terminal"), inEditor, inProgram });
  bindContextMenus(commands, targets.editor, targets.terminal);
}

function runCommands(targets: CommandTargets): Command[] {
  const { api, panel, search, layout, programOptions } = targets;
  panel.onDidReachLimit(() => openMyRuns(api, panel, true));
  const [active, idle] = [() => panel.active, () => !panel.active];
  return [
    { id: "run", name: "command.run", keys: "Mod+Enter", enabled: idle, run: () => panel.run() },
    { id: "stop", name: "command.stop", keys: "Mod+.", enabled: active, run: () => panel.stop() },
    { id: "restart", name: "command.restart", keys: "Mod+Shift+Enter", run: () => panel.restart() },
    {
      id: "run-options",
      name: "command.run_options",
      run: () => openRunOptions(programOptions),
    },
    { id: "my-runs", name: "command.my_runs", run: () => openMyRuns(api, panel) },
    { id: "clear", name: "command.clear", keys: "Mod+Shift+Backspace", run: () => panel.clear() },
    ...errorCommands(targets),
    {
      id: "find-in-terminal",
      name: "command.find_in_terminal",
      keys: "Mod+Shift+F",
      insideTerminal: true,
      run: () => {
        layout.show("terminal");
        search.open();
      },
    },
  ];
}

function errorCommands({ errors, layout, panel }: CommandTargets): Command[] {
  return [
    {
      id: "go-to-error",
      name: "command.go_to_error",
      keys: "F8",
      enabled: () => errors.error !== null,
      run: () => errors.show(),
    },
    {
      id: "explain-error",
      name: "command.explain_error",
      keys: "Shift+F8",
      get outsideTerminal() {
        return panel.active;
      },
      enabled: () => errors.explained,
      run: () => {
        layout.show("terminal");
        errors.explain();
      },
    },
  ];
}

function snippetCommands(targets: CommandTargets): Command[] {
  const { api, session, layout, library, sidebar, titleBar, presentation } = targets;
  const share = new ShareDialog(api, session);
  share.onDidChange(() => void sidebar.load());
  const saved = () => session.id !== null;
  return [
    {
      id: "new",
      name: "command.new",
      keys: altKeys("N"),
      run: () => void library.openNew().then(() => titleBar.focus()),
    },
    {
      id: "examples",
      name: "command.examples",
      run: () =>
        openExamples(targets, session.language, (content) => void library.openNew(content, true)),
    },
    {
      id: "save",
      name: "command.save",
      keys: "Mod+S",
      outsideTerminal: true,
      run: () => void formatAndSave(targets),
    },
    {
      id: "find-snippet",
      name: "command.find_snippet",
      keys: "Mod+Shift+O",
      enabled: () => !presentation.active,
      run: () => {
        if (layout.phone) layout.show("snippets");
        else layout.setSidebar(true);
        sidebar.focusSearch();
      },
    },
    { id: "rename", name: "command.rename", run: () => titleBar.focus() },
    {
      id: "duplicate",
      name: "command.duplicate",
      enabled: saved,
      run: () => void library.duplicate(session.id as number),
    },
    { id: "share", name: "command.share", run: () => void share.open() },
    { id: "edit-together", name: "command.edit_together", run: () => void editTogether(session) },
    {
      id: "download-all",
      name: "command.download",
      run: () => void downloadSnippet(session.content()),
    },
    {
      id: "delete",
      name: "command.delete",
      enabled: saved,
      run: () => void library.remove(rowOfSession(session)),
    },
  ];
}

/** Loaded soon after the editor, before it is asked for. */
export function loadSettings(): Promise<typeof import("./chrome/settings_dialog")> {
  return import("./chrome/settings_dialog");
}

async function formatAndSave({ checks, preferences, session }: CommandTargets): Promise<void> {
  if (preferences.chosen.format_on_save) await checks.formatQuietly();
  await session.saveNow();
}

function fileCommands({ fileDrop, programFiles, tabs }: CommandTargets): Command[] {
  return [
    { id: "files", name: "command.files", run: () => programFiles.open() },
    { id: "add-file", name: "command.add_file", run: () => tabs.add() },
    { id: "rename-file", name: "command.rename_file", run: () => tabs.rename() },
    { id: "upload", name: "command.upload", run: () => fileDrop.choose() },
    { id: "next-file", name: "command.next_file", keys: "Alt+PageDown", run: () => tabs.step(1) },
    { id: "last-file", name: "command.last_file", keys: "Alt+PageUp", run: () => tabs.step(-1) },
  ];
}

function viewCommands(targets: CommandTargets): Command[] {
  const { layout, editor, preferences, presentation, terminal, input, panel, sidePanel } = targets;
  const sizes = (steps: number) => () =>
    preferences.set({
      font_size: stepped(preferences.chosen.font_size, steps),
      terminal_font_size: stepped(preferences.chosen.terminal_font_size, steps),
    });
  const themes = THEME_CHOICES.map(
    (choice): Command => ({
      id: `theme-${choice}`,
      name: `command.theme_${choice}`,
      run: () => preferences.setTheme(choice),
    }),
  );
  const terminalThemes = TERMINAL_THEMES.map(
    (choice): Command => ({
      id: `terminal-${choice}`,
      name: `command.terminal_${choice}`,
      run: () => preferences.set({ terminal_theme: choice }),
    }),
  );
  const go = (pane: "code" | "terminal", focus: () => void) => () => {
    layout.show(pane);
    focus();
  };
  return [
    {
      id: "sidebar",
      name: "command.sidebar",
      keys: "Mod+B",
      outsideTerminal: true,
      enabled: () => !presentation.active,
      run: () => layout.toggleSidebar(),
    },
    { id: "go-code", name: "command.go_code", run: go("code", () => editor.focus()) },
    { id: "go-terminal", name: "command.go_terminal", run: go("terminal", () => terminal.focus()) },
    {
      id: "side-panel",
      name: "command.side_panel",
      keys: altKeys("R"),
      // Keys are a program's until it has ended.
      get outsideTerminal() {
        return panel.active;
      },
      enabled: () => sidePanel.available,
      run: () => sidePanel.toggle(),
    },
    { id: "larger", name: "command.larger", ...textSizeKeys("+"), run: sizes(1) },
    { id: "smaller", name: "command.smaller", ...textSizeKeys("-"), run: sizes(-1) },
    {
      id: "screen-reader",
      name: "command.screen_reader",
      run: () => preferences.set({ screen_reader: !preferences.chosen.screen_reader }),
    },
    {
      id: "settings",
      name: "command.settings",
      keys: "Mod+,",
      run: () => void loadSettings().then(({ openSettings }) => openSettings(preferences, input)),
    },
    ...themes,
    ...terminalThemes,
    ...presentCommands(targets),
  ];
}

function presentCommands({ presentation, layout }: CommandTargets): Command[] {
  return [
    {
      id: "present",
      name: "command.present",
      keys: altKeys("P"),
      enabled: () => !presentation.active,
      run: () => {
        // The list is hidden then.
        if (layout.pane === "snippets") layout.show("code");
        presentation.start();
      },
    },
    {
      id: "end-present",
      name: "command.end_present",
      keys: altKeys("P"),
      enabled: () => presentation.active,
      run: () => presentation.end(),
    },
  ];
}
