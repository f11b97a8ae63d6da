import type { Puzzle, Ticket, TicketRequest, TryConfig } from "../protocol.gen";
import { solving } from "./puzzle";
import { tt } from "./texts";

const WAIT_MS = 10_000;
/** Longer than any phone takes: then the page does it itself, part by part. */
const WORKER_MS = 20_000;
/** A ticket is valid for 60 s. */
const FRESH_MS = 45_000;

/** Why there is no ticket: a sentence for the reader. */
export class NoTicket extends Error {}

/** What opens sockets of somebody without an account. Held in this page's memory alone. */
export class VisitorTickets {
  readonly #config: Pick<TryConfig, "puzzle_url" | "ticket_url">;
  #visit = "";
  #ticket = "";
  #since = Number.NEGATIVE_INFINITY;
  #asking: Promise<string> | null = null;

  constructor(config: Pick<TryConfig, "puzzle_url" | "ticket_url">) {
    this.#config = config;
  }

  /** The newest; empty before the first. */
  get last(): string {
    return this.#ticket;
  }

  /** One that opens a socket now. Raises `NoTicket`. */
  fresh(): Promise<string> {
    if (performance.now() - this.#since < FRESH_MS) return Promise.resolve(this.#ticket);
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** The last one may have been used up. */
  forget(): void {
    this.#since = Number.NEGATIVE_INFINITY;
  }

  async #ask(): Promise<string> {
    if (this.#visit) {
      try {
        return await this.#take({ visit: this.#visit, puzzle: "", answers: [] });
      } catch (error) {
        if (!(error instanceof NoTicket)) throw error;
        this.#visit = ""; // it has ended, or the network is another one
      }
    }
    const puzzle = await post<Puzzle>(this.#config.puzzle_url, {});
    const answers = await solve(puzzle);
    return this.#take({ visit: "", puzzle: puzzle.puzzle, answers });
  }

  async #take(request: TicketRequest): Promise<string> {
    const { ticket, visit } = await post<Ticket>(this.#config.ticket_url, request);
    this.#ticket = ticket;
    this.#visit = visit;
    this.#since = performance.now();
    return ticket;
  }
}

/** Without cookies, whoever the browser is signed in as. */
async function post<Answer>(url: string, body: object): Promise<Answer> {
  const answer = await fetch(url, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(WAIT_MS),
  }).catch(() => null);
  if (!answer) throw new NoTicket(tt("problem.offline"));
  const said = (await answer.json().catch(() => null)) as
    | (Answer & { readonly error?: { readonly message: string } })
    | null;
  if (answer.ok && said) return said;
  throw new NoTicket(said?.error?.message ?? tt("problem.offline"));
}

async function solve(puzzle: Puzzle): Promise<readonly number[]> {
  try {
    return await solvedByWorker(puzzle);
  } catch {
    return solvedHere(puzzle);
  }
}

function solvedByWorker(puzzle: Puzzle): Promise<readonly number[]> {
  const worker = new Worker(new URL("./puzzle_worker.ts", import.meta.url), { type: "module" });
  const answers = new Promise<readonly number[]>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
    window.setTimeout(reject, WORKER_MS);
  });
  worker.postMessage(puzzle);
  return answers.finally(() => worker.terminate());
}

/** Where a browser starts no worker: a part at a time, so that the page stays usable. */
async function solvedHere({ puzzle, parts, bits }: Puzzle): Promise<readonly number[]> {
  const steps = solving(puzzle, parts, bits);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await new Promise((resolve) => window.setTimeout(resolve, 0));
  }
}
