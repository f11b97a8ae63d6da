import "../site";
import "../styles/workspace.css";
import "../styles/terminal.css";
import { RunSession } from "../common/run_session";
import { isActive, mayType, type RunState } from "../common/run_state";
import { TerminalView } from "../terminal/terminal_view";
import { Code } from "./code";
import { type Language, readConfig } from "./config";
import { Connection } from "./connection";
import { byId, byTestId } from "./dom";
import { onPaneKey, onRunKey } from "./keys";
import { Memory } from "./memory";
import { Splitter } from "./splitter";
import { View } from "./view";

declare global {
  interface Window {
    coderunner: { getText(): string; setText(text: string): void; terminalText(): string };
  }
}

const config = readConfig();
const memory = new Memory(config.user);
const view = new View();
const code = new Code(byTestId("editor"), keptLanguage(), memory);
const terminal = new TerminalView(byTestId("terminal"));
const reader = byId("reader");
let startedAt: number | null = null;

const EDITOR_MISSING =
  "The full editor could not be loaded. Go on in this one, or load the page again.";

window.coderunner = {
  getText: () => code.getText(),
  setText: (text) => code.setText(text),
  terminalText: () => terminal.text(),
};

const session = new RunSession({
  screen: terminal,
  timer: {
    set: (callback, milliseconds) => window.setTimeout(callback, milliseconds),
    clear: (handle) => window.clearTimeout(handle as number),
  },
  send: (message) => connection.send(message),
  changed: show,
  notice: (text) => view.notice(text),
});

const { protocol, host } = location;
const address = `${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws/terminal/`;
const connection = new Connection(address, {
  changed: (state) => view.showConnection(state),
  connected: () => session.connected(),
  refused: () => void leaveWhenSignedOut(),
  message: (message) => session.receive(message),
  output: (frame) => session.output(frame),
});

function keptLanguage(): Language {
  const kept = memory.get("language");
  const language = config.languages.find(({ id }) => id === kept) ?? config.languages[0];
  if (!language) throw new Error("the server knows no language");
  return language;
}

function show(state: RunState): void {
  if (state.phase === "running") startedAt ??= Date.now();
  else if (state.phase === "idle" || state.phase === "starting") startedAt = null;
  memory.setRun(state.run === null ? null : { run: state.run, startedAt });
  terminal.setActive(mayType(state));
  view.show(state, startedAt);
}

function run(): void {
  if (isActive(session.state)) return;
  const { language, files } = code;
  session.start({ language: language.id, files, main: language.main });
  terminal.focus();
}

function clear(): void {
  if (isActive(session.state)) {
    terminal.clear();
    terminal.focus();
  } else {
    terminal.clearAll();
    session.forget();
  }
}

function fillLanguages(): void {
  const select = byTestId<HTMLSelectElement>("language");
  select.replaceChildren(...config.languages.map(({ id, name }) => new Option(name, id)));
  select.value = code.language.id;
  byId("file-name").textContent = code.language.main;
  select.addEventListener("change", () => {
    const language = config.languages.find(({ id }) => id === select.value);
    if (!language) return;
    memory.set("language", language.id);
    code.switchTo(language);
    byId("file-name").textContent = language.main;
  });
}

/** A switch, for it costs speed: xterm.js then mirrors every line for screen readers. */
function readerMode(on: boolean): void {
  memory.set("reader", on ? "on" : "off");
  reader.setAttribute("aria-pressed", String(on));
  terminal.setReaderMode(on);
}

/** Signed out in another tab, or the session has run out: the text is kept, sign-in leads back. */
async function leaveWhenSignedOut(): Promise<void> {
  const request = { method: "HEAD", redirect: "manual", headers: { Accept: "text/html" } } as const;
  const answer = await fetch(location.pathname, request).catch(() => null);
  if (answer?.type === "opaqueredirect") location.reload();
}

function firstButton(parent: HTMLElement): HTMLButtonElement | null {
  return parent.querySelector<HTMLButtonElement>("button:enabled");
}

function listen(): void {
  byTestId("run").addEventListener("click", run);
  byTestId("stop").addEventListener("click", () => session.stop());
  byTestId("clear").addEventListener("click", clear);
  reader.addEventListener("click", () => {
    readerMode(reader.getAttribute("aria-pressed") !== "true");
  });
  onRunKey(run);
  onPaneKey([
    { element: byTestId("editor"), focus: () => code.focus() },
    { element: byTestId("terminal"), focus: () => terminal.focus() },
    { element: byId("toolbar"), focus: () => firstButton(byId("toolbar"))?.focus() },
  ]);
}

async function begin(): Promise<void> {
  fillLanguages();
  listen();
  new Splitter(byId("splitter"), memory);
  view.show(session.state, null);
  await terminal.open(
    (text) => session.type(text),
    () => session.resize(),
  );
  readerMode(memory.get("reader") === "on");
  const kept = memory.getRun();
  if (kept) {
    startedAt = kept.startedAt;
    session.restore(kept.run);
  }
  connection.open();
  // Monaco does not work with the keyboards of touch screens.
  if (!window.matchMedia("(hover: none) and (pointer: coarse)").matches) {
    await code.upgrade().catch(() => view.notice(EDITOR_MISSING));
  }
}

void begin();
