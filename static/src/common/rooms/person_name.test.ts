import { expect, it } from "vitest";
import { markedName, personName } from "./person_name";

it("says of a guest who calls himself like the owner that he is one", () => {
  expect(markedName("ada", "Ada Lovelace")).toBe("Ada Lovelace");
  expect(markedName("guest:0f1e", "Ada Lovelace")).toBe("Ada Lovelace (guest)");
});

it("says who only reads", () => {
  const [name, role] = ["Ada", "viewer"];
  expect(personName({ user: "ada", name, role: "editor" })).toBe("Ada");
  expect(personName({ user: "ada", name, role })).toBe("Ada (reads only)");
  expect(personName({ user: "guest:1", name, role })).toBe("Ada (guest, reads only)");
});

it("says who the reader is in the same words", () => {
  const [name, role] = ["Ann", "viewer"];
  expect(personName({ user: "ann", name, role: "editor" }, true)).toBe("Ann (you)");
  expect(personName({ user: "guest:1", name, role: "editor" }, true)).toBe("Ann (you, guest)");
  expect(personName({ user: "guest:1", name, role }, true)).toBe("Ann (you, guest, reads only)");
});
