import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { OpenFailure } from "../../common/way/way_text";
import { PolledSocket } from "./polled_socket";

interface Asked {
  readonly kind: string;
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;
  answer(status: number, body?: unknown): void;
  fail(): void;
}

let asked: Asked[] = [];

beforeEach(() => {
  asked = [];
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", { CONNECTING: 0, OPEN: 1, CLOSED: 3 });
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    return new Promise<Response>((resolve, reject) => {
      init.signal?.addEventListener("abort", () => reject(new Error("aborted")));
      asked.push({
        kind: url.split("/").at(-2) ?? "",
        body: JSON.parse(String(init.body)),
        headers: init.headers as Record<string, string>,
        answer: (status, body = {}) => resolve(response(status, body)),
        fail: () => reject(new TypeError("network")),
      });
    });
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function response(status: number, body: unknown): Response {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return new Response(text, { status });
}

async function settle(milliseconds = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

function last(kind: string): Asked {
  const found = asked.filter((one) => one.kind === kind).at(-1);
  if (!found) throw new Error(`no ${kind}`);
  return found;
}

function make() {
  const socket = new PolledSocket(() => "token");
  const got: unknown[] = [];
  const ends: string[] = [];
  const failures: OpenFailure[] = [];
  socket.onmessage = ({ data }) => got.push(data);
  socket.onclose = () => ends.push("closed");
  socket.onfail = (failure) => failures.push(failure);
  return { socket, got, ends, failures };
}

async function opened() {
  const made = make();
  last("open").answer(200, { socket: "name" });
  await settle();
  return made;
}

it("opens with the token of the page, and polls", async () => {
  const { socket } = await opened();
  expect(last("open").headers["X-CSRFToken"]).toBe("token");
  expect(last("poll").body).toEqual({ socket: "name", received: 0 });
  expect(socket.readyState).toBe(1);
});

it("gives frames on once and in order, as a WebSocket does", async () => {
  const { got } = await opened();
  last("poll").answer(200, { first: 1, frames: ["t{}", "bAP8="], closed: null });
  await settle();
  expect(last("poll").body.received).toBe(2);
  last("poll").answer(200, { first: 2, frames: ["bAP8=", "tagain"], closed: null });
  await settle();
  expect(got[0]).toBe("{}");
  expect([...new Uint8Array(got[1] as ArrayBuffer)]).toEqual([0, 255]);
  expect(got[2]).toBe("again");
  expect(got).toHaveLength(3);
});

it("sends one request at a time, with all that was said meanwhile", async () => {
  const { socket } = await opened();
  socket.send("a");
  socket.send("b");
  socket.send("c");
  expect(last("send").body).toEqual({ socket: "name", seq: 1, messages: ["a"] });
  last("send").answer(200, { seq: 1 });
  await settle();
  expect(last("send").body).toEqual({ socket: "name", seq: 2, messages: ["b", "c"] });
});

it.each(["a lost answer", "a busy server", "an answer that is no JSON"])(
  "repeats a request after %s, with the same number",
  async (fault) => {
    const { socket, ends } = await opened();
    socket.send("a");
    const first = last("send");
    if (fault === "a lost answer") first.fail();
    else first.answer(fault === "a busy server" ? 503 : 200, "<html>");
    await settle(300);
    expect(last("send")).not.toBe(first);
    expect(last("send").body).toEqual(first.body);
    last("send").answer(200, { seq: 1 });
    await settle();
    expect(ends).toEqual([]);
  },
);

it("ends when the server does not know it any more", async () => {
  const { socket, ends } = await opened();
  last("poll").answer(404, { reason_code: "terminal_gone" });
  await settle();
  expect(ends).toEqual(["closed"]);
  expect(socket.readyState).toBe(3);
});

it("ends when nothing answers for long, once", async () => {
  const { socket, ends } = await opened();
  socket.send("a");
  for (let time = 0; time < 60; time += 1) {
    for (const one of asked) one.fail();
    await settle(500);
  }
  expect(ends).toEqual(["closed"]);
});

it("ends when the server says so, after the last frame", async () => {
  const { got, ends } = await opened();
  last("poll").answer(200, { first: 1, frames: ["tlast"], closed: 1008 });
  await settle();
  expect(got).toEqual(["last"]);
  expect(ends).toEqual(["closed"]);
});

it("tells the server that it is closed, and nothing to the page", async () => {
  const { socket, ends } = await opened();
  socket.close();
  await settle();
  expect(last("close").body).toEqual({ socket: "name" });
  expect(ends).toEqual([]);
});

it("splits what is too much for one request", async () => {
  const { socket } = await opened();
  socket.send("first");
  for (let number = 0; number < 100; number += 1) socket.send(`m${number}`);
  for (const _ of [1, 2]) socket.send("x".repeat(200_000));
  const sizes: number[] = [];
  for (let request = 0; request < 6; request += 1) {
    last("send").answer(200, { seq: request + 1 });
    await settle();
    sizes.push((last("send").body.messages as string[]).length);
  }
  expect(sizes.slice(0, 4)).toEqual([64, 37, 1, 1]);
});

it.each<[string, number, unknown, OpenFailure["kind"]]>([
  ["the site refuses", 403, { reason_code: "wrong_host", error: {} }, "refused"],
  ["the site is busy", 503, { reason_code: "server_busy", error: {} }, "unavailable"],
  ["the proxy finds no server", 502, "<html>", "unavailable"],
  ["a filter answers", 403, "<html>Blocked", "intercepted"],
  ["a filter answers as if all were well", 200, "<html>Blocked", "intercepted"],
  ["a filter answers in JSON", 200, { blocked: true }, "intercepted"],
  ["a proxy knows no such path", 404, "Not Found", "intercepted"],
])("tells apart: %s", async (_, status, body, kind) => {
  const { failures, ends } = make();
  last("open").answer(status, body);
  await settle();
  expect(failures.map((failure) => failure.kind)).toEqual([kind]);
  expect(ends).toEqual(["closed"]);
});

it("says that nothing answers", async () => {
  const { failures } = make();
  await settle(9000);
  expect(failures).toEqual([{ kind: "unreachable" }]);
});
