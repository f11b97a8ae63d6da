import { beforeEach, describe, expect, test } from "vitest";
import { isBeside, SideState } from "./side_state";

let state: SideState;

beforeEach(() => {
  state = new SideState();
  state.setAvailable("artifacts", true);
});

describe("the panel beside the terminal", () => {
  test("opens with what is offered", () => {
    state.offer("artifacts");
    expect([state.open, state.active]).toEqual([true, "artifacts"]);
  });

  test("stays closed for the run for which the user closed it", () => {
    state.offer("artifacts");
    state.close();
    state.offer("artifacts");
    expect(state.open).toBe(false);
    state.beginRun();
    state.offer("artifacts");
    expect(state.open).toBe(true);
  });

  test("keeps the tab that the user chose", () => {
    state.setAvailable("files", true);
    state.choose("files");
    state.offer("artifacts");
    expect(state.active).toBe("files");
    state.beginRun();
    state.offer("artifacts");
    expect(state.active).toBe("artifacts");
  });

  test("is not in the way where it is offered quietly", () => {
    state.offer("artifacts", true);
    expect([state.open, state.closed]).toEqual([false, false]);
    state.offer("artifacts");
    expect(state.open).toBe(true);
  });

  test("shows another tab in place of one that is gone, and closes with the last", () => {
    state.setAvailable("files", true);
    state.choose("files");
    state.setAvailable("files", false);
    expect([state.open, state.active]).toEqual([true, "artifacts"]);
    state.setAvailable("artifacts", false);
    expect([state.open, state.active]).toEqual([false, null]);
  });

  test("offers nothing that is not there", () => {
    state.offer("screen");
    state.choose("screen");
    expect([state.open, state.active]).toEqual([false, "artifacts"]);
  });

  test("has its tabs in one order, whoever came first", () => {
    state.setAvailable("files", true);
    state.setAvailable("screen", true);
    expect(state.tabs).toEqual(["screen", "artifacts", "files"]);
  });
});

test("it is beside the terminal where there is room for both, or little height", () => {
  expect(isBeside(1200, 900)).toBe(true);
  expect(isBeside(820, 380)).toBe(true); // a tablet, upright
  expect(isBeside(620, 700)).toBe(false); // a desktop
  expect(isBeside(820, 600)).toBe(false);
  expect(isBeside(390, 150)).toBe(false); // a phone with its keyboard
});
