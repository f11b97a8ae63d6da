import * as encoding from "lib0/encoding";
import * as Y from "yjs";

/** Of one piece of a text: at most 24 KiB in UTF-8. */
const PIECE_UNITS = 8192;
/** Of one piece of what was deleted: a range takes at most 10 bytes. */
const PIECE_RANGES = 2000;

type Struct = ReturnType<typeof Y.decodeUpdate>["structs"][number];
type DeleteSet = ReturnType<typeof Y.decodeUpdate>["ds"];

/**
 * An update as several that say the same when they are applied in order. What is pasted at once is one
 * update, which can be larger than the server takes.
 */
export function splitUpdate(update: Uint8Array): Uint8Array[] {
  const { structs, ds } = Y.decodeUpdate(update);
  return [...structs.flatMap(piecesOf), ...deletionsOf(ds)];
}

function piecesOf(struct: Struct): Uint8Array[] {
  if (struct instanceof Y.Skip) return [];
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) {
    return [updateOf(struct)];
  }
  const { str } = struct.content;
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < str.length; ) {
    const to = endOfPiece(str, from + PIECE_UNITS);
    pieces.push(updateOf(partOf(struct, from, str.slice(from, to))));
    from = to;
  }
  return pieces;
}

/** Not between the two halves of a character. */
function endOfPiece(text: string, wanted: number): number {
  if (wanted >= text.length) return text.length;
  const last = text.charCodeAt(wanted - 1);
  return last >= 0xd800 && last <= 0xdbff ? wanted - 1 : wanted;
}

/** As Yjs itself would divide it: each part follows the one before. */
function partOf(item: Y.Item, from: number, text: string): Y.Item {
  const { client, clock } = item.id;
  const origin = from > 0 ? Y.createID(client, clock + from - 1) : item.origin;
  const id = Y.createID(client, clock + from);
  const content = new Y.ContentString(text);
  return new Y.Item(id, null, origin, null, item.rightOrigin, item.parent, item.parentSub, content);
}

/** In the first version of the format: one client with one struct, nothing deleted. */
function updateOf(struct: Y.Item | Y.GC): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  encoding.writeVarUint(encoder.restEncoder, 1);
  encoding.writeVarUint(encoder.restEncoder, 1);
  encoder.writeClient(struct.id.client);
  encoding.writeVarUint(encoder.restEncoder, struct.id.clock);
  struct.write(encoder, 0);
  encoding.writeVarUint(encoder.restEncoder, 0);
  return encoder.toUint8Array();
}

/** No structs, and ranges of one client. */
function deletionsOf({ clients }: DeleteSet): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (const [client, ranges] of clients) {
    for (let from = 0; from < ranges.length; from += PIECE_RANGES) {
      const some = ranges.slice(from, from + PIECE_RANGES);
      const encoder = encoding.createEncoder();
      for (const number of [0, 1, client, some.length]) encoding.writeVarUint(encoder, number);
      for (const { clock, len } of some) {
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarUint(encoder, len);
      }
      pieces.push(encoding.toUint8Array(encoder));
    }
  }
  return pieces;
}
