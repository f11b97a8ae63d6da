import { MAX_DEPTH, MAX_NAME_BYTES, MAX_PATH_CHARACTERS } from "../../protocol.gen";
import { utf8Length } from "../base/utf8";

const UNSAFE = /[\\\p{C}]/u;

/**
 * Paths that can lie in one folder. Two members may give two files one name at the same time: the
 * later one gets another. `runner/rooms/document.py` has the same rule.
 */
export function uniquePaths(paths: readonly string[]): string[] {
  const taken: string[] = [];
  paths.forEach((path, index) => {
    let wanted = isPath(path) ? path : `file${index + 1}.txt`;
    const [name, ending] = split(wanted);
    for (let count = 2; taken.includes(wanted); count += 1) wanted = `${name}-${count}${ending}`;
    taken.push(wanted);
  });
  return taken;
}

function isPath(path: string): boolean {
  const parts = path.split("/");
  return (
    path !== "" &&
    [...path].length <= MAX_PATH_CHARACTERS &&
    !UNSAFE.test(path) &&
    parts.length <= MAX_DEPTH &&
    parts.every((part) => !["", ".", ".."].includes(part) && utf8Length(part) <= MAX_NAME_BYTES)
  );
}

function split(path: string): [string, string] {
  const dot = path.lastIndexOf(".");
  return dot <= path.lastIndexOf("/") + 1 ? [path, ""] : [path.slice(0, dot), path.slice(dot)];
}
