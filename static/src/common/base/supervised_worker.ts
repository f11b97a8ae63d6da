import { Emitter } from "./emitter";
import type { Timer } from "./timer";

/** As a method: the browser's events are more than what is asked of them here. */
type Handler<Event> = { handle(event: Event): void }["handle"] | null;

/** What a `Worker` is to the page. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: Handler<{ readonly data: unknown }>;
  onerror: Handler<{ preventDefault?(): void }>;
  onmessageerror: Handler<object>;
}

export interface WorkerOptions {
  /** Makes a worker; may throw. */
  start(): WorkerLike;
  readonly timer: Timer;
  /**
   * Answers a request of the worker. Without it, and for methods that it does not know (undefined),
   * the worker is answered `null`.
   */
  answer?(method: string, params: unknown): unknown;
}

/** Why a request got no result. */
export class WorkerGone extends Error {}
export class WorkerBusy extends Error {}
export class WorkerRefused extends Error {}

/** `loading` until the first message of a worker arrives; `off`: it failed twice, or was stopped. */
export type WorkerState = "loading" | "running" | "off";

/** Requests that may wait for a result; each holds a program of any size. */
const MOST_PENDING = 32;
const TICK_MS = 1000;
/** The longest time without any message while a result is awaited. */
const SILENT_TICKS = 5;
/** … and until the first one: a worker of some megabytes comes over a slow line. */
const LOADING_TICKS = 90;

interface Pending {
  /** How many ticks its worker may be silent. */
  readonly patience: number;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** As JSON-RPC has them: a request of the worker, a notification, or an answer. */
interface Incoming {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message?: unknown } | null;
}

/**
 * A worker that speaks JSON-RPC over `postMessage`: `{id, method, params}` is answered by
 * `{id, result}` or `{id, error: {message}}`; without an id it is a notification.
 *
 * A worker that fails, or is silent for 5 s although an answer is due, is restarted once; its requests
 * are rejected, and `onDidRestart` tells the owner to repeat what the worker must know. When it
 * fails again it is off, and `onDidFail` lets the owner say so. Time is counted by ticks of the
 * page's timer, so a computer that slept has not made the worker silent.
 */
export class SupervisedWorker {
  readonly #didRestart = new Emitter();
  /** Another worker has been started in place of the one that failed. */
  readonly onDidRestart = this.#didRestart.event;
  readonly #didFail = new Emitter();
  /** It has failed twice, and is off. */
  readonly onDidFail = this.#didFail.event;
  readonly #didNotify = new Emitter<{ method: string; params: unknown }>();
  readonly onDidNotify = this.#didNotify.event;
  readonly #didSay = new Emitter<object>();
  /** A message that is no JSON-RPC. */
  readonly onDidSay = this.#didSay.event;
  readonly #options: WorkerOptions;
  readonly #pending = new Map<number, Pending>();
  #worker: WorkerLike | null = null;
  #state: WorkerState = "loading";
  #restarted = false;
  #ids = 0;
  #ticks = 0;
  #tick: unknown = null;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#start();
  }

  get state(): WorkerState {
    return this.#state;
  }

  /**
   * Rejects with `WorkerGone`, `WorkerBusy`, or `WorkerRefused` if the worker answers with an error.
   * `seconds`: how long the worker may work at it in silence.
   */
  request(method: string, params: unknown, seconds = SILENT_TICKS): Promise<unknown> {
    if (!this.#worker) return Promise.reject(new WorkerGone(method));
    if (this.#pending.size >= MOST_PENDING) return Promise.reject(new WorkerBusy(method));
    this.#ids += 1;
    const id = this.#ids;
    const patience = (seconds * 1000) / TICK_MS;
    const result = new Promise((resolve, reject) => {
      this.#pending.set(id, { patience, resolve, reject });
    });
    this.#post({ jsonrpc: "2.0", id, method, params });
    this.#watch();
    return result;
  }

  /** Is dropped when the worker is off. */
  notify(method: string, params: unknown): void {
    this.#post({ jsonrpc: "2.0", method, params });
  }

  /** A message that is no JSON-RPC: the first one that some workers want. */
  send(message: unknown): void {
    this.#post(message);
  }

  /** Ends it, without a message to anybody. */
  stop(): void {
    this.#end();
    this.#state = "off";
  }

  #start(): void {
    this.#state = "loading";
    this.#ticks = 0;
    try {
      const worker = this.#options.start();
      this.#worker = worker;
      worker.onmessage = ({ data }) => this.#received(worker, data);
      worker.onmessageerror = () => this.#failed(worker);
      worker.onerror = (event) => {
        event.preventDefault?.();
        this.#failed(worker);
      };
    } catch {
      this.#failed(null);
    }
  }

  #post(message: unknown): void {
    this.#worker?.postMessage(message);
  }

  #received(worker: WorkerLike, data: unknown): void {
    if (worker !== this.#worker) return;
    this.#state = "running";
    this.#ticks = 0;
    if (typeof data !== "object" || data === null) return;
    const { id, method, params, result, error } = data as Incoming;
    if (typeof method === "string") this.#asked(id, method, params);
    else if (typeof id === "number") this.#answered(id, result, error);
    else this.#didSay.fire(data);
  }

  #asked(id: unknown, method: string, params: unknown): void {
    if (id === undefined || id === null) {
      this.#didNotify.fire({ method, params });
      return;
    }
    const result = this.#options.answer?.(method, params) ?? null;
    this.#post({ jsonrpc: "2.0", id, result });
  }

  #answered(id: number, result: unknown, error: Incoming["error"]): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#rest();
    if (error) pending?.reject(new WorkerRefused(String(error.message)));
    else pending?.resolve(result);
  }

  #watch(): void {
    this.#tick ??= this.#options.timer.set(() => this.#ticked(), TICK_MS);
  }

  #rest(): void {
    this.#options.timer.clear(this.#tick);
    this.#tick = null;
    this.#ticks = 0;
  }

  #ticked(): void {
    this.#tick = null;
    this.#ticks += 1;
    const patience = [...this.#pending.values()].map((pending) => pending.patience);
    const most = this.#state === "loading" ? LOADING_TICKS : Math.max(...patience);
    if (this.#ticks >= most) this.#failed(this.#worker);
    else this.#watch();
  }

  #failed(worker: WorkerLike | null): void {
    if (worker !== this.#worker) return;
    this.#end();
    if (this.#restarted) {
      this.#state = "off";
      this.#didFail.fire();
      return;
    }
    this.#restarted = true;
    this.#start();
    if (this.#worker) this.#didRestart.fire();
  }

  #end(): void {
    this.#rest();
    this.#worker?.terminate();
    this.#worker = null;
    const gone = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of gone) reject(new WorkerGone("the worker has ended"));
  }
}
