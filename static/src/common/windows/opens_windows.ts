/** When a program gets a screen: when its imports say that it opens windows, always, or never. */
export type WindowChoice = "auto" | "on" | "off";

interface File {
  readonly content: string;
}

const NEVER = /(?!)/;

/** `patterns`: of lines by which programs of a language say that they open windows. */
export function opensWindows(patterns: readonly string[], files: readonly File[]): boolean {
  const expressions = patterns.map((pattern) => expression(pattern));
  return files.some(({ content }) => expressions.some((one) => one.test(content)));
}

function expression(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "m");
  } catch {
    return NEVER; // of a newer server
  }
}
