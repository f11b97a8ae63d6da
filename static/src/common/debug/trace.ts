import { list, number, text } from "./dap_client";
import { DapLines, type Json } from "./dap_lines";

export const MOST_STEPS = 1000;
export const MOST_BYTES = 4 * 1024 * 1024 + 64 * 1024;

/** A simple value as Python writes it, or an object by its number. */
export type TraceValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "object"; readonly id: number };

export interface TraceName {
  readonly name: string;
  readonly value: TraceValue;
}

export interface TraceFrame {
  readonly name: string;
  readonly line: number;
  readonly names: readonly TraceName[];
}

export interface TraceObject {
  readonly id: number;
  readonly kind: string;
  /** Its name, or how many there are in it that are not shown. */
  readonly text: string;
  readonly inside: readonly TraceName[];
}

export interface TraceStep {
  readonly event: "line" | "return" | "error";
  readonly path: string;
  readonly line: number;
  /** What is returned, or the error. */
  readonly value: TraceValue | null;
  readonly frames: readonly TraceFrame[];
  readonly objects: readonly TraceObject[];
  /** Characters of the output that were printed before. */
  readonly output: number;
}

/** The steps of a program as it has sent them. It may have sent anything: all is bounded. Pure. */
export class TraceReader {
  readonly steps: TraceStep[] = [];
  output = "";
  /** There were more steps. */
  cut = false;
  /** Some have got lost on their way. */
  lost = false;
  readonly #lines = new DapLines();
  #bytes = 0;

  feed(data: Uint8Array): void {
    this.#bytes += data.length;
    if (this.#bytes > MOST_BYTES) {
      this.cut = true;
      return;
    }
    for (const message of this.#lines.feed(data)) this.#take(message);
  }

  skip(): void {
    this.lost = true;
    this.#lines.skip();
  }

  /** What was printed before a step. */
  outputAt(index: number): string {
    return this.output.slice(0, this.steps[index]?.output ?? 0);
  }

  #take(message: Json): void {
    if (message.type === "trace") {
      if (this.steps.length < MOST_STEPS) this.steps.push(stepOf(message, this.output.length));
      else this.cut = true;
    } else if (message.type === "output") {
      this.output += text(message.text);
    } else if (message.type === "trace_end") {
      this.cut ||= message.cut === true;
    }
  }
}

/** Names of the last frame that have got another value since the step before. */
export function changedNames(before: TraceStep | undefined, step: TraceStep): ReadonlySet<string> {
  const frame = step.frames.at(-1);
  const known = before?.frames[step.frames.length - 1];
  const changed = new Set<string>();
  if (!frame || !before || known?.name !== frame.name) return changed;
  const values = new Map(known.names.map(({ name, value }) => [name, written(value, before)]));
  for (const { name, value } of frame.names) {
    if (values.get(name) !== written(value, step)) changed.add(name);
  }
  return changed;
}

const DEPTH = 4;

/** The same for the same value: objects have other numbers in each step. */
function written(value: TraceValue, step: TraceStep, depth = 0): string {
  if (value.kind === "text") return value.text;
  const found = step.objects.find(({ id }) => id === value.id);
  if (!found || depth === DEPTH) return "…";
  const inside = found.inside.map((one) => [one.name, written(one.value, step, depth + 1)]);
  return JSON.stringify([found.kind, found.text, inside]);
}

/** `output`: as much as has come before the step. The program counts other characters than we do. */
function stepOf(message: Json, output: number): TraceStep {
  const event = text(message.event);
  return {
    event: event === "return" || event === "error" ? event : "line",
    path: text(message.path),
    line: number(message.line),
    value: message.value === null ? null : valueFrom(message.value),
    frames: list(message.frames, 20).map((frame) => ({
      name: text(frame.name),
      line: number(frame.line),
      names: names(frame.names),
    })),
    objects: entries(message.objects, 60).map(([id, kind, said, inside]) => ({
      id: number(id),
      kind: text(kind),
      text: text(said),
      inside: names(inside),
    })),
    output,
  };
}

function names(value: unknown): TraceName[] {
  return entries(value, 60).map(([name, inside]) => ({
    name: text(name),
    value: valueFrom(inside),
  }));
}

function valueFrom(value: unknown): TraceValue {
  const [kind, what] = Array.isArray(value) ? (value as unknown[]) : [];
  if (kind === "object") return { kind, id: number(what) };
  return { kind: "text", text: text(what) };
}

function entries(value: unknown, most: number): unknown[][] {
  return Array.isArray(value) ? value.slice(0, most).filter((one) => Array.isArray(one)) : [];
}
