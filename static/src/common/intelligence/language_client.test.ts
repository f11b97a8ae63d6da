import { beforeEach, expect, it, vi } from "vitest";
import { FakeTimer } from "../base/fake_timer";
import { FakeWorker } from "../base/fake_worker";
import { SupervisedWorker, WorkerGone } from "../base/supervised_worker";
import { LanguageClient } from "./language_client";

const MAIN = "import helper\nhelper.gre\n";
const FILES = [
  { path: "main.py", content: MAIN },
  { path: "helper.py", content: "\r\ndef greet(): pass\r\n" },
  { path: "data.csv", content: "import nothing" },
];
const at = (offset: number) => ({ files: FILES, shown: "main.py", offset });
const range = (line: number, from: number, to: number) => ({
  start: { line, character: from },
  end: { line, character: to },
});
const helper = { uri: "file:///project/helper.py", range: range(1, 4, 9) };
const library = { uri: "file:///typeshed/stdlib/os.pyi", range: range(1, 4, 9) };

let workers: FakeWorker[];
let answers: Record<string, unknown>;
let client: LanguageClient;
const stubsOf = vi.fn(async (name: string) =>
  name === "numpy" ? { "/packages/numpy/__init__.pyi": "x: int" } : null,
);

function worker(): FakeWorker {
  return workers.at(-1) as FakeWorker;
}

function received(method: string): Record<string, unknown>[] {
  const found = worker().received.filter((message) => message.method === method);
  return found.map(({ params }) => params as Record<string, unknown>);
}

beforeEach(() => {
  workers = [];
  answers = { initialize: {} };
  stubsOf.mockClear();
  const start = () => {
    const made = new FakeWorker();
    made.reply = (method) => answers[method];
    workers.push(made);
    return made;
  };
  const supervised = new SupervisedWorker({ start, timer: new FakeTimer() });
  client = new LanguageClient(supervised, {
    locale: "de",
    boot: { type: "boot" },
    configuration: { typeshedPath: "/typeshed" },
    stubsOf,
  });
});

it("tells a server of the program before it asks", async () => {
  answers["textDocument/hover"] = null;
  await client.hover(at(3));
  expect(worker().received.map(({ type, method }) => type ?? method)).toEqual([
    "boot",
    "initialize",
    "initialized",
    ...["pyright/createFile", "textDocument/didOpen"],
    ...["pyright/createFile", "textDocument/didOpen"],
    "textDocument/hover",
  ]);
  expect(JSON.stringify(received("initialize"))).toContain('\\"typeshedPath\\":\\"/typeshed\\"');
});

it("gives completions in the server's order, with the word that they replace", async () => {
  answers["textDocument/completion"] = {
    isIncomplete: true,
    items: [
      { label: "__doc__", kind: 6, sortText: "11" },
      { label: "greet", kind: 3, sortText: "09" },
      { label: "greet", kind: 3, sortText: "10" },
      { label: "imported", sortText: "01", additionalTextEdits: [{}] },
      { label: "key", sortText: "12", textEdit: { newText: '"key"', range: range(1, 0, 6) } },
    ],
  };
  const found = await client.completions(at(MAIN.length - 1));
  expect(found).toMatchObject({ from: 21, to: 24, incomplete: true });
  expect(found?.items.map(({ label }) => label)).toEqual(["greet", "__doc__", "key"]);
  expect(found?.items[2]).toMatchObject({ insert: '"key"', range: { from: 14, to: 20 } });
  answers["completionItem/resolve"] = { documentation: { kind: "markdown", value: "Says hello." } };
  expect(await client.describe(found?.items[0] as never)).toBe("Says hello.");
});

it("gives names of the program before all others", async () => {
  const items = [
    { label: "__name__", kind: 6, sortText: "01" },
    { label: "abs", kind: 3, sortText: "09" },
    { label: "helper", kind: 9, sortText: "09.9" },
  ];
  answers["textDocument/completion"] = { items };
  const found = await client.completions(at(MAIN.length - 1));
  expect(found?.items.map(({ label }) => label)).toEqual(["helper", "__name__", "abs"]);
});

