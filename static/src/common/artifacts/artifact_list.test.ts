import { beforeEach, describe, expect, test } from "vitest";
import { ArtifactList, type ListedArtifact, MOST_ARTIFACTS } from "./artifact_list";

let list: ArtifactList;

beforeEach(() => {
  list = new ArtifactList();
});

function artifact(seq: number, version = seq): ListedArtifact {
  return {
    ...{ seq, version, kind: "picture", name: `figure-${seq}.png`, mime: "image/png" },
    ...{ bytes: 9, width: 1, height: 1, url: `/artifacts/${version}/`, toldAt: 0 },
  };
}

function seqs(): number[] {
  return list.items.map(({ seq }) => seq);
}

describe("what a run has shown", () => {
  test("follows the newest while that is looked at", () => {
    expect(list.put(artifact(1))).toBe("added");
    list.put(artifact(2));
    expect(list.current?.seq).toBe(2);
    list.step(-1);
    list.put(artifact(3));
    expect([list.current?.seq, list.index, list.count]).toEqual([1, 0, 3]);
  });

  test("replaces a frame of an animation, and does not add it", () => {
    list.put(artifact(1));
    expect(list.put(artifact(1, 2))).toBe("replaced");
    expect([list.count, list.current?.version]).toEqual([1, 2]);
  });

  test("knows the same content at another address", () => {
    list.put(artifact(1));
    expect(list.put({ ...artifact(1), url: "/new/" })).toBe("same");
    expect(list.current?.url).toBe("/new/");
  });

  test("is in the order in which it was shown, however it is told", () => {
    for (const seq of [2, 3, 1]) list.put(artifact(seq));
    expect(seqs()).toEqual([1, 2, 3]);
    expect(list.current?.seq).toBe(3);
  });

  test("keeps no more than a run may show", () => {
    for (let seq = 1; seq <= 10_000; seq += 1) list.put(artifact(seq));
    expect(list.count).toBe(MOST_ARTIFACTS);
    expect(list.put(artifact(10_001))).toBe("refused");
    expect(list.put(artifact(1, 10_002))).toBe("replaced");
  });

  test("goes to none that is not there", () => {
    list.put(artifact(1));
    expect([list.step(1), list.step(-1), list.go(5), list.go(0)]).toEqual(Array(4).fill(false));
    list.clear();
    expect([list.current, list.index, list.count]).toEqual([null, -1, 0]);
  });
});
