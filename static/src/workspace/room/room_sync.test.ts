import { beforeEach, expect, it } from "vitest";
import * as Y from "yjs";
import { FakeTimer } from "../../common/base/fake_timer";
import type { RoomClientMessage, RoomServerMessage } from "../../protocol.gen";
import type { RoomDocument } from "./room_document";
import { RoomSync } from "./room_sync";

const HEADER = 9;

/** The page's side, with all that it has sent. */
class Page {
  readonly timer = new FakeTimer();
  readonly sent: RoomClientMessage[] = [];
  readonly frames: Uint8Array[] = [];
  readonly renewed: (string | null)[] = [];
  readonly sync = new RoomSync({
    timer: this.timer,
    send: (message) => this.sent.push(message) > 0,
    sendFrame: (frame) => this.frames.push(frame) > 0,
    renewed: (_document: RoomDocument, lost) => this.renewed.push(lost),
    synced: () => undefined,
  });

  join(epoch: number, seq = 0): void {
    this.sync.receive({ type: "room", epoch, seq } as RoomServerMessage);
    this.sync.receive({ type: "synced", epoch, seq });
  }

  type(text: string): void {
    this.sync.document.doc.getText("t").insert(0, text);
    this.timer.elapse();
  }

  get updates(): Uint8Array[] {
    return this.frames.map((frame) => frame.slice(HEADER));
  }
}

let page: Page;

beforeEach(() => {
  page = new Page();
});

it("asks for what it lacks", () => {
  page.join(1, 4);
  page.sync.disconnected();
  page.join(1, 4);
  expect(page.sent).toEqual([
    { type: "sync", epoch: 1, seq: 0 },
    { type: "sync", epoch: 1, seq: 4 },
  ]);
});

it("sends what is typed at once as one update", () => {
  page.join(1);
  const text = page.sync.document.doc.getText("t");
  for (const letter of "abc") text.insert(text.length, letter);
  page.timer.elapse();
  expect(page.frames).toHaveLength(1);
  const copy = new Y.Doc();
  for (const update of page.updates) Y.applyUpdate(copy, update);
  expect(copy.getText("t").toString()).toBe("abc");
});

it("sends again what was not confirmed, and what was typed without a connection", () => {
  page.join(1);
  page.type("lost ");
  page.sync.disconnected();
  page.type("offline ");
  expect(page.frames).toHaveLength(1);
  page.join(1);
  const copy = new Y.Doc();
  for (const update of page.updates) Y.applyUpdate(copy, update);
  expect(copy.getText("t").toString()).toBe("offline lost ");
  expect(page.sync.pending).toBe(true);
});

it("sends again what was not answered, without a new connection", () => {
  page.join(1);
  page.type("refused by a server without a database");
  expect(page.frames).toHaveLength(1);
  page.timer.elapse();
  expect(page.frames).toHaveLength(2);
  expect(page.updates[1]).toEqual(page.updates[0]);
  page.sync.receive({ type: "confirmed", number: 2, seq: 1 });
  page.timer.elapse();
  expect(page.frames).toHaveLength(2);
  expect(page.sync.pending).toBe(false);
});

it("sends a long paste in pieces that the server takes", () => {
  page.join(1);
  page.type("long ".repeat(60_000));
  expect(page.frames.length).toBeGreaterThan(4);
  expect(Math.max(...page.frames.map(({ length }) => length))).toBeLessThan(64 * 1024);
  const copy = new Y.Doc();
  for (const update of page.updates) Y.applyUpdate(copy, update);
  expect(copy.getText("t").toString()).toBe("long ".repeat(60_000));
});

it("has nothing pending once all is confirmed", () => {
  page.join(1);
  page.type("a");
  page.sync.receive({ type: "confirmed", number: 1, seq: 1 });
  expect(page.sync.pending).toBe(false);
  expect(page.sync.seq).toBe(1);
});

it("does not send back what others have typed", () => {
  page.join(1);
  const other = new Y.Doc();
  other.getText("t").insert(0, "x");
  page.sync.take({ epoch: 1, seq: 1, data: Y.encodeStateAsUpdate(other) });
  page.timer.elapse();
  expect(page.sync.document.doc.getText("t").toString()).toBe("x");
  expect(page.frames).toHaveLength(0);
});

it("drops its document in a new epoch, and offers the text that would be lost", () => {
  page.join(1);
  page.type("kept nowhere else");
  page.join(2);
  expect(page.renewed).toHaveLength(1);
  expect(page.renewed[0]).not.toBeNull();
  expect(page.sync.document.doc.getText("t").toString()).toBe("");
  expect(page.sent.at(-1)).toEqual({ type: "sync", epoch: 2, seq: 0 });
});

it("takes the room's document when its own change is refused", () => {
  page.join(1);
  page.type("too much");
  const refused = { type: "error", code: "too_large", reason_code: "message_too_large" };
  page.sync.receive(refused as RoomServerMessage);
  expect(page.renewed).toHaveLength(1);
  expect(page.sync.pending).toBe(false);
});

/** A page that has others' first update, and what comes then. */
function toldBy(...texts: string[]): { epoch: number; seq: number; data: Uint8Array }[] {
  const other = new Y.Doc();
  const told: { epoch: number; seq: number; data: Uint8Array }[] = [];
  other.on("update", (data: Uint8Array) => told.push({ epoch: 1, seq: told.length + 1, data }));
  for (const text of texts) other.getText("t").insert(other.getText("t").length, text);
  return told;
}

it("takes what others write once an input method has composed its text", () => {
  const [first, second] = toldBy("a", "b");
  if (!first || !second) throw new Error("nothing was told");
  page.join(1);
  page.sync.hold();
  page.sync.take(first);
  page.sync.take(second);
  const text = () => page.sync.document.doc.getText("t").toString();
  page.sync.receive({ type: "confirmed", number: 1, seq: 3 } as RoomServerMessage);
  page.sync.receive({ type: "people", people: [] });
  expect([text(), page.sync.seq]).toEqual(["", 0]); // the own one is behind those
  page.sync.release();
  expect([text(), page.sync.seq]).toEqual(["ab", 2]);
});

it("does not wait for an input method for ever, nor for what the server says of its state", () => {
  const [first, second] = toldBy("a", "b");
  if (!first || !second) throw new Error("nothing was told");
  page.join(1);
  page.sync.hold();
  page.sync.take(first);
  page.timer.elapse();
  expect(page.sync.document.doc.getText("t").toString()).toBe("a");
  page.sync.hold();
  page.sync.take(second);
  page.sync.receive({ type: "synced", epoch: 1, seq: 2 });
  expect(page.sync.document.doc.getText("t").toString()).toBe("ab");
});
