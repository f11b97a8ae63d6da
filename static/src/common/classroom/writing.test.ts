import { describe, expect, it } from "vitest";
import type { Played, Writing } from "../../protocol.gen";
import { WritingPlayback } from "./writing_playback";
import { difference, WritingRecorder } from "./writing_recorder";

function replay(edits: readonly { at: number; removed: number; text: string }[]): string {
  return edits.reduce(
    (text, edit) => text.slice(0, edit.at) + edit.text + text.slice(edit.at + edit.removed),
    "",
  );
}

describe("difference", () => {
  it.each([
    ["", "abc"],
    ["abc", ""],
    ["abab", "ab"],
    ["a😀b", "a😁b"],
    ["😀", "😀😀"],
    ["x😀", "x"],
  ])("leads from %j to %j", (before, after) => {
    const { at, removed, text } = difference(before, after);
    expect(before.slice(0, at) + text + before.slice(at + removed)).toBe(after);
    expect(() => encodeURIComponent(text)).not.toThrow(); // as it does at half a character
    expect(() => encodeURIComponent(before.slice(0, at))).not.toThrow();
  });
});

describe("WritingRecorder", () => {
  it("joins what is typed on, and nothing else", () => {
    const recorder = new WritingRecorder(1000);
    recorder.open("main.py", "x\n", 1000);
    for (const [text, now] of [
      ["xa\n", 1100],
      ["xab\n", 1200],
      ["xabc\n", 9000],
    ] as const) {
      recorder.changed("main.py", text, now);
    }
    expect(recorder.next(9)).toMatchObject([
      { kind: "open", text: "x\n", ms: 0 },
      { kind: "type", text: "ab", at: 1, ms: 100 },
      { kind: "type", text: "c", at: 3, ms: 8000 },
    ]);
    expect(replay(recorder.next(9))).toBe("xabc\n");
  });

  it("says that many characters at once were not typed", () => {
    const recorder = new WritingRecorder(0);
    recorder.changed("a", "", 0);
    recorder.changed("a", "y".repeat(30), 1);
    expect(recorder.next(9)[1]).toMatchObject({ kind: "paste" });
  });

  it("keeps edits until they are sent, and joins nothing to what is on its way", () => {
    const recorder = new WritingRecorder(0);
    recorder.open("a", "", 0);
    recorder.changed("a", "1", 1);
    recorder.seal();
    recorder.changed("a", "12", 2);
    expect(recorder.next(9)).toHaveLength(3);
    recorder.sent(2);
    expect(recorder.next(9)).toMatchObject([{ text: "2" }]);
    expect(recorder.isEmpty).toBe(false);
  });
});

describe("WritingPlayback", () => {
  const edit = (ms: number, at: number, text: string, removed = 0): Played => ({
    ms,
    path: "main.py",
    at,
    removed,
    text,
    mark: "",
  });
  const paste = { ms: 90_000, path: "main.py", characters: 300, outside: true, begins: "b" };
  const writing: Writing = {
    started_at: 0,
    until: 99_000,
    main: "main.py",
    edits: [edit(0, 0, "a\n"), edit(500, 2, "b\n"), edit(90_000, 0, "c", 1)],
    pastes: [paste],
  };

  it("shortens pauses and seeks both ways", () => {
    const playback = new WritingPlayback(writing);
    expect(playback.duration).toBe(2500);
    playback.seek(2500);
    expect(playback.shown).toEqual({ path: "main.py", text: "c\nb\n", line: 1 });
    playback.seek(500);
    expect(playback.shown).toEqual({ path: "main.py", text: "a\nb\n", line: 3 });
    expect(playback.momentOf(paste)).toBe(2500);
  });

  it("plays nothing of a writing without edits", () => {
    const playback = new WritingPlayback({ ...writing, edits: [], pastes: [] });
    playback.seek(10);
    expect(playback.shown.text).toBe("");
  });
});
