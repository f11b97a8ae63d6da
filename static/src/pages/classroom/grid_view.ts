import { ct, lasting } from "../../common/classroom/class_text";
import { byNeed, name } from "../../common/classroom/grid_order";
import type { Tile } from "../../protocol.gen";
import { make, say } from "./elements";

/** Tiles change their places at most this often, so that a finger meets the one it aims at. */
const SORT_MS = 2000;

interface Shown {
  readonly item: HTMLElement;
  readonly open: HTMLButtonElement;
  readonly state: HTMLElement;
  readonly since: HTMLElement;
  readonly language: HTMLElement;
  readonly line: HTMLElement;
  readonly error: HTMLElement;
  readonly hand: HTMLElement;
  readonly browsers: HTMLElement;
}

/** A tile per student. Elements stay the same while tiles change: the focus is never lost. */
export class GridView {
  readonly #list: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #chosen: (user: string) => void;
  readonly #tiles = new Map<string, Tile>();
  readonly #shown = new Map<string, Shown>();
  #order: string[] = [];
  #clockBehind = 0;
  #sorting = 0;
  #filter = "";

  constructor(list: HTMLElement, empty: HTMLElement, chosen: (user: string) => void) {
    this.#list = list;
    this.#empty = empty;
    this.#chosen = chosen;
    list.addEventListener("keydown", (event) => this.#move(event));
    window.setInterval(() => this.#tick(), 1000);
  }

  /** By the server's clock, in seconds since the epoch. */
  setClock(now: number): void {
    this.#clockBehind = now - Date.now() / 1000;
  }

  get now(): number {
    return Date.now() / 1000 + this.#clockBehind;
  }

  get tiles(): ReadonlyMap<string, Tile> {
    return this.#tiles;
  }

  /** User names in the order in which they are shown. */
  get order(): readonly string[] {
    return this.#order;
  }

  update(all: boolean, tiles: readonly Tile[]): void {
    if (all) {
      const kept = new Set(tiles.map(({ user }) => user));
      for (const user of [...this.#tiles.keys()]) if (!kept.has(user)) this.#remove(user);
    }
    for (const tile of tiles) {
      this.#tiles.set(tile.user, tile);
      this.#draw(tile);
    }
    if (all) this.#sort();
    else this.#sortSoon();
    this.#showEmpty();
  }

  setFilter(text: string): void {
    this.#filter = text.trim().toLocaleLowerCase();
    for (const [user, { item }] of this.#shown) item.hidden = !this.#matches(user);
    this.#showEmpty();
  }

  focus(user: string): void {
    this.#shown.get(user)?.open.focus();
  }

  #matches(user: string): boolean {
    const tile = this.#tiles.get(user);
    const words = `${user} ${tile ? name(tile) : ""}`.toLocaleLowerCase();
    return words.includes(this.#filter);
  }

  #showEmpty(): void {
    const some = [...this.#tiles.keys()].some((user) => this.#matches(user));
    this.#empty.hidden = some;
    say(this.#empty, ct(this.#tiles.size === 0 ? "grid.none" : "grid.nobody"));
  }

  #remove(user: string): void {
    this.#shown.get(user)?.item.remove();
    this.#shown.delete(user);
    this.#tiles.delete(user);
  }

  #create(tile: Tile): Shown {
    const part = (kind: string, tag: "span" | "p" = "span") => make(tag, { class: kind });
    const label = make("bdi", { class: "tile-name", title: name(tile) }, name(tile));
    const [state, since] = [part("tile-state"), part("tile-since")];
    const [language, line] = [part("tile-language"), part("tile-line", "p")];
    const [error, hand] = [part("tile-error", "p"), part("tile-hand", "p")];
    const browsers = part("tile-browsers");
    const head = make("span", { class: "tile-head" }, label, browsers, language);
    const now = make("span", { class: "tile-now" }, state, since);
    const open = make("button", { type: "button", class: "tile" }, head, now, hand, error, line);
    open.addEventListener("click", () => this.#chosen(tile.user));
    const item = make("li", { "data-member": tile.user }, open);
    item.hidden = !this.#matches(tile.user);
    this.#list.append(item);
    return { item, open, state, since, language, line, error, hand, browsers };
  }

  #draw(tile: Tile): void {
    let shown = this.#shown.get(tile.user);
    if (!shown) {
      shown = this.#create(tile);
      this.#shown.set(tile.user, shown);
    }
    shown.item.dataset.state = tile.state;
    shown.item.dataset.hand = String(tile.hand !== "");
    say(shown.state, ct(`state.${tile.state}`));
    say(shown.language, tile.language);
    say(shown.line, tile.line);
    say(shown.hand, tile.hand ? ct("tile.hand", { text: tile.hand }) : "");
    say(shown.error, errorOf(tile));
    // They are shortened in a narrow tile.
    for (const part of [shown.hand, shown.error, shown.line]) part.title = part.textContent ?? "";
    say(shown.browsers, tile.browsers > 1 ? ct("tile.browsers", { count: tile.browsers }) : "");
    shown.open.title = ct("tile.watch", { student: name(tile) });
    this.#drawTime(tile, shown);
  }

  #drawTime({ state, since }: Tile, shown: Shown): void {
    say(shown.since, state === "offline" && since === 0 ? "" : lasting(this.now - since));
  }

  #tick(): void {
    for (const [user, shown] of this.#shown) {
      const tile = this.#tiles.get(user);
      if (tile) this.#drawTime(tile, shown);
    }
    this.#sortSoon(); // who waits for long has moved up
  }

  #sortSoon(): void {
    if (this.#sorting) return;
    this.#sorting = window.setTimeout(() => this.#sort(), SORT_MS);
  }

  #sort(): void {
    window.clearTimeout(this.#sorting);
    this.#sorting = 0;
    const order = byNeed(this.#tiles.values(), this.now).map(({ user }) => user);
    if (order.join("\n") === this.#order.join("\n")) return;
    this.#order = order;
    const focused = document.activeElement;
    let last: Element | null = null;
    for (const user of order) {
      const item: Element | undefined = this.#shown.get(user)?.item;
      if (!item) continue;
      const next: Element | null = last ? last.nextElementSibling : this.#list.firstElementChild;
      if (next !== item) this.#list.insertBefore(item, next);
      last = item;
    }
    // An element that is moved loses the focus.
    if (focused instanceof HTMLElement && this.#list.contains(focused)) focused.focus();
  }

  /** Arrow keys, Home and End go from tile to tile. */
  #move(event: KeyboardEvent): void {
    const tiles = [...this.#list.querySelectorAll<HTMLElement>("li:not([hidden]) > .tile")];
    const at = tiles.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    const columns = tiles.filter(({ offsetTop }) => offsetTop === tiles[0]?.offsetTop).length;
    const steps: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at + columns,
      ArrowUp: at - columns,
      Home: 0,
      End: tiles.length - 1,
    };
    const to = tiles[steps[event.key] ?? -1];
    if (!to) return;
    event.preventDefault();
    to.focus();
  }
}

function errorOf({ error, error_line, outcome, state }: Tile): string {
  if (state !== "failed" && !error) return "";
  if (error && error_line) return ct("error.at", { error, line: error_line });
  return error || outcome.replaceAll("_", " ");
}
