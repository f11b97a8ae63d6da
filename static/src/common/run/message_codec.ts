import type { ClientMessage, ServerMessage } from "../../protocol.gen";
import { ERROR_CODES, OUTCOMES, RUN_STATUSES, SERVER_MESSAGE_FIELDS } from "../../protocol.gen";

/** A message from the server that this page does not support. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

/** For the default case of a switch: does not compile if a case is missing. */
export function assertNever(value: never): never {
  throw new ProtocolError(`unexpected ${JSON.stringify(value)}`);
}

export function encode(message: ClientMessage): string {
  return JSON.stringify(message);
}

/** Checks the fields that the page knows. Unknown fields are ignored: the server may be newer. */
export function decode(text: string): ServerMessage {
  const value = parsed(text);
  const type = value.type;
  if (typeof type !== "string" || !Object.hasOwn(SERVER_MESSAGE_FIELDS, type)) {
    throw new ProtocolError(`unknown message ${String(type)}`);
  }
  const fields = SERVER_MESSAGE_FIELDS[type as ServerMessage["type"]];
  for (const [name, kinds] of Object.entries(fields)) {
    if (!kinds.includes(kindOf(value[name]))) {
      throw new ProtocolError(`${type}.${name} is ${kindOf(value[name])}`);
    }
  }
  const message = value as unknown as ServerMessage;
  checkNames(message);
  return message;
}

function parsed(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ProtocolError("not JSON", { cause: error });
  }
  if (kindOf(value) !== "object") throw new ProtocolError("not an object");
  return value as Record<string, unknown>;
}

function kindOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

function checkNames(message: ServerMessage): void {
  switch (message.type) {
    case "attached":
      checkName("status", message.status, RUN_STATUSES);
      break;
    case "exit":
      checkName("outcome", message.outcome, OUTCOMES);
      break;
    case "error":
      checkName("code", message.code, ERROR_CODES);
      break;
  }
}

function checkName(field: string, name: string, known: readonly string[]): void {
  if (!known.includes(name)) throw new ProtocolError(`unknown ${field} ${name}`);
}

const OFFSET_BYTES = 8;
const LAST_CHANNEL = 2;

export interface OutputFrame {
  /** Absent: the terminal. */
  readonly channel?: number;
  readonly offset: number;
  readonly data: Uint8Array;
}

export function decodeOutput(frame: ArrayBuffer): OutputFrame {
  if (frame.byteLength < OFFSET_BYTES) throw new ProtocolError("output without an offset");
  const view = new DataView(frame);
  const channel = view.getUint8(0);
  if (channel > LAST_CHANNEL) throw new ProtocolError(`unknown channel ${channel}`);
  const offset = BigInt.asUintN(56, view.getBigUint64(0));
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) throw new ProtocolError("offset out of range");
  const data = new Uint8Array(frame, OFFSET_BYTES);
  return { offset: Number(offset), data, ...(channel > 0 && { channel }) };
}
