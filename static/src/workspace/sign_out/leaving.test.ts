import { expect, it } from "vitest";
import type { Draft } from "../snippets/drafts";
import { type Answer, type Choice, signOut } from "./leaving";

const DRAFT: Draft = {
  id: null,
  version: 0,
  content: { title: "T", language: "python", main: "m.py", files: [{ path: "m.py", content: "" }] },
  share: null,
  dirty: true,
  at: 0,
};

/** What happened, in order. `saves`: how many drafts are left after each try. */
async function steps(saves: number[], choices: Choice[], answer: Answer): Promise<string[]> {
  const happened: string[] = [];
  let left = 0;
  const note = (what: string) => () => void happened.push(what);
  await signOut({
    saveAll: async () => {
      happened.push("save");
      left = saves.shift() ?? left;
    },
    unsaved: () => Array<Draft>(left).fill(DRAFT),
    decide: async (unsaved) => {
      happened.push(`ask about ${unsaved.length}`);
      return choices.shift() ?? "stay";
    },
    end: async () => {
      happened.push("end");
      return answer;
    },
    showOffline: note("offline"),
    showPage: note("page"),
    forget: note("forget"),
    leave: note("leave"),
  });
  return happened;
}

it("asks nothing when all is saved", async () => {
  expect(await steps([0], [], "signed_out")).toEqual(["save", "end", "forget", "leave"]);
});

it("asks before it removes what is saved nowhere", async () => {
  expect(await steps([2], ["stay"], "signed_out")).toEqual(["save", "ask about 2"]);
  const discarded = ["save", "ask about 2", "end", "forget", "leave"];
  expect(await steps([2], ["discard"], "signed_out")).toEqual(discarded);
});

it("asks again about what could not be saved", async () => {
  const happened = await steps([2, 1, 0], ["retry", "retry"], "signed_out");
  const asked = ["save", "ask about 2", "save", "ask about 1", "save"];
  expect(happened).toEqual([...asked, "end", "forget", "leave"]);
});

it("removes nothing while the session goes on", async () => {
  expect(await steps([1], ["discard"], "offline")).toEqual([
    "save",
    "ask about 1",
    "end",
    "offline",
  ]);
  expect(await steps([0], [], "page")).toEqual(["save", "end", "page"]);
});
