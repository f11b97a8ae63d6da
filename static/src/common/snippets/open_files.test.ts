import { beforeEach, expect, it } from "vitest";
import { type OpenFile, OpenFiles } from "./open_files";

const file = (path: string) => ({ path, content: `# ${path}` });

let open: OpenFiles;
beforeEach(() => {
  open = new OpenFiles();
  open.put([file("a.py"), file("main.py"), file("c.py")], "main.py");
});

const the = (path: string) => open.find(path) as OpenFile;

it("shows the file that is run first", () => {
  expect(open.shown.path).toBe("main.py");
});

it("runs the first file when the one to run is missing", () => {
  open.put([file("a.py")], "main.py");
  expect(open.main).toBe("a.py");
});

it("goes on running a file under its new name, with its key", () => {
  const { key } = the("main.py");
  open.rename(the("main.py"), "game.py");
  expect([open.main, open.shown.key]).toEqual(["game.py", key]);
});

it("shows and runs the neighbour of what was removed", () => {
  expect(open.remove(the("main.py"))).toBe(true);
  expect([open.paths, open.main, open.shown.path]).toEqual([["a.py", "c.py"], "a.py", "a.py"]);
});

it("keeps what is shown when another file is removed", () => {
  open.remove(the("a.py"));
  expect(open.shown.path).toBe("main.py");
});

it("keeps its last file", () => {
  open.put([file("a.py")], "a.py");
  expect(open.remove(the("a.py"))).toBe(false);
});

it("gives no key twice", () => {
  const before = open.shown.key;
  open.put([file("b.py")], "b.py");
  expect(open.shown.key).not.toBe(before);
});

it("knows another snippet from the same one, changed", () => {
  const before = open.generation;
  open.add([file("d.py")]);
  open.rename(the("a.py"), "e.py");
  expect(open.generation).toBe(before);
  open.put([file("a.py")], "a.py");
  expect(open.generation).not.toBe(before);
});
