import { beforeEach, expect, it } from "vitest";
import { FakeTimer } from "../../common/base/fake_timer";
import type { Replay } from "../../common/screen/replay_timeline";
import { ReplayPlayer } from "./replay_player";

const REPLAY: Replay = {
  grid: { rows: 24, cols: 80 },
  marks: [],
  events: [
    { at: 1000, kind: "output", text: "a" },
    { at: 1000, kind: "output", text: "b" },
    { at: 2000, kind: "size", grid: { rows: 30, cols: 100 } },
    { at: 3000, kind: "output", text: "c" },
  ],
  duration: 4000,
};

let timer: FakeTimer;
let shown: string[];
let player: ReplayPlayer;

beforeEach(() => {
  timer = new FakeTimer();
  shown = [];
  const screen = {
    restart: () => shown.push("restart"),
    resize: ({ rows, cols }: { rows: number; cols: number }) => shown.push(`${cols}x${rows}`),
    write: (data: Uint8Array) => shown.push(new TextDecoder().decode(data)),
  };
  player = new ReplayPlayer(REPLAY, 1, screen, timer, () => undefined);
});

it("starts on an empty screen and shows nothing too early", () => {
  player.play();
  expect([shown, player.playing]).toEqual([["restart"], true]);
});

it("shows what is between two moments in one piece, sizes in between", () => {
  player.seek(4000);
  expect(shown).toEqual(["restart", "ab", "100x30", "c"]);
});

it("goes back on an empty screen", () => {
  player.seek(4000);
  shown = [];
  player.seek(1500);
  expect(shown).toEqual(["restart", "ab"]);
  expect(player.at).toBe(1500);
});

it("begins again after its end", () => {
  player.seek(4000);
  shown = [];
  player.play();
  expect(shown).toEqual(["restart"]);
});

it("stays where it is when it pauses", () => {
  player.play();
  player.pause();
  const { at } = player;
  timer.elapse();
  expect([player.playing, player.at]).toEqual([false, at]);
});
