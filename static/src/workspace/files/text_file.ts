/** A text and what it was encoded in; `UTF-8` texts are kept as they are. */
export interface DecodedText {
  readonly text: string;
  /** As people call it. */
  readonly encoding: string;
}

type Bytes = Uint8Array;

export const UTF8 = "UTF-8";
/** Programs of Windows wrote texts without a mark in the encoding of their language. */
const WINDOWS: Readonly<Record<string, string>> = {
  ar: "windows-1256",
  bg: "windows-1251",
  cs: "windows-1250",
  el: "windows-1253",
  et: "windows-1257",
  he: "windows-1255",
  hr: "windows-1250",
  hu: "windows-1250",
  ja: "shift_jis",
  ko: "euc-kr",
  lt: "windows-1257",
  lv: "windows-1257",
  pl: "windows-1250",
  ro: "windows-1250",
  ru: "windows-1251",
  sk: "windows-1250",
  sl: "windows-1250",
  sr: "windows-1251",
  tr: "windows-1254",
  uk: "windows-1251",
  zh: "gb18030",
};
const WESTERN = "windows-1252";
const MARKS: readonly (readonly [mark: readonly number[], label: string, name: string])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8", UTF8],
  [[0xff, 0xfe], "utf-16le", "UTF-16"],
  [[0xfe, 0xff], "utf-16be", "UTF-16"],
];
/** No text has these: other control characters are in programs' output, a page break in old sources. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they are
const NO_TEXT = /[\u0000-\u0006\u000e-\u001a\u001c-\u001f\u007f-\u009f]/;
const SAMPLE_BYTES = 4096;

/**
 * The text of a file, in the encoding that it is found to have, with \n at the ends of lines; null: it
 * is no text. `languages`: the reader's, as the browser lists them, decide where nothing else does.
 */
export function textOf(bytes: Bytes, languages: readonly string[] = []): DecodedText | null {
  const marked = MARKS.find(([mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked) return decoded(bytes, marked[1], marked[2]);
  if (bytes.includes(0)) {
    const label = utf16Of(bytes);
    const guessed = label === null ? null : decoded(bytes, label, "UTF-16");
    return guessed && !NO_TEXT.test(guessed.text) ? guessed : null;
  }
  const plain = decoded(bytes, "utf-8", UTF8);
  if (plain) return plain;
  const language = (languages[0] ?? "").split("-")[0]?.toLowerCase() ?? "";
  for (const label of [WINDOWS[language], WESTERN]) {
    const found = label === undefined ? null : decoded(bytes, label, nameOf(label));
    if (found && !NO_TEXT.test(found.text)) return found;
  }
  return null;
}

function decoded(bytes: Bytes, label: string, encoding: string): DecodedText | null {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    // The server takes no NUL.
    return text.includes("\0") ? null : { text: text.replace(/\r\n?/g, "\n"), encoding };
  } catch {
    return null;
  }
}

/** Without a mark: most characters of most languages have a byte that is 0 beside one that is not. */
function utf16Of(bytes: Bytes): string | null {
  if (bytes.length % 2 !== 0 || bytes.length < 4) return null;
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even === 0 && odd > sample.length / 5) return "utf-16le";
  return odd === 0 && even > sample.length / 5 ? "utf-16be" : null;
}

function nameOf(label: string): string {
  return label.startsWith("windows") ? label.replace("w", "W") : label.toUpperCase();
}
