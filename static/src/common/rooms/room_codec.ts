import { ROOM_MESSAGE_FIELDS, type RoomServerMessage } from "../../protocol.gen";
import { knownMessage } from "../channels/known_message";

/** The binary frames of `runner/protocol/rooms/frames.py`. */
const UPDATE = 1;
const SENT_HEADER = 9;
const TOLD_HEADER = 13;

export interface ToldUpdate {
  readonly epoch: number;
  readonly seq: number;
  readonly data: Uint8Array;
}

export function encodeUpdate(
  epoch: number,
  number: number,
  data: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(SENT_HEADER + data.length);
  const view = new DataView(frame.buffer);
  view.setUint8(0, UPDATE);
  view.setUint32(1, epoch);
  view.setUint32(5, number);
  frame.set(data, SENT_HEADER);
  return frame;
}

/** Null for what a newer server sends. */
export function decodeUpdate(frame: ArrayBuffer): ToldUpdate | null {
  if (frame.byteLength < TOLD_HEADER) return null;
  const view = new DataView(frame);
  if (view.getUint8(0) !== UPDATE) return null;
  const seq = Number(view.getBigUint64(5));
  return { epoch: view.getUint32(1), seq, data: new Uint8Array(frame, TOLD_HEADER) };
}

/** A message of a room's socket; null for one that a newer server sends, or that is none. */
export function decodeRoom(text: string): RoomServerMessage | null {
  return knownMessage<RoomServerMessage>(text, ROOM_MESSAGE_FIELDS);
}
