import { expect, it } from "vitest";
import { documentFiles } from "./document_files";

it("orders files, gives each a path of its own, and passes over what is none", () => {
  const files = {
    b: { path: "main.py", order: 2, text: "two" },
    a: { path: "main.py", order: 1, text: "one" },
    c: { path: 7, order: 3, text: "three" },
    d: "no file",
    e: null,
  };
  expect(documentFiles(files)).toEqual([
    { key: "a", path: "main.py", text: "one" },
    { key: "b", path: "main-2.py", text: "two" },
  ]);
});
