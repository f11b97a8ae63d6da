import type { CheckedCode } from "../../protocol.gen";

type Sentences = Readonly<Record<CheckedCode, string>>;

let sentences: Partial<Sentences> = {};

/** The server writes them into the page, in its language: it has the only catalogue of them. */
export function useServerSentences(given: Sentences): void {
  sentences = given;
}

/** What is wrong with a name or a title, as the server would say. */
export function problemSentence(code: CheckedCode): string {
  return sentences[code] ?? code;
}
