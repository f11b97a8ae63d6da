import { expect, it } from "vitest";
import { MAX_FILES } from "../../protocol.gen";
import { type PickedFile, readUpload } from "./upload";

function chosen(name: string, bytes: Uint8Array | string, size?: number): PickedFile {
  const data = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
  const arrayBuffer = async () => data.slice().buffer as ArrayBuffer;
  return { name, size: size ?? data.length, arrayBuffer };
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
  ["another encoding", chosen("old.txt", new Uint8Array([252])), "old.txt is not a text file"],
  ["a way out", chosen("../../etc/passwd", ""), "../../etc/passwd"],
  ["a very long name", chosen("n".repeat(300), ""), "nnn…"],
])("refuses %s in words, and takes the rest", async (_name, file, words) => {
  const { files, problems } = await readUpload([file, chosen("fine.txt", "")], present);
  expect(files.map(({ path }) => path)).toEqual(["fine.txt"]);
  expect(problems.join()).toContain(words);
});

it("takes no more files than a program may have, and says so once", async () => {
  const many = Array.from({ length: MAX_FILES + 5 }, (_, index) => chosen(`${index}.txt`, ""));
  const { files, problems } = await readUpload(many, present);
  expect(files).toHaveLength(MAX_FILES - 1);
  expect(problems).toHaveLength(1);
});
