import { sha256 } from "@noble/hashes/sha2.js";
import { ascii } from "../common/base/utf8";

/** As runner/visitors/puzzle.py, which checks it. */
const SEED_CHARACTERS = 32;

/**
 * For each part a number, so that the hash of seed, part and number begins with so many zero bits.
 * By a library, as browsers have `crypto.subtle` only on pages with TLS.
 */
export function* solving(puzzle: string, parts: number, bits: number): Generator<null, number[]> {
  const seed = hex(sha256(ascii(puzzle))).slice(0, SEED_CHARACTERS);
  const answers: number[] = [];
  for (let part = 0; part < parts; part += 1) {
    let answer = 0;
    while (!hasZeros(sha256(ascii(`${seed}:${part}:${answer}`)), bits)) answer += 1;
    answers.push(answer);
    yield null; // for who has other things to do
  }
  return answers;
}

/** At most 32 bits. */
export function hasZeros(hash: Uint8Array, bits: number): boolean {
  const first = new DataView(hash.buffer, hash.byteOffset).getUint32(0);
  return first >>> (32 - bits) === 0;
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function solved(puzzle: string, parts: number, bits: number): number[] {
  const steps = solving(puzzle, parts, bits);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
