import type { FormatResult } from "./ruff";
import { formatResult, type TextRequest } from "./text_request";

/** gofmt throws what it cannot read as `2:5: expected operand`. */
export function goFormat({ text }: TextRequest, format: (text: string) => string): FormatResult {
  try {
    return formatResult(text, format(text));
  } catch (error) {
    const found = /(\d+):(\d+): (.+)/.exec(String(error));
    if (!found) throw error;
    const [line, column] = [Number(found[1]), Number(found[2])];
    return formatResult(text, { message: found[3] ?? "", line, column });
  }
}
