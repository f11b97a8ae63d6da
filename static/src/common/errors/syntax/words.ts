/** Words that are Python's own, and no names. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  [
    "False None True and as assert async await break class continue def del elif else except finally",
    "for from global if import in is lambda nonlocal not or pass raise return try while with yield",
  ].flatMap((words) => words.split(" ")),
);

/** Keywords that begin a statement with a block. */
export const BLOCK_WORDS: ReadonlySet<string> = new Set(
  "if elif else for while def class try except finally with".split(" "),
);

/** Keywords that stand between two values, or in front of one. */
export const OPERATOR_WORDS: ReadonlySet<string> = new Set(
  "and or not in is if else for lambda await async as from import yield".split(" "),
);

/** Keywords that are values. */
export const VALUE_WORDS: ReadonlySet<string> = new Set(["True", "False", "None"]);

/** With what statements begin in other languages, and not in Python; in small letters. */
export const FOREIGN_WORDS: ReadonlySet<string> = new Set(
  "function func fn var let const switch foreach until repeat public private void int float double char string boolean end then begin do unless sub dim".split(
    " ",
  ),
);
