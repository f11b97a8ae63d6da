import { beforeEach, expect, it, vi } from "vitest";
import { BreakpointStore } from "../../common/debug/breakpoints";
import type { RunOptions } from "../../common/run/run_options";
import type { EditorHost } from "../../editor/editor_host";
import type { Snippet } from "../../protocol.gen";
import type { BrowserStorage, KeyValueStore } from "../chrome/browser_storage";
import { Drafts } from "../snippets/drafts";
import { SnippetSession } from "../snippets/snippet_session";
import { ProgramOptions } from "./program_options";

const OPTIONS: RunOptions = { args: "--fast", keepOpen: false, windows: "auto" };
const CONTENT = {
  title: "New",
  language: "python",
  main: "main.py",
  files: [{ path: "main.py", content: "" }],
};

function snippet(id: number): Snippet {
  return { ...CONTENT, id, version: 1, share: null, updated_at: "", locked: [] };
}

/** What the browser stores. */
let stored: Map<string, string>;
let session: SnippetSession;
let options: ProgramOptions;
/** The server answers the save of a new snippet, which has this number from then on. */
let answerSave: (id: number) => void;

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal("window", { addEventListener: () => {}, setTimeout, clearTimeout });
  const editor = {
    useProject: () => undefined,
    onDidChange: () => undefined,
    forget: () => undefined,
    show: () => undefined,
    getText: () => "",
    breakpoints: new BreakpointStore(),
    locked: { lock: () => undefined },
  };
  const store = {
    length: 0,
    key: () => null,
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  } satisfies KeyValueStore;
  const save = () =>
    new Promise<{ kind: "saved"; snippet: Snippet }>((resolve) => {
      answerSave = (id) => resolve({ kind: "saved", snippet: snippet(id) });
    });
  session = new SnippetSession(editor as unknown as EditorHost, new Drafts("ada", store), { save });
  const storage = { get: store.getItem, set: store.setItem } as unknown as BrowserStorage;
  options = new ProgramOptions(session, storage, []);
});

it("stay with a new snippet when it is saved for the first time", async () => {
  session.openNew(CONTENT, true);
  options.set(OPTIONS);
  const saved = session.saveNow();
  answerSave(7);
  await saved;
  expect(options.current).toEqual(OPTIONS);
  session.open(snippet(8));
  session.open(snippet(7));
  expect(options.current).toEqual(OPTIONS);
});

it("stay with it when another snippet was opened meanwhile", async () => {
  session.openNew(CONTENT, true);
  options.set(OPTIONS);
  const saved = session.saveNow();
  session.open(snippet(8));
  answerSave(7);
  await saved;
  expect(options.current.args).toBe("");
  session.open(snippet(7));
  expect(options.current).toEqual(OPTIONS);
  expect(stored.get("run-options")).not.toContain("new-");
});
