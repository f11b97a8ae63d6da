import * as Y from "yjs";
import type { Timer } from "../../common/base/timer";
import { encodeUpdate, type ToldUpdate } from "../../common/rooms/room_codec";
import type { RoomClientMessage, RoomServerMessage } from "../../protocol.gen";
import { RoomDocument } from "./room_document";
import { splitUpdate } from "./split_update";

const BATCH_MS = 50;
const BATCH_BYTES = 4096;
/** The server takes 64 KiB; what is merged stays far below. */
const MERGED_BYTES = 32 * 1024;
/** Without an answer an update is sent again: the server says nothing of some that it does not take
 * now, such as while the database is away. Twice as long each time, as it may only be slow. */
const AGAIN_MS = 10_000;
/** An input method that composes text for longer than that waits for a choice. */
const HOLD_MS = 5000;
const HELD_BYTES = 256 * 1024;

export interface SyncHost {
  readonly timer: Timer;
  send(message: RoomClientMessage): boolean;
  sendFrame(frame: Uint8Array<ArrayBuffer>): boolean;
  /** Another document takes the place of the one before. `lost`: its text had changes that the room
   * does not have. */
  renewed(document: RoomDocument, lost: string | null): void;
  /** Every update that the page knows of is in the document. */
  synced(): void;
}

/**
 * The page's copy of a room's document: sends what the user changes until the server confirms it, and
 * takes what others change. Works without a connection, and goes on where it was.
 */
export class RoomSync {
  readonly #host: SyncHost;
  #document = new RoomDocument();
  #epoch = 0;
  #seq = 0;
  #number = 0;
  #online = false;
  #batch: Uint8Array[] = [];
  #batchTimer: unknown = null;
  #againTimer: unknown = null;
  #againMs = AGAIN_MS;
  #holding = false;
  #holdTimer: unknown = null;
  /** Of others, not taken yet. */
  #held: ToldUpdate[] = [];
  /** Sent and not confirmed, by their numbers. */
  readonly #unconfirmed = new Map<number, Uint8Array>();

  constructor(host: SyncHost) {
    this.#host = host;
    this.#listen();
  }

  get document(): RoomDocument {
    return this.#document;
  }

  /** Of the last update that the document has. */
  get seq(): number {
    return this.#seq;
  }

  /** Something of the user's is not known to be stored. */
  get pending(): boolean {
    return this.#batch.length > 0 || this.#unconfirmed.size > 0;
  }

  /** The text as the user sees it, if the room does not have all of it. */
  get unsent(): string | null {
    if (!this.pending) return null;
    const { files } = this.#document.program;
    return files.map(({ path, content }) => `# ${path}\n${content}`).join("\n");
  }

