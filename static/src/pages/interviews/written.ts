import * as Y from "yjs";
import { type DocumentFile, documentFiles } from "../../common/rooms/document_files";
import type { PastUpdate } from "../../common/rooms/past_codec";

/** Inserted at once, and longer than anybody types between two updates. */
const PASTE_CHARACTERS = 200;
const CHECKPOINT_UPDATES = 500;

export interface Pasted {
  /** Of the update. */
  readonly index: number;
  readonly name: string;
  readonly characters: number;
  readonly begins: string;
}

interface Checkpoint {
  readonly count: number;
  readonly epoch: number;
  readonly state: Uint8Array;
}

/** The document of a room as it was after any number of its updates. */
export class Written {
  readonly updates: readonly PastUpdate[];
  /** What was inserted at once, by whom. */
  readonly pastes: Pasted[] = [];
  readonly #checkpoints: Checkpoint[] = [];
  #doc = new Y.Doc();
  #epoch = 0;
  #count = 0;
  /** The key of the file that was changed last. */
  #changed = "";
  #at = 0;

  constructor(updates: readonly PastUpdate[]) {
    this.updates = updates;
    this.#begin(0, null);
    this.go(updates.length);
  }

  get files(): readonly DocumentFile[] {
    return documentFiles(this.#doc.getMap("files").toJSON());
  }

  /** The key of the file that was changed last, the offset of that change, and who made it. */
  get change(): { readonly key: string; readonly at: number; readonly name: string } {
    const name = this.updates[this.#count - 1]?.name ?? "";
    return { key: this.#changed, at: this.#at, name };
  }

  go(count: number): void {
    if (count < this.#count) this.#goBack(count);
    while (this.#count < count) this.#apply();
  }

  #apply(): void {
    const update = this.updates[this.#count];
    if (!update) return;
    if (update.epoch !== this.#epoch) this.#begin(update.epoch, null);
    this.#count += 1;
    Y.applyUpdate(this.#doc, update.data);
    const last = this.#checkpoints.at(-1)?.count ?? 0;
    if (this.#count - last < CHECKPOINT_UPDATES) return;
    const state = Y.encodeStateAsUpdate(this.#doc);
    this.#checkpoints.push({ count: this.#count, epoch: this.#epoch, state });
  }

  #goBack(count: number): void {
    const found = this.#checkpoints.filter((one) => one.count <= count).at(-1);
    this.#begin(found?.epoch ?? 0, found?.state ?? null);
    this.#count = found?.count ?? 0;
  }

  #begin(epoch: number, state: Uint8Array | null): void {
    this.#doc.destroy();
    this.#doc = new Y.Doc();
    this.#epoch = epoch;
    this.#changed = "";
    if (state) Y.applyUpdate(this.#doc, state);
    const files = this.#doc.getMap("files");
    files.observeDeep((events) => {
      for (const event of events) this.#note(event);
    });
  }

  #note(event: Y.YEvent<Y.AbstractType<unknown>>): void {
    const key = event.path[0];
    if (typeof key === "string") this.#changed = key;
    if (!(event.target instanceof Y.Text)) return;
    let at = 0;
    for (const { retain, insert } of event.delta) {
      at += retain ?? 0;
      if (typeof insert !== "string") continue;
      at += insert.length;
      this.#notePaste(insert);
    }
    this.#at = at;
  }

  #notePaste(text: string): void {
    const [index, last] = [this.#count - 1, this.pastes.at(-1)?.index ?? -1];
    const name = this.updates[index]?.name ?? "";
    if (text.length <= PASTE_CHARACTERS || !name || index <= last) return;
    this.pastes.push({ index, name, characters: text.length, begins: text.slice(0, 80) });
  }
}
