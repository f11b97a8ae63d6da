import { parser } from "@lezer/python";
import { adviseOn, type Surroundings } from "../../common/advice/advice";
import { mayWrite } from "../../common/advice/files";
import { useLanguage } from "../../common/i18n/translate";
import type { Problem } from "../../common/problems/problem";
import type { SourceFile } from "../../protocol.gen";

export interface AdviceRequest {
  /** The files in Python. */
  readonly sources: readonly SourceFile[];
  readonly around: Omit<Surroundings, "writers">;
  /** Of the page: `de` or `en`. */
  readonly language: string;
}

/** Advice on all files of a program. */
export function advised({ sources, around, language }: AdviceRequest): Problem[] {
  useLanguage(language);
  const writers = sources.filter(({ content }) => mayWrite(content)).map(({ path }) => path);
  return sources.flatMap((file) =>
    adviseOn(file, parser.parse(file.content).topNode, { ...around, writers }),
  );
}
