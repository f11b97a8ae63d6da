import { expect, it } from "vitest";
import { COLOURS, colourOf, coloursOf } from "./colours";

const USERS = Array.from({ length: 40 }, (_, number) => `student-${number}`);

it("gives as many people as there are colours different ones", () => {
  for (let first = 0; first + COLOURS.length <= USERS.length; first += 1) {
    const here = USERS.slice(first, first + COLOURS.length);
    expect(new Set(coloursOf(here).values()).size).toBe(COLOURS.length);
  }
});

it("gives all pages of one user the same, and the first who came the own one", () => {
  const [ann, bob] = [USERS[0] ?? "", USERS[1] ?? ""];
  expect(coloursOf([ann, ann, bob]).size).toBe(2);
  expect(coloursOf([ann, bob]).get(ann)).toBe(colourOf(ann));
});

it("has a colour for everybody in a room of 32", () => {
  const given = coloursOf(USERS.slice(0, 32));
  expect(given.size).toBe(32);
  for (const colour of given.values()) expect(COLOURS[colour]).toBeDefined();
});
