import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RoomConnection, type RoomConnectionState } from "./room_connection";
import type { Standing } from "./tickets";

const ROOM = JSON.stringify({
  type: "room", id: 1, page: "p", user: "ann", name: "Ann", role: "editor", guest: false,
  epoch: 1, seq: 1, now: 0,
}); // biome-ignore format: one message
const EXPELLED = 4401;
const FULL = 4409;
const LOST = 1006;

class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = FakeSocket.OPEN;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor() {
    FakeSocket.all.push(this);
  }

  send(): void {}

  close(): void {
    this.readyState = 3;
  }
}

let states: RoomConnectionState[];
let standing: Standing;
let asked: number;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  states = [];
  standing = "in";
  asked = 0;
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("location", { href: "http://localhost/rooms/1/" });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

let connection: RoomConnection;

async function open(): Promise<FakeSocket> {
  connection = new RoomConnection({
    room: 1,
    user: "ann",
    ticket: async () => "",
    standing: async () => {
      asked += 1;
      return standing;
    },
  });
  connection.onDidChangeState((state) => states.push(state));
  await connection.open();
  return newest();
}

function newest(): FakeSocket {
  const socket = FakeSocket.all.at(-1);
  if (!socket) throw new Error("no socket was opened");
  return socket;
}

function join(socket: FakeSocket): void {
  socket.onopen?.();
  socket.onmessage?.({ data: ROOM });
}

async function close(socket: FakeSocket, code: number): Promise<void> {
  socket.onclose?.({ code });
  await vi.advanceTimersByTimeAsync(0);
}

async function comeBack(): Promise<FakeSocket> {
  const before = FakeSocket.all.length;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(FakeSocket.all.length).toBeGreaterThan(before);
  return newest();
}

it("is connected once the server has let the page in", async () => {
  const socket = await open();
  socket.onopen?.();
  expect(states).toEqual([]);
  socket.onmessage?.({ data: ROOM });
  expect(states).toEqual(["connected"]);
});

it("comes back after a connection that is lost, without asking", async () => {
  join(await open());
  await close(newest(), LOST);
  join(await comeBack());
  expect(states).toEqual(["connected", "reconnecting", "connected"]);
  expect(asked).toBe(0);
});

it("stays away where the server says that the user is not in the room", async () => {
  join(await open());
  standing = "out";
  await close(newest(), EXPELLED);
  const before = FakeSocket.all.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(states.at(-1)).toBe("refused");
  expect(FakeSocket.all).toHaveLength(before);
});

it("comes back in another role though the network is away meanwhile", async () => {
  join(await open());
  await close(newest(), EXPELLED);
  await close(await comeBack(), LOST);
  await close(await comeBack(), LOST);
  join(await comeBack());
  expect(states.at(-1)).toBe("connected");
  expect(states).not.toContain("refused");
});

it("says so where it is refused from the beginning", async () => {
  standing = "out";
  await close(await open(), LOST);
  expect(states).toEqual(["reconnecting", "refused"]);
});

it("waits for a place in a room that is full, ever longer", async () => {
  const waits: number[] = [];
  let socket = await open();
  for (let time = 0; time < 5; time += 1) {
    socket.onopen?.();
    const [before, at] = [FakeSocket.all.length, Date.now()];
    await close(socket, FULL);
    while (FakeSocket.all.length === before) await vi.advanceTimersByTimeAsync(100);
    waits.push(Date.now() - at);
    socket = newest();
  }
  expect(new Set(states)).toEqual(new Set(["full"]));
  expect(waits.at(-1)).toBeGreaterThan(2 * (waits[0] ?? 0));
});

it.each([
  ["signed in again", "signed_out"],
  ["when the room is open again", "closed"],
] as const)("comes back when somebody looks at the page %s", async (_when, away) => {
  join(await open());
  standing = away;
  await close(newest(), EXPELLED);
  expect(states.at(-1)).toBe(away);
  const before = FakeSocket.all.length;
  await connection.comeBack(); // not yet
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.all).toHaveLength(before);
  standing = "in";
  await connection.comeBack();
  await vi.advanceTimersByTimeAsync(0);
  join(newest());
  expect(states.slice(-2)).toEqual(["reconnecting", "connected"]);
  await connection.comeBack();
  expect(FakeSocket.all).toHaveLength(before + 1);
});

it("is not in the room as somebody else", async () => {
  join(await open());
  await close(newest(), LOST);
  const socket = await comeBack();
  const received: string[] = [];
  connection.onDidReceive(({ type }) => received.push(type));
  socket.onopen?.();
  socket.onmessage?.({ data: ROOM.replace('"ann"', '"bob"') });
  expect(received).toEqual([]); // else the page would send what Ann has written
  expect(states.at(-1)).toBe("other");
  expect(socket.readyState).toBe(3);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(newest()).toBe(socket);
});
