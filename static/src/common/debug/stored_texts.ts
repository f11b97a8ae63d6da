const MOST_PROGRAMS = 50;
/** The browser's storage is shared with drafts, which matter more. */
const MOST_CHARACTERS = 100_000;

/** Texts of the programs that were given some last, oldest first; an empty text has no entry. */
export class StoredTexts {
  readonly #texts: Map<string, string>;

  /** `text`: what `toString` returned, or anything else that the browser's storage may hold. */
  constructor(text: string | null) {
    this.#texts = new Map(parsed(text));
  }

  get(program: string): string {
    return this.#texts.get(program) ?? "";
  }

  set(program: string, text: string): void {
    this.#texts.delete(program);
    if (!text) return;
    this.#texts.set(program, text);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= MOST_PROGRAMS && this.toString().length <= MOST_CHARACTERS) return;
      this.#texts.delete(oldest);
    }
  }

  /** A program has got another key. */
  move(before: string, after: string): void {
    const text = this.get(before);
    if (!text) return;
    this.set(before, "");
    this.set(after, text);
  }

  toString(): string {
    return JSON.stringify([...this.#texts]);
  }
}

function parsed(text: string | null): [string, string][] {
  try {
    const entries: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(entries)) return [];
    return entries.filter(
      (one) => Array.isArray(one) && typeof one[0] === "string" && typeof one[1] === "string",
    );
  } catch {
    return [];
  }
}
