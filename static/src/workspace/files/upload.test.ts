import { expect, it } from "vitest";
import { MAX_FILES, MAX_SOURCE_BYTES } from "../../protocol.gen";
import { type PickedFile, readUpload } from "./upload";

function chosen(name: string, bytes: Uint8Array | string, size?: number): PickedFile {
  const data = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
  const arrayBuffer = async () => data.slice().buffer as ArrayBuffer;
  return { name, size: size ?? data.length, arrayBuffer };
}

function unreadable(name: string): PickedFile {
  const arrayBuffer = () => Promise.reject(new DOMException("no", "NotFoundError"));
  return { name, size: 4096, arrayBuffer };
}

const present = [{ path: "main.py", content: "" }];

it("takes text and small data, under a name that is free", async () => {
  const { files, problems } = await readUpload(
    [chosen("main.py", "a\r\nb"), chosen("data.csv", "1;2")],
    present,
  );
  expect(files).toEqual([
    { path: "main_2.py", content: "a\nb" },
    { path: "data.csv", content: "1;2" },
  ]);
  expect(problems).toEqual([]);
});

it.each([
  ["a film", chosen("film.mp4", "", 10 * 1024 ** 2), "film.mp4 has 10.0 MB"],
  ["a picture", chosen("cat.png", new Uint8Array([137, 80, 0])), "cat.png is not a text file"],
  ["an archive", chosen("code.zip", new Uint8Array([80, 75, 3, 4, 0])), "Unpack it first"],
  ["a way out", chosen("../../etc/passwd", ""), "../../etc/passwd"],
  ["a very long name", chosen("n".repeat(300), ""), "…nnn"],
  ["a control character in its name", chosen("a\u0007.txt", ""), "a\u0007.txt was not added"],
  ["no name", chosen(" ", ""), "path_empty"],
  ["a name that is a folder", chosen("main.py/x.py", ""), "main.py/x.py"],
  ["a folder, or a file that cannot be read", unreadable("folder"), "folder could not be read"],
])("refuses %s in words, and takes the rest", async (_name, file, words) => {
  for (const picked of [
    [file, chosen("fine.txt", "")],
    [chosen("fine.txt", ""), file],
  ]) {
    const { files, problems } = await readUpload(picked, present);
    expect(files.map(({ path }) => path)).toEqual(["fine.txt"]);
    expect(problems).toEqual([expect.stringContaining(words)]);
  }
});

it("takes no more files than a program may have, and names the others in one sentence", async () => {
  const many = Array.from({ length: MAX_FILES + 7 }, (_, index) => chosen(`${index}.txt`, ""));
  const { files, problems } = await readUpload(many, present);
  expect(files).toHaveLength(MAX_FILES - 1);
  expect(problems).toEqual([
    "A snippet may have 20 files; there was no place for: 19.txt, 20.txt, 21.txt, 22.txt, 23.txt and 3 more",
  ]);
});

it("converts other encodings, and says from which", async () => {
  const { files, problems } = await readUpload(
    [chosen("noten.csv", new Uint8Array([77, 252, 59, 50])), chosen("utf8.csv", "ü")],
    present,
  );
  expect(files).toEqual([
    { path: "noten.csv", content: "Mü;2", convertedFrom: "Windows-1252" },
    { path: "utf8.csv", content: "ü" },
  ]);
  expect(problems).toEqual([]);
});

it("writes names as programs do: a Mac takes letters apart", async () => {
  const { files } = await readUpload([chosen("gro\u0308sse.py", "")], present);
  expect(files.map(({ path }) => path)).toEqual(["gr\u00f6sse.py"]);
});

it.each([
  ["of the largest size", MAX_SOURCE_BYTES, 1],
  ["one byte larger", MAX_SOURCE_BYTES + 1, 0],
])("counts what is there and what is added: %s", async (_, bytes, taken) => {
  const [half, rest] = [Math.floor(bytes / 2), Math.ceil(bytes / 2)];
  const there = [{ path: "main.py", content: "x".repeat(half) }];
  const { files, problems } = await readUpload([chosen("a.txt", "y".repeat(rest))], there);
  expect(files).toHaveLength(taken);
  expect(problems).toHaveLength(1 - taken);
});

it("counts the bytes that a converted file has then", async () => {
  const umlauts = new Uint8Array(MAX_SOURCE_BYTES / 2 + 1).fill(252); // two bytes each in UTF-8
  const { files, problems } = await readUpload([chosen("a.txt", umlauts)], []);
  expect([files.length, problems.length]).toEqual([0, 1]);
  const wide = new Uint8Array(2 + 2 * MAX_SOURCE_BYTES);
  wide.set([255, 254]);
  for (let at = 2; at < wide.length; at += 2) wide[at] = 120;
  expect((await readUpload([chosen("b.txt", wide)], [])).files).toHaveLength(1);
});

it("puts beside the code what is no text, and what has no room there", async () => {
  const large = new Uint8Array(MAX_SOURCE_BYTES + 1).fill(0x61);
  const { files, data, problems } = await readUpload(
    [
      chosen("cat.png", new Uint8Array([137, 80, 0])),
      chosen("code.zip", new Uint8Array([80, 75, 3, 4, 0])),
      chosen("large.csv", large),
      chosen("film.mp4", "", 10 * 1024 ** 2),
      chosen("fine.txt", ""),
    ],
    present,
    [],
    true,
  );
  expect(files.map(({ path }) => path)).toEqual(["fine.txt"]);
  expect(data.map(({ name }) => name)).toEqual(["cat.png", "code.zip", "large.csv", "film.mp4"]);
  expect(problems).toEqual([]);
});
