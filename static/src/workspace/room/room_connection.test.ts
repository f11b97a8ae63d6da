import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RoomConnection, type RoomConnectionState } from "./room_connection";

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
let mayEnter: boolean;
let asked: number;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  states = [];
  mayEnter = true;
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

async function open(): Promise<FakeSocket> {
  const connection = new RoomConnection({
    room: 1,
    ticket: async () => "",
    mayEnter: async () => {
      asked += 1;
      return mayEnter;
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
  mayEnter = false;
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
  mayEnter = false;
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
