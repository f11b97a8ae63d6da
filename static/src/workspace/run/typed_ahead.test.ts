import { beforeEach, expect, it, vi } from "vitest";
import { keepTypedAhead, takeTypedAhead } from "./typed_ahead";

const RUN = "6f9d1c1e-8c1f-4a52-9a4e-0d7f0f6b2b11";

beforeEach(() => {
  vi.stubGlobal("window", new EventTarget());
});

function tab() {
  const values = new Map<string, string>();
  return {
    values,
    getOfTab: (name: string) => values.get(name) ?? null,
    setOfTab: (name: string, value: string | null) => {
      if (value === null) values.delete(name);
      else values.set(name, value);
    },
  };
}

function left(run: string | null, typed: string) {
  const storage = tab();
  keepTypedAhead(storage, () => ({ run, typed }));
  window.dispatchEvent(new Event("pagehide"));
  return storage;
}

it("is taken once, with every character", () => {
  const storage = left(RUN, " Ada Lovelace\r\n\u0003");
  expect(takeTypedAhead(storage, RUN)).toBe(" Ada Lovelace\r\n\u0003");
  expect(takeTypedAhead(storage, RUN)).toBe("");
});

it("is for no other run, and goes", () => {
  const storage = left(RUN, "Ada");
  expect(takeTypedAhead(storage, RUN.replace("6", "7"))).toBe("");
  expect(storage.values.size).toBe(0);
});

it.each([
  ["without a run", null, "Ada"],
  ["without keys", RUN, ""],
])("keeps nothing %s", (_, run, typed) => {
  expect(left(run, typed).values.size).toBe(0);
});
