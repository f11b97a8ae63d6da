import { beforeEach, describe, expect, it } from "vitest";
import type { Snippet } from "../../protocol.gen";
import { FakeTimer } from "../base/fake_timer";
import { Autosave, type SavedVersion, type SaveResult, type SaveState } from "./autosave";
import type { SnippetContent } from "./snippet";

const NEW: SavedVersion = { id: null, version: 0 };

function content(text: string): SnippetContent {
  const files = [{ path: "main.py", content: text }];
  return { title: "T", language: "python", main: "main.py", files };
}

function snippet(version: number, text = ""): Snippet {
  return { id: 7, version, updated_at: "", share: null, locked: [], ...content(text) };
}

/** A page and a server that only take notes. */
class FakeAutosaveHost {
  text = "";
  timer = new FakeTimer();
  requests: { saved: SavedVersion; text: string; answer(answer: SaveResult): Promise<void> }[] = [];
  states: SaveState[] = [];
  conflicts: Snippet[] = [];
  gone = 0;
  message = "";
  readonly autosave = new Autosave({
    timer: this.timer,
    random: () => 0.5,
    content: () => content(this.text),
    save: (saved, { files }) =>
      new Promise((resolve) => {
        const answer = async (given: SaveResult) => {
          resolve(given);
          await Promise.resolve();
          await Promise.resolve();
        };
        this.requests.push({ saved, text: files[0]?.content ?? "", answer });
      }),
    changed: (state, message) => {
      this.states.push(state);
      this.message = message;
    },
    saved: () => undefined,
    conflicted: (current) => this.conflicts.push(current),
    gone: () => {
      this.gone += 1;
    },
  });

  types(text: string): void {
    this.text = text;
    this.autosave.edited();
  }

  request(): (typeof this.requests)[number] {
    const request = this.requests.shift();
    if (!request) throw new Error("nothing was asked of the server");
    return request;
  }
}

let host: FakeAutosaveHost;
beforeEach(() => {
  host = new FakeAutosaveHost();
});

it("waits until typing pauses, then saves the newest text once", async () => {
  host.autosave.open({ id: 7, version: 3 }, false);
  host.types("a");
  host.types("ab");
  expect(host.requests).toEqual([]);
  host.timer.elapse();
  const request = host.request();
  expect([request.saved, request.text]).toEqual([{ id: 7, version: 3 }, "ab"]);
  await request.answer({ kind: "saved", snippet: snippet(4) });
  expect(host.autosave.saved).toEqual({ id: 7, version: 4 });
  expect(host.states.slice(-3)).toEqual(["unsaved", "saving", "saved"]);
  expect(host.requests).toEqual([]);
});

it("creates a snippet at its first edit, and changes it from then on", async () => {
  host.autosave.open(NEW, false);
  host.types("a");
  host.timer.elapse();
  await host.request().answer({ kind: "saved", snippet: snippet(1) });
  host.types("ab");
  host.timer.elapse();
  expect(host.request().saved).toEqual({ id: 7, version: 1 });
});

it("saves again what was typed while it saved", async () => {
  host.autosave.open({ id: 7, version: 1 }, false);
  host.types("a");
  host.timer.elapse();
  host.types("ab");
  host.timer.elapse();
  expect(host.requests).toHaveLength(1);
  await host.request().answer({ kind: "saved", snippet: snippet(2) });
  expect(host.autosave.state).toBe("unsaved");
  host.timer.elapse();
  expect(host.request()).toMatchObject({ saved: { version: 2 }, text: "ab" });
});

describe("without a server", () => {
  beforeEach(async () => {
    host.autosave.open({ id: 7, version: 1 }, false);
    host.types("a");
    host.timer.elapse();
    await host.request().answer({ kind: "offline" });
  });

  it("says so and tries again by itself, with the newest text", async () => {
    expect(host.autosave.state).toBe("offline");
    host.types("abc");
    expect(host.autosave.state).toBe("offline");
    host.timer.elapse();
    expect(host.request().text).toBe("abc");
  });

  it("tries at once when the network is back, and says nothing until that succeeds", async () => {
    host.autosave.retryNow();
    expect(host.autosave.state).toBe("offline");
    await host.request().answer({ kind: "saved", snippet: snippet(2) });
    expect(host.autosave.state).toBe("saved");
  });
});

it("keeps the text when the session has run out, and goes on after signing in", async () => {
  host.autosave.open({ id: 7, version: 1 }, true);
  host.timer.elapse();
  await host.request().answer({ kind: "signed_out" });
  expect(host.autosave.state).toBe("signed_out");
  host.types("typed meanwhile");
  host.autosave.retryNow();
  const request = host.request();
  expect(request.text).toBe("typed meanwhile");
  await request.answer({ kind: "saved", snippet: snippet(2) });
  expect(host.autosave.clean).toBe(true);
});

it("waits for the save that is under way, as who asks for another needs its number", async () => {
  host.autosave.open(NEW, true);
  host.timer.elapse();
  const asked = host.autosave.saveNow();
  await host.request().answer({ kind: "saved", snippet: snippet(1) });
  expect(await asked).toBe(7);
  expect(host.requests).toEqual([]);
});

describe("a conflict", () => {
  beforeEach(async () => {
    host.autosave.open({ id: 7, version: 1 }, false);
    host.types("mine");
    host.timer.elapse();
    await host.request().answer({ kind: "conflict", current: snippet(5, "theirs") });
  });

  it("is told, and nothing is saved until somebody decides", () => {
    expect(host.conflicts).toMatchObject([{ version: 5 }]);
    host.types("mine, more");
    host.timer.elapse();
    expect(host.requests).toEqual([]);
    expect(host.autosave.state).toBe("conflict");
  });

  it("ends by following upon the other's version", () => {
    host.autosave.resolveConflict({ id: 7, version: 5 }, true);
    expect(host.request()).toMatchObject({ saved: { version: 5 }, text: "mine" });
  });
});

it("saves as a new snippet what was deleted elsewhere", async () => {
  host.autosave.open({ id: 7, version: 1 }, true);
  host.timer.elapse();
  await host.request().answer({ kind: "gone" });
  expect(host.gone).toBe(1);
  expect(host.request().saved).toEqual(NEW);
});

it("says why the server refuses, and tries again after the next edit", async () => {
  host.autosave.open({ id: 7, version: 1 }, true);
  host.timer.elapse();
  await host.request().answer({ kind: "refused", message: "Too large." });
  expect([host.autosave.state, host.message]).toEqual(["refused", "Too large."]);
  host.timer.elapse();
  expect(host.requests).toEqual([]);
  host.types("less");
  host.timer.elapse();
  expect(host.requests).toHaveLength(1);
});

it("takes no answer about a snippet that was left for another", async () => {
  host.autosave.open({ id: 7, version: 1 }, true);
  host.timer.elapse();
  const late = host.request();
  host.autosave.open({ id: 8, version: 1 }, false);
  await late.answer({ kind: "saved", snippet: snippet(2) });
  expect(host.autosave.saved).toEqual({ id: 8, version: 1 });
});
