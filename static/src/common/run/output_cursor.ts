export type TakeResult =
  | { readonly kind: "new"; readonly data: Uint8Array }
  | { readonly kind: "duplicate" }
  | { readonly kind: "missing" };

/** The offset of the next output byte: detects output that was already shown, and missing output. */
export class OutputCursor {
  #expected = 0;

  get expected(): number {
    return this.#expected;
  }

  reset(): void {
    this.#expected = 0;
  }

  take(offset: number, data: Uint8Array): TakeResult {
    if (offset > this.#expected) return { kind: "missing" };
    const known = this.#expected - offset;
    if (known >= data.length) return { kind: "duplicate" };
    this.#expected = offset + data.length;
    return { kind: "new", data: data.subarray(known) };
  }

  /** Moves over a gap in the output. Returns the number of lost bytes; 0 for a gap before the cursor. */
  skip(to: number): number {
    const lost = Math.max(0, to - this.#expected);
    this.#expected += lost;
    return lost;
  }
}
