import { describe, expect, test } from "vitest";
import { ascii } from "../base/utf8";
import { DapLines, encodeRequest, LINE_BYTES } from "./dap_lines";

const EVENT = '{"type": "event", "event": "stopped"}\n';

describe("messages of a debugger", () => {
  test("come in any pieces", () => {
    const lines = new DapLines();
    const found = [...ascii(EVENT + EVENT)].flatMap((byte) => lines.feed(Uint8Array.of(byte)));
    expect(found).toEqual([
      { type: "event", event: "stopped" },
      { type: "event", event: "stopped" },
    ]);
  });

  test.each(["no JSON", "[1]", "null", '"text"', "{broken", "", "Content-Length: 5"])(
    "are not %j, which is passed over",
    (line) => {
      expect(new DapLines().feed(ascii(`${line}\n${EVENT}`))).toHaveLength(1);
    },
  );

  test("a line without an end holds no more than the longest one", () => {
    const lines = new DapLines();
    const piece = ascii("x".repeat(64 * 1024));
    for (let sent = 0; sent < 10 * LINE_BYTES; sent += piece.length) {
      expect(lines.feed(piece)).toEqual([]);
    }
    expect(lines.feed(ascii(`{"type": "event"}\n${EVENT}`))).toHaveLength(1);
  });

  test("go on behind bytes that are missing", () => {
    const lines = new DapLines();
    lines.feed(ascii('{"type": "ev'));
    lines.skip();
    expect(lines.feed(ascii(`ent"}\n${EVENT}`))).toEqual([{ type: "event", event: "stopped" }]);
  });

  test("requests have headers, and are ASCII", () => {
    const sent = String.fromCharCode(...encodeRequest({ condition: "name == 'Zoë 🎲'" }));
    const body = sent.slice(sent.indexOf("\r\n\r\n") + 4);
    expect(sent.startsWith(`Content-Length: ${body.length}\r\n\r\n`)).toBe(true);
    expect(body).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(body)).toEqual({ condition: "name == 'Zoë 🎲'" });
  });
});