  /**
   * What others change is taken later, until `release`: an input method composes text at a place of
   * the browser's, which changes before it would make another one, and the text would be torn.
   */
  hold(): void {
    if (this.#holding) return;
    this.#holding = true;
    this.#holdTimer = this.#host.timer.set(() => this.release(), HOLD_MS);
  }

  release(): void {
    if (this.#holdTimer !== null) this.#host.timer.clear(this.#holdTimer);
    this.#holdTimer = null;
    this.#holding = false;
    for (const update of this.#held.splice(0)) this.take(update);
  }

  disconnected(): void {
    this.#online = false;
  }

  receive(message: RoomServerMessage): void {
    if (SAYS_WHERE.has(message.type)) this.release();
    switch (message.type) {
      case "room":
        if (this.#epoch !== 0 && message.epoch !== this.#epoch) this.#renew();
        this.#epoch = message.epoch;
        this.#host.send({ type: "sync", epoch: this.#epoch, seq: this.#seq });
        break;
      case "synced":
        this.#seq = Math.max(this.#seq, message.seq);
        this.#resume();
        this.#host.synced();
        break;
      case "confirmed":
        this.#unconfirmed.delete(message.number);
        this.#againMs = AGAIN_MS;
        this.#sendAgainLater();
        // The others' come in their order; the own ones are not sent back.
        if (message.seq === this.#seq + 1) this.#seq = message.seq;
        break;
      case "error":
        if (message.reason_code && LOST.has(message.reason_code)) this.#giveUp();
        break;
    }
  }

  take(update: ToldUpdate): void {
    const { epoch, seq, data } = update;
    if (this.#holding) {
      this.#held.push(update);
      const bytes = this.#held.reduce((sum, held) => sum + held.data.length, 0);
      if (bytes > HELD_BYTES) this.release();
      return;
    }
    if (epoch !== this.#epoch || seq <= this.#seq) return;
    this.#seq = seq;
    Y.applyUpdate(this.#document.doc, data, this);
  }

  #listen(): void {
    const { doc } = this.#document;
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === this || doc !== this.#document.doc) return;
      this.#batch.push(update);
      const bytes = this.#batch.reduce((sum, { length }) => sum + length, 0);
      if (bytes >= BATCH_BYTES) this.#flush();
      else this.#batchTimer ??= this.#host.timer.set(() => this.#flush(), BATCH_MS);
    });
  }

  #flush(): void {
    if (this.#batchTimer !== null) this.#host.timer.clear(this.#batchTimer);
    this.#batchTimer = null;
    if (!this.#online) return; // sent with the connection
    for (const update of merged(this.#batch.splice(0))) this.#sendUpdate(update);
  }

  #sendUpdate(update: Uint8Array): void {
    this.#number += 1;
    this.#unconfirmed.set(this.#number, update);
    this.#host.sendFrame(encodeUpdate(this.#epoch, this.#number, update));
    if (this.#againTimer === null) this.#sendAgainLater();
  }

  /** After a new connection. */
  #resume(): void {
    if (this.#online) return;
    this.#online = true;
    this.#sendAgain();
    this.#flush();
  }

  /** What was not confirmed, which changes nothing twice. */
  #sendAgain(): void {
    const again = [...this.#unconfirmed.values()];
    this.#unconfirmed.clear();
    for (const update of merged(again)) this.#sendUpdate(update);
  }

  #sendAgainLater(): void {
    if (this.#againTimer !== null) this.#host.timer.clear(this.#againTimer);
    this.#againTimer = null;
    if (this.#unconfirmed.size === 0) return;
    this.#againTimer = this.#host.timer.set(() => {
      this.#againTimer = null;
      this.#againMs *= 2;
      if (this.#online) this.#sendAgain();
    }, this.#againMs);
  }

  /** The server does not take the user's last changes: the room's document is taken instead. */
  #giveUp(): void {
    if (!this.pending) return;
    this.#renew();
    this.#host.send({ type: "sync", epoch: 0, seq: 0 });
  }

  #renew(): void {
    const lost = this.unsent;
    this.#batch = [];
    this.#unconfirmed.clear();
    this.#seq = 0;
    this.#online = false;
    this.#document.doc.destroy();
    this.#document = new RoomDocument();
    this.#listen();
    this.#host.renewed(this.#document, lost);
  }
}

/** What the page has by then, or that it has to begin anew. */
const SAYS_WHERE: ReadonlySet<string> = new Set(["room", "synced", "error"]);

/** Why an update was not taken. */
const LOST: ReadonlySet<string> = new Set([
  "message_too_large",
  "room_update",
  "room_full",
  "room_role",
  "room_epoch",
]);

/** As few updates as possible, none of which is large. */
function merged(updates: readonly Uint8Array[]): Uint8Array[] {
  const groups: Uint8Array[][] = [];
  let size = Number.POSITIVE_INFINITY;
  const small = updates.flatMap((one) => (one.length > MERGED_BYTES ? splitUpdate(one) : [one]));
  for (const update of small) {
    if (size + update.length > MERGED_BYTES) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(update);
    size += update.length;
  }
  return groups.map((group) => Y.mergeUpdates(group));
}