it("finds places in the program's files alone, as editors show them", async () => {
  answers["textDocument/definition"] = [library, helper];
  answers["textDocument/references"] = [helper, library, { uri: "file:///project/gone.py" }];
  const place = { path: "helper.py", from: 5, to: 10 };
  expect(await client.definition(at(20))).toEqual([place]);
  expect(await client.references(at(20))).toEqual([place]);
  answers["textDocument/definition"] = null;
  expect(await client.definition(at(20))).toEqual([]);
});

it("renames in all files, or in none", async () => {
  const edit = { range: range(1, 4, 9), newText: "hi" };
  const change = (uri: string) => ({ textDocument: { uri, version: null }, edits: [edit] });
  answers["textDocument/prepareRename"] = range(0, 7, 13);
  answers["textDocument/rename"] = { documentChanges: [change(helper.uri)] };
  expect(await client.renamable(at(9))).toEqual({ path: "main.py", from: 7, to: 13 });
  expect(await client.rename(at(9), "hi")).toEqual([
    { path: "helper.py", edits: [{ from: 5, to: 10, insert: "hi" }] },
  ]);
  answers["textDocument/rename"] = { documentChanges: [change(helper.uri), change(library.uri)] };
  expect(await client.rename(at(9), "hi")).toBeNull();
});

it("says which parameter is at the cursor", async () => {
  answers["textDocument/signatureHelp"] = {
    signatures: [
      { label: "f()" },
      { label: "f(a, b)", parameters: [{ label: [2, 3] }, { label: "b" }], documentation: "Does." },
    ],
    activeSignature: 1,
    activeParameter: 1,
  };
  const help = { label: "f(a, b)", active: { from: 5, to: 6 }, markdown: "Does." };
  expect(await client.signature(at(3))).toEqual(help);
  answers["textDocument/signatureHelp"] = { signatures: [] };
  expect(await client.signature(at(3))).toBeNull();
});

it("lists definitions, without what functions have within", async () => {
  const symbol = (name: string, kind: number, line: number, children: unknown[] = []) => ({
    ...{ name, kind, children },
    selectionRange: range(line, 0, 1),
  });
  answers["textDocument/documentSymbol"] = [
    symbol("late", 12, 1, [symbol("local", 13, 1), symbol("inner", 12, 1)]),
    symbol("Early", 5, 0, [symbol("size", 13, 0), symbol("run", 6, 0, [symbol("self", 13, 0)])]),
  ];
  const found = await client.outline(at(0));
  expect(found.map(({ name, depth }) => `${depth} ${name}`)).toEqual([
    ...["0 Early", "1 size", "1 run", "0 late", "1 inner"],
  ]);
});

it("loads what is known of a package once it is imported, and never again", async () => {
  answers["textDocument/hover"] = null;
  const files = [{ path: "main.py", content: "import numpy, unknown" }];
  await client.hover({ files, shown: "main.py", offset: 0 });
  await client.hover({ files, shown: "main.py", offset: 0 });
  expect(stubsOf.mock.calls.map(([name]) => name)).toEqual(["numpy", "unknown"]);
  const created = received("pyright/createFile").filter((params) => "files" in params);
  expect(created).toEqual([
    {
      uri: "file:///packages/numpy/__init__.pyi",
      files: { "/packages/numpy/__init__.pyi": "x: int" },
    },
  ]);
});

it("tells a server that was started again everything again", async () => {
  answers["textDocument/hover"] = null;
  const files = [{ path: "main.py", content: "import numpy" }];
  await client.hover({ files, shown: "main.py", offset: 0 });
  worker().dies();
  await client.hover({ files, shown: "main.py", offset: 0 });
  expect(workers).toHaveLength(2);
  expect(received("pyright/createFile")).toHaveLength(2);
  expect(received("textDocument/didOpen")).toHaveLength(1);
  worker().dies();
  await expect(client.hover(at(0))).rejects.toThrow(WorkerGone);
});

it("asks nothing about files that are not Python's", async () => {
  expect(await client.completions({ ...at(0), shown: "data.csv" })).toBeNull();
  expect(workers[0]?.received).toEqual([]);
});
