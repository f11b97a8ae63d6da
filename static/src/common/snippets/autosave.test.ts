import { beforeEach, describe, expect, it } from "vitest";
import { FakeTimer } from "../base/fake_timer";
import { Autosave, type SaveAnswer, type Saved, type SaveState } from "./autosave";
import type { Snippet, SnippetContent } from "./snippet";

const NEW: Saved = { id: null, version: 0 };

function content(text: string): SnippetContent {
  const files = [{ path: "main.py", content: text }];
  return { title: "T", language: "python", main: "main.py", files };
}

function snippet(version: number, text = ""): Snippet {
  return { id: 7, version, updated_at: "", share: null, ...content(text) };
}

/** A page and a server that only take notes. */
class FakeDesk {
  text = "";
  timer = new FakeTimer();
  requests: { saved: Saved; text: string; answer(answer: SaveAnswer): Promise<void> }[] = [];
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
        const answer = async (given: SaveAnswer) => {
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

let desk: FakeDesk;
beforeEach(() => {
  desk = new FakeDesk();
});

it("waits until typing pauses, then saves the newest text once", async () => {
  desk.autosave.open({ id: 7, version: 3 }, false);
  desk.types("a");
  desk.types("ab");
  expect(desk.requests).toEqual([]);
  desk.timer.elapse();
  const request = desk.request();
  expect([request.saved, request.text]).toEqual([{ id: 7, version: 3 }, "ab"]);
  await request.answer({ kind: "saved", snippet: snippet(4) });
  expect(desk.autosave.saved).toEqual({ id: 7, version: 4 });
  expect(desk.states.slice(-3)).toEqual(["unsaved", "saving", "saved"]);
  expect(desk.requests).toEqual([]);
});

it("creates a snippet at its first edit, and changes it from then on", async () => {
  desk.autosave.open(NEW, false);
  desk.types("a");
  desk.timer.elapse();
  await desk.request().answer({ kind: "saved", snippet: snippet(1) });
  desk.types("ab");
  desk.timer.elapse();
  expect(desk.request().saved).toEqual({ id: 7, version: 1 });
});

it("saves again what was typed while it saved", async () => {
  desk.autosave.open({ id: 7, version: 1 }, false);
  desk.types("a");
  desk.timer.elapse();
  desk.types("ab");
  desk.timer.elapse();
  expect(desk.requests).toHaveLength(1);
  await desk.request().answer({ kind: "saved", snippet: snippet(2) });
  expect(desk.autosave.state).toBe("unsaved");
  desk.timer.elapse();
  expect(desk.request()).toMatchObject({ saved: { version: 2 }, text: "ab" });
});

describe("without a server", () => {
  beforeEach(async () => {
    desk.autosave.open({ id: 7, version: 1 }, false);
    desk.types("a");
    desk.timer.elapse();
    await desk.request().answer({ kind: "offline" });
  });

  it("says so and tries again by itself, with the newest text", async () => {
    expect(desk.autosave.state).toBe("offline");
    desk.types("abc");
    expect(desk.autosave.state).toBe("offline");
    desk.timer.elapse();
    expect(desk.request().text).toBe("abc");
  });

  it("tries at once when the network is back, and says nothing until that succeeds", async () => {
    desk.autosave.wake();
    expect(desk.autosave.state).toBe("offline");
    await desk.request().answer({ kind: "saved", snippet: snippet(2) });
    expect(desk.autosave.state).toBe("saved");
  });
});

it("keeps the text when the session has run out, and goes on after signing in", async () => {
  desk.autosave.open({ id: 7, version: 1 }, true);
  desk.timer.elapse();
  await desk.request().answer({ kind: "signed_out" });
  expect(desk.autosave.state).toBe("signed_out");
  desk.types("typed meanwhile");
  desk.autosave.wake();
  const request = desk.request();
  expect(request.text).toBe("typed meanwhile");
  await request.answer({ kind: "saved", snippet: snippet(2) });
  expect(desk.autosave.clean).toBe(true);
});

it("waits for the save that is under way, as who asks for another needs its number", async () => {
  desk.autosave.open(NEW, true);
  desk.timer.elapse();
  const asked = desk.autosave.saveNow();
  await desk.request().answer({ kind: "saved", snippet: snippet(1) });
  expect(await asked).toBe(7);
  expect(desk.requests).toEqual([]);
});

describe("a conflict", () => {
  beforeEach(async () => {
    desk.autosave.open({ id: 7, version: 1 }, false);
    desk.types("mine");
    desk.timer.elapse();
    await desk.request().answer({ kind: "conflict", current: snippet(5, "theirs") });
  });

  it("is told, and nothing is saved until somebody decides", () => {
    expect(desk.conflicts).toMatchObject([{ version: 5 }]);
    desk.types("mine, more");
    desk.timer.elapse();
    expect(desk.requests).toEqual([]);
    expect(desk.autosave.state).toBe("conflict");
  });

  it("ends by following upon the other's version", () => {
    desk.autosave.settle({ id: 7, version: 5 }, true);
    expect(desk.request()).toMatchObject({ saved: { version: 5 }, text: "mine" });
  });
});

it("saves as a new snippet what was deleted elsewhere", async () => {
  desk.autosave.open({ id: 7, version: 1 }, true);
  desk.timer.elapse();
  await desk.request().answer({ kind: "gone" });
  expect(desk.gone).toBe(1);
  expect(desk.request().saved).toEqual(NEW);
});

it("says why the server refuses, and tries again after the next edit", async () => {
  desk.autosave.open({ id: 7, version: 1 }, true);
  desk.timer.elapse();
  await desk.request().answer({ kind: "refused", message: "Too large." });
  expect([desk.autosave.state, desk.message]).toEqual(["refused", "Too large."]);
  desk.timer.elapse();
  expect(desk.requests).toEqual([]);
  desk.types("less");
  desk.timer.elapse();
  expect(desk.requests).toHaveLength(1);
});

it("takes no answer about a snippet that was left for another", async () => {
  desk.autosave.open({ id: 7, version: 1 }, true);
  desk.timer.elapse();
  const late = desk.request();
  desk.autosave.open({ id: 8, version: 1 }, false);
  await late.answer({ kind: "saved", snippet: snippet(2) });
  expect(desk.autosave.saved).toEqual({ id: 8, version: 1 });
});
