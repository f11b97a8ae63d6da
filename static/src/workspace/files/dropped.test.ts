import { expect, it } from "vitest";
import { gather, isWanted, MOST_DEPTH, MOST_FILES } from "./dropped";
import type { PickedFile } from "./upload";

interface Tree {
  readonly [name: string]: Tree | string | null;
}

/** A file system: text is a file, null one that cannot be opened. */
function entryOf(name: string, content: Tree | string | null): FileSystemEntry {
  if (typeof content === "string" || content === null) {
    return {
      isDirectory: false,
      isFile: true,
      name,
      file: (found: (file: File) => void, failed: (error: Error) => void) =>
        content === null ? failed(new Error("no")) : found(new File([content], name)),
    } as unknown as FileSystemEntry;
  }
  const entries = Object.entries(content).map(([each, inner]) => entryOf(each, inner));
  const createReader = () => {
    const left = [...entries];
    // Browsers give a hundred at a time.
    return {
      readEntries: (found: (some: FileSystemEntry[]) => void) => found(left.splice(0, 100)),
    };
  };
  return { isDirectory: true, isFile: false, name, createReader } as unknown as FileSystemEntry;
}

function dropOf(tree: Tree, withEntries = true): DataTransfer {
  const pairs = Object.entries(tree).map(([name, content]) => ({
    file: new File([typeof content === "string" ? content : ""], name),
    item: {
      kind: "file",
      webkitGetAsEntry: () => (withEntries ? entryOf(name, content) : null),
    },
  }));
  const items = [{ kind: "string" }, ...pairs.map(({ item }) => item)];
  return { files: pairs.map(({ file }) => file), items } as unknown as DataTransfer;
}

const names = (files: readonly PickedFile[]) => files.map(({ name }) => name).sort();

it("finds the files of folders, with their paths, and those beside them", async () => {
  const tree = { shop: { "a.py": "1", data: { "b.csv": "2" } }, "good.py": "3" };
  const { files, unread, empty, more } = await gather(dropOf(tree));
  expect(names(files)).toEqual(["good.py", "shop/a.py", "shop/data/b.csv"]);
  expect([unread, empty, more]).toEqual([[], [], false]);
  const text = files.find(({ name }) => name === "shop/data/b.csv");
  expect(new TextDecoder().decode(await text?.arrayBuffer())).toBe("2");
});

it("takes the other files when one cannot be opened, and names it", async () => {
  const { files, unread } = await gather(dropOf({ shop: { "a.py": null, "b.py": "" } }));
  expect([names(files), unread]).toEqual([["shop/b.py"], ["shop/a.py"]]);
});

it("names folders without files, and those of tools", async () => {
  const tree = { nothing: {}, shop: { ".git": { config: "" }, __pycache__: { "a.pyc": "" } } };
  const { files, unread, empty } = await gather(dropOf(tree));
  expect(files).toEqual([]);
  expect([unread, empty]).toEqual([["shop/.git", "shop/__pycache__"], ["nothing"]]);
});

it("leaves out what desktops put into folders", async () => {
  // misode/misode.github.io#889 and #890
  const shop = { ".DS_Store": "", "._a.py": "", "Thumbs.db": "", "desktop.ini": "", "a.py": "1" };
  const { files, unread, empty } = await gather(dropOf({ shop, pictures: { ".DS_Store": "" } }));
  expect([names(files), unread, empty]).toEqual([["shop/a.py"], [], ["pictures"]]);
});

it("reads a bounded number of files, however many there are", async () => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`${at}.py`, ""]));
  const { files, more } = await gather(dropOf({ many }));
  expect([files.length, more]).toEqual([MOST_FILES, true]);
});

it("reads a bounded depth", async () => {
  let deep: Tree = { "a.py": "" };
  for (let depth = 0; depth < MOST_DEPTH + 5; depth += 1) deep = { d: deep };
  const { files, unread } = await gather(dropOf({ d: deep }));
  expect([files.length, unread.length]).toEqual([0, 1]);
});

it("takes plain files where a browser has no entries", async () => {
  const { files } = await gather(dropOf({ "a.py": "1", "b.py": "2" }, false));
  expect(names(files)).toEqual(["a.py", "b.py"]);
});

it.each([
  ["data/a.csv", true],
  ["data/.hidden.csv", true],
  ["data/.DS_Store", false],
  ["data/deep/._a.csv", false],
  ["data/.git/config", false],
  ["data/venv/lib/a.py", false],
  ["a.csv", true],
])("of a folder that is chosen, %s is wanted: %j", (path, wanted) => {
  expect(isWanted(path)).toBe(wanted);
});
