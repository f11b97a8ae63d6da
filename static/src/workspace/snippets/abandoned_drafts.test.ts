import { expect, it } from "vitest";
import type { SavedVersion, SaveResult } from "../../common/snippets/autosave";
import type { SnippetContent } from "../../common/snippets/snippet";
import type { KeyValueStore } from "../chrome/browser_storage";
import { ABANDONED_AFTER_MS, saveAbandonedDrafts } from "./abandoned_drafts";
import { Drafts } from "./drafts";

function memoryStore(): KeyValueStore {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  };
}

function content(text: string): SnippetContent {
  const files = [{ path: "main.py", content: text }];
  return { title: "T", language: "python", main: "main.py", files };
}

function draftsOf(...entries: [key: string, text: string, ageMs: number][]): Drafts {
  const drafts = new Drafts("ada", memoryStore());
  for (const [key, text, ageMs] of entries) {
    const at = Date.now() - ageMs;
    drafts.put(key, { id: null, version: 0, content: content(text), share: null, dirty: true, at });
  }
  return drafts;
}

async function savedTexts(
  drafts: Drafts,
  openKey: string,
  save: (saved: SavedVersion, content: SnippetContent) => SaveResult,
): Promise<(string | undefined)[]> {
  const texts: (string | undefined)[] = [];
  const api = { save: async (saved: SavedVersion, text: SnippetContent) => save(saved, text) };
  for await (const { files } of saveAbandonedDrafts(api, drafts, (key) => key === openKey)) {
    texts.push(files[0]?.content);
  }
  return texts;
}

const OLD = ABANDONED_AFTER_MS + 10_000;
let ids = 0;
function accept(_: SavedVersion, accepted: SnippetContent): SaveResult {
  ids += 1;
  const snippet = { id: ids, version: 1, updated_at: "", share: null, locked: [], ...accepted };
  return { kind: "saved", snippet };
}

it("saves old drafts, but not the open one and not one that another tab may be editing", async () => {
  const drafts = draftsOf(["new-a", "old", OLD], ["new-b", "open", OLD], ["new-c", "recent", 0]);
  expect(await savedTexts(drafts, "new-b", accept)).toEqual(["old"]);
  expect(drafts.unsaved()).toEqual(["new-c", "new-b"]);
});

it("replaces a saved draft by a clean copy under its new id", async () => {
  const drafts = draftsOf(["new-a", "text", OLD]);
  await savedTexts(drafts, "", accept);
  expect(drafts.get("new-a")).toBeNull();
  expect(drafts.get(String(ids))).toMatchObject({ dirty: false, id: ids, version: 1 });
});

it("keeps a draft that cannot be saved, and continues with the others", async () => {
  const drafts = draftsOf(["new-a", "bad", OLD], ["new-b", "good", OLD]);
  const save = (saved: SavedVersion, text: SnippetContent): SaveResult =>
    text.files[0]?.content === "bad" ? { kind: "offline" } : accept(saved, text);
  expect(await savedTexts(drafts, "", save)).toEqual(["good"]);
  expect(drafts.unsaved()).toEqual(["new-a"]);
});
