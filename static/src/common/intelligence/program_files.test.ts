import { beforeEach, expect, it } from "vitest";
import { addressOf, ProgramFiles, pathOf } from "./program_files";

let sent: [string, Record<string, unknown>][];
let files: ProgramFiles;

beforeEach(() => {
  sent = [];
  files = new ProgramFiles((method, params) => {
    sent.push([method, params as Record<string, unknown>]);
  });
});

const file = (path: string, content: string) => ({ path, content });
const methods = () => sent.map(([method]) => method.split("/")[1]);

it("opens files, and tells what has changed alone", () => {
  files.update([file("main.py", "a"), file("data.csv", "x")]);
  expect(methods()).toEqual(["createFile", "didOpen"]);
  sent = [];
  files.update([file("main.py", "a"), file("b/helper.py", "b")]);
  expect(methods()).toEqual(["createFile", "didOpen"]);
  expect(sent[1]?.[1]).toMatchObject({ textDocument: { uri: "file:///project/b/helper.py" } });
  sent = [];
  files.update([file("main.py", "ab"), file("b/helper.py", "b")]);
  expect(methods()).toEqual(["didChange"]);
  sent = [];
  files.update([file("main.py", "ab")]);
  expect(methods()).toEqual(["didClose", "deleteFile"]);
  expect([files.has("b/helper.py"), files.text("main.py")]).toEqual([false, "ab"]);
});

it("gives each text a newer version", () => {
  for (const content of ["a", "b", "c"]) files.update([file("main.py", content)]);
  const versions = sent.flatMap(([, { textDocument }]) =>
    textDocument ? [(textDocument as { version: number }).version] : [],
  );
  expect(versions).toEqual([1, 2, 3]);
});

it("ends lines as editors do", () => {
  files.update([file("main.py", "a\r\nb\rc")]);
  expect(files.text("main.py")).toBe("a\nb\nc");
  sent = [];
  files.update([file("main.py", "a\r\nb\rc")]);
  files.update([file("main.py", "a\nb\nc")]);
  expect(sent).toEqual([]);
  expect(files.lines("main.py").offsetOf({ line: 2, character: 1 })).toBe(5);
});

it("opens everything again for another server", () => {
  files.update([file("main.py", "a")]);
  files.forget();
  sent = [];
  files.update([file("main.py", "a")]);
  expect(methods()).toEqual(["createFile", "didOpen"]);
});

it.each(["main.py", "a b/ä#?%.py", "😀.py"])("finds %s again by its address", (path) => {
  expect(pathOf(addressOf(path))).toBe(path);
});

it("knows no address of half a character, and no path of what is not the program's", () => {
  expect(addressOf("\ud800.py")).toBeNull();
  files.update([file("\ud800.py", "")]);
  expect(sent).toEqual([]);
  for (const address of ["file:///typeshed/x.pyi", "file:///project/%E0%A4%A", 3, null]) {
    expect(pathOf(address)).toBeNull();
  }
});
