import { expect, it } from "vitest";
import { PlaceHistory } from "./place_history";

const place = (path: string, from: number) => ({ path, from, to: from });

it("gives the newest place first, and each one once", () => {
  const places = new PlaceHistory();
  places.add(place("a.py", 1));
  places.add(place("b.py", 2));
  const paths = ["a.py", "b.py"];
  expect([1, 2, 3].map(() => places.takeLast(paths)?.from)).toEqual([2, 1, undefined]);
});

it("leaves out files that are no longer there", () => {
  const places = new PlaceHistory();
  places.add(place("a.py", 1));
  places.add(place("gone.py", 2));
  expect(places.takeLast(["a.py"])).toEqual(place("a.py", 1));
});

it("is bounded", () => {
  const places = new PlaceHistory();
  for (let from = 0; from < 60; from += 1) places.add(place("a.py", from));
  let count = 0;
  while (places.takeLast(["a.py"])) count += 1;
  expect(count).toBe(50);
});
