import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SERVER_MESSAGE_FIELDS } from "../../protocol.gen";
import { decode, decodeOutput, encode, ProtocolError } from "./message_codec";

const EXAMPLES = new URL("../../../../tests/runner/protocol/examples/", import.meta.url);
const examples = readdirSync(EXAMPLES).map((file) => {
  const text = readFileSync(new URL(file, EXAMPLES), "utf8");
  return { name: file.replace(".json", ""), text, value: JSON.parse(text) };
});
const serverTypes = Object.keys(SERVER_MESSAGE_FIELDS);
const fromServer = examples.filter(({ value }) => serverTypes.includes(value.type));
const fromBrowser = examples.filter(({ value }) => !serverTypes.includes(value.type));

describe("the examples both languages share", () => {
  it.each(fromServer)("decodes $name", ({ text, value }) => {
    expect(decode(text)).toEqual(value);
  });

  it.each(fromBrowser)("encodes $name", ({ value }) => {
    expect(JSON.parse(encode(value))).toEqual(value);
  });

  it("has one for every message of the server", () => {
    expect(new Set(fromServer.map(({ value }) => value.type))).toEqual(new Set(serverTypes));
  });
});

describe("what the page does not understand", () => {
  it.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["nothing", "null"],
    ["no type", "{}"],
    ["a browser's message", '{"type":"stop"}'],
    ["an unknown type", '{"type":"toString"}'],
    ["a field that is missing", '{"type":"input_ack"}'],
    ["a field of another type", '{"type":"input_ack","seq":"1"}'],
    ["a list for an object", '{"type":"started","run":"r","language":"python","limits":[]}'],
    ["an unknown code", '{"type":"error","code":"odd","message":"","run":null}'],
  ])("refuses %s", (_name, text) => {
    expect(() => decode(text)).toThrow(ProtocolError);
  });

  it("takes an end from a server that has no codes yet", () => {
    const exit = fromServer.find(({ value }) => value.type === "exit")?.value;
    const { reason_code: _code, figures: _figures, ...former } = exit;
    expect(decode(JSON.stringify(former))).toEqual(former);
    expect(() => decode(JSON.stringify({ ...exit, figures: [] }))).toThrow(ProtocolError);
  });

  it("takes an end for a reason that only a newer server gives", () => {
    const exit = fromServer.find(({ value }) => value.type === "exit")?.value;
    const newer = { ...exit, reason_code: "struck_by_lightning" };
    expect(decode(JSON.stringify(newer))).toEqual(newer);
  });

  it("lets a newer server say more", () => {
    expect(decode('{"type":"input_ack","seq":1,"more":true}')).toMatchObject({ seq: 1 });
  });
});

function frame(offset: bigint, ...bytes: number[]): ArrayBuffer {
  const buffer = new ArrayBuffer(8 + bytes.length);
  new DataView(buffer).setBigUint64(0, offset);
  new Uint8Array(buffer, 8).set(bytes);
  return buffer;
}

describe("output", () => {
  it("is an offset and raw bytes", () => {
    const { offset, data } = decodeOutput(frame(2n ** 40n, 1, 255));
    expect([offset, [...data]]).toEqual([2 ** 40, [1, 255]]);
  });

  it.each([
    ["too short for an offset", new ArrayBuffer(7)],
    ["beyond what a number holds", frame(2n ** 60n)],
  ])("is refused when %s", (_name, buffer) => {
    expect(() => decodeOutput(buffer)).toThrow(ProtocolError);
  });
});
