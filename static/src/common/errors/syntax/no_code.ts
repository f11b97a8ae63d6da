import { type Explanation, type Fault, say, sourceOf } from "../fault";

const SHELL = /^\s*(pip3?|python3?|cd|ls|sudo|apt|apt-get|npm|conda|git)\s+[\w./-]/;

/** Lines that were copied with the code, and are none. */
export function explainNoCode(fault: Fault): Explanation | null {
  const source = sourceOf(fault);
  if (/^\s*(?:>>>|\.\.\. )/.test(source)) return say("syntax.prompt");
  if (/^\s*(?:`{3}|~{3})/.test(source)) return say("syntax.fence");
  const word = SHELL.exec(source)?.[1];
  return word === undefined ? null : say("syntax.shell", { word });
}
