export type Taken =
  | { readonly kind: "new"; readonly data: Uint8Array }
  | { readonly kind: "old" }
  | { readonly kind: "hole" };

/** Which byte of a run comes next: what was shown is not shown again, and nothing is left out. */
export class OutputCursor {
  #expected = 0;

  get expected(): number {
    return this.#expected;
  }

  reset(): void {
    this.#expected = 0;
  }

  take(offset: number, data: Uint8Array): Taken {
    if (offset > this.#expected) return { kind: "hole" };
    const known = this.#expected - offset;
    if (known >= data.length) return { kind: "old" };
    this.#expected = offset + data.length;
    return { kind: "new", data: data.subarray(known) };
  }

  /** How many bytes will never come; 0 for a gap that is behind us. */
  skip(to: number): number {
    const lost = Math.max(0, to - this.#expected);
    this.#expected += lost;
    return lost;
  }
}
