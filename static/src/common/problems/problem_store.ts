import { Emitter } from "../base/emitter";
import type { Problem, ProblemOwner } from "./problem";

/** The problems of all files, by who found them. */
export class ProblemStore {
  readonly #didChange = new Emitter<ProblemOwner>();
  readonly onDidChange = this.#didChange.event;
  readonly #found = new Map<ProblemOwner, readonly Problem[]>();

  /** Replaces what an owner has found before. */
  set(owner: ProblemOwner, problems: readonly Problem[]): void {
    const before = this.of(owner);
    this.#found.set(owner, problems);
    if (before.length > 0 || problems.length > 0) this.#didChange.fire(owner);
  }

  of(owner: ProblemOwner): readonly Problem[] {
    return this.#found.get(owner) ?? [];
  }

  owners(): ProblemOwner[] {
    return [...this.#found.keys()];
  }

  /** By file, and by place within a file. */
  all(): Problem[] {
    return [...this.#found.values()].flat().sort(inOrder);
  }
}

function inOrder(one: Problem, other: Problem): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.from - other.from || one.to - other.to;
}

/** The nearest problem of a file behind an offset, or before it; behind the last one comes the first. */
export function besideOffset(
  problems: readonly Problem[],
  file: string,
  offset: number,
  step: 1 | -1,
): Problem | null {
  const here = problems.filter((one) => one.file === file).sort(inOrder);
  if (step > 0) return here.find(({ from }) => from > offset) ?? here[0] ?? null;
  return here.filter(({ from }) => from < offset).at(-1) ?? here.at(-1) ?? null;
}
