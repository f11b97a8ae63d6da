import { type TextKey, t } from "../common/i18n/translate";
import type { SnippetContent } from "../common/snippets/snippet";

/** An example program; its files are in this directory. */
export interface Example {
  readonly name: TextKey;
  readonly hint: TextKey;
  /** The first one is the main file. */
  readonly files: readonly string[];
}

export const EXAMPLES: readonly Example[] = [
  { name: "example.hello", hint: "example.hello_hint", files: ["hello.py"] },
  { name: "example.guess", hint: "example.guess_hint", files: ["guess.py"] },
  { name: "example.times", hint: "example.times_hint", files: ["times_table.py"] },
  { name: "example.words", hint: "example.words_hint", files: ["words.py"] },
  { name: "example.shopping", hint: "example.shopping_hint", files: ["shopping.py"] },
  { name: "example.diary", hint: "example.diary_hint", files: ["diary.py"] },
  { name: "example.grades", hint: "example.grades_hint", files: ["grades.py", "grades.csv"] },
  { name: "example.hanoi", hint: "example.hanoi_hint", files: ["hanoi.py"] },
  { name: "example.bank", hint: "example.bank_hint", files: ["bank.py"] },
  { name: "example.triangle", hint: "example.triangle_hint", files: ["triangle.py"] },
  { name: "example.progress", hint: "example.progress_hint", files: ["progress.py"] },
  { name: "example.shapes", hint: "example.shapes_hint", files: ["shapes.py", "drawing.py"] },
  { name: "example.snake", hint: "example.snake_hint", files: ["snake.py"] },
];

const TEXTS = import.meta.glob<string>(["./*.py", "./*.csv"], { query: "?raw", import: "default" });

export async function contentOfExample(example: Example): Promise<SnippetContent> {
  const files = await Promise.all(
    example.files.map(async (path) => {
      const load = TEXTS[`./${path}`];
      if (!load) throw new Error(`there is no ${path}`);
      return { path, content: await load() };
    }),
  );
  return { title: t(example.name), language: "python", main: example.files[0] ?? "", files };
}
