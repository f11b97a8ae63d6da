import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ClassConnection, type ClassConnectionState } from "./class_connection";

const EXPELLED = 4401;
const LOST = 1006;

class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readonly sent: string[] = [];
  readonly url: string;
  readyState = FakeSocket.OPEN;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(url: URL) {
    this.url = String(url);
    FakeSocket.all.push(this);
  }

  send(data: string): void {
    this.sent.push(data);
  }

  close(): void {
    this.readyState = 3;
  }
}

let states: ClassConnectionState[];
let online: () => void;
let connection: ClassConnection;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  states = [];
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("addEventListener", (_: string, listener: () => void) => {
    online = listener;
  });
  vi.stubGlobal("location", { href: "https://site.example/classes/3/" });
  connection = new ClassConnection(3);
  connection.onDidChangeState((state) => states.push(state));
  connection.open();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function newest(): FakeSocket {
  const socket = FakeSocket.all.at(-1);
  if (!socket) throw new Error("no socket was opened");
  return socket;
}

it("is opened at once, and again when it is lost", async () => {
  expect(newest().url).toBe("wss://site.example/ws/class/3/");
  newest().onopen?.();
  newest().onclose?.({ code: LOST });
  await vi.advanceTimersByTimeAsync(10_000);
  newest().onopen?.();
  expect(FakeSocket.all).toHaveLength(2);
  expect(states).toEqual(["connected", "reconnecting", "connected"]);
});

it("is opened at once when the network is back", () => {
  newest().onclose?.({ code: LOST });
  online();
  online();
  expect(FakeSocket.all).toHaveLength(2);
});

it("stays closed for who may not be in the class any more, and for a page that has closed it", async () => {
  newest().onopen?.();
  newest().onclose?.({ code: EXPELLED });
  online();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(states).toEqual(["connected", "refused"]);
  connection = new ClassConnection(3);
  connection.open();
  connection.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.all).toHaveLength(2);
  expect(connection.send({ type: "ping", id: 1 })).toBe(false);
});

it("is lost where nobody answers its ping, and not where somebody does", async () => {
  newest().onopen?.();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(newest().sent.map((text) => JSON.parse(text).type)).toEqual(["ping"]);
  newest().onmessage?.({ data: '{"type": "pong", "id": 1}' });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(states).toEqual(["connected"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(states).toEqual(["connected", "reconnecting"]);
});
