import { expect, it } from "vitest";
import type { Tile } from "../../protocol.gen";
import { byNeed, raisedHands } from "./grid_order";

const NOW = 1000;

function tile(user: string, fields: Partial<Tile> = {}): Tile {
  const nothing = {
    browsers: 1,
    line: "",
    outcome: "",
    error: "",
    error_line: null,
    hand: "",
    hand_at: 0,
  };
  const idle = { name: "", state: "idle", since: NOW, language: "python", run: null } as const;
  return { user, ...idle, ...nothing, ...fields };
}

function order(...tiles: Tile[]): string {
  return byNeed(tiles, NOW)
    .map(({ user }) => user)
    .join(" ");
}

it("puts those first who have raised a hand, in the order of their hands", () => {
  const late = tile("ada", { hand: "Why?", hand_at: 20 });
  const early = tile("zoe", { hand: "How?", hand_at: 10, state: "offline" });
  expect(order(tile("bob", { state: "failed" }), late, early)).toBe("zoe ada bob");
  expect(raisedHands([tile("bob"), late, early]).map(({ user }) => user)).toEqual(["zoe", "ada"]);
});

it("sorts the others by what they may need", () => {
  const tiles = (["offline", "editing", "idle", "running", "queued", "failed"] as const).map(
    (state) => tile(state, { state }),
  );
  expect(order(...tiles)).toBe("failed queued running idle editing offline");
});

it("counts waiting for input as a need only when it lasts", () => {
  const fresh = tile("fresh", { state: "waiting", since: NOW - 5 });
  const long = tile("long", { state: "waiting", since: NOW - 90 });
  const queued = tile("queued", { state: "queued" });
  expect(order(fresh, queued, long)).toBe("long queued fresh");
});

it("keeps those in their place who need the same, by name", () => {
  const tiles = [tile("1", { name: "Zoe" }), tile("2", { name: "Ärni" }), tile("3")];
  expect(order(...tiles)).toBe("3 2 1");
  expect(order(...tiles.reverse())).toBe("3 2 1");
});
