import type { MemberState, Tile } from "../../protocol.gen";

/** Who needs help first: lower comes earlier. */
const NEED: Readonly<Record<MemberState, number>> = {
  failed: 1,
  waiting: 2,
  queued: 3,
  running: 4,
  idle: 5,
  editing: 6,
  offline: 7,
};
const HAND = 0;
/** A program that waits for so long may wait for somebody who does not know what to type. */
const LONG_WAIT_SECONDS = 60;

/** Tiles by who needs help: raised hands first, in the order in which they were raised. */
export function byNeed(tiles: Iterable<Tile>, now: number): Tile[] {
  return [...tiles].sort(
    (one, other) =>
      need(one, now) - need(other, now) ||
      (one.hand && other.hand ? one.hand_at - other.hand_at : 0) ||
      name(one).localeCompare(name(other)) ||
      one.user.localeCompare(other.user),
  );
}

/** Raised hands, the first one first. */
export function raisedHands(tiles: Iterable<Tile>): Tile[] {
  return [...tiles]
    .filter(({ hand }) => hand !== "")
    .sort((one, other) => one.hand_at - other.hand_at || one.user.localeCompare(other.user));
}

function need(tile: Tile, now: number): number {
  if (tile.hand) return HAND;
  // A short wait is how programs with questions are used.
  if (tile.state === "waiting" && now - tile.since < LONG_WAIT_SECONDS) return NEED.running;
  return NEED[tile.state];
}

export function name(tile: Tile): string {
  return tile.name || tile.user;
}
