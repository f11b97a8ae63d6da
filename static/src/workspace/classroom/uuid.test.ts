import { expect, it } from "vitest";
import { newUuid } from "./uuid";

const VERSION_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it("is a UUID of version 4, and another one each time", () => {
  const made = Array.from({ length: 200 }, newUuid);
  for (const uuid of made) expect(uuid).toMatch(VERSION_4);
  expect(new Set(made).size).toBe(made.length);
});
