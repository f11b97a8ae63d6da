import {
  SupervisedWorker,
  WorkerBusy,
  WorkerGone,
  type WorkerLike,
  WorkerRefused,
} from "../../common/base/supervised_worker";
import type { Problem } from "../../common/problems/problem";
import AdviceWorker from "../../editor/checks/advice_worker?worker";
import type { AdviceRequest } from "../../editor/checks/python_advice";
import type {
  CheckRequest,
  FormatRequest,
  FormatResult,
  RuffFinding,
} from "../../editor/checks/ruff";
import RuffWorker from "../../editor/checks/ruff_worker?worker";
import { timer } from "../../terminal/timer";

/**
 * A worker that is started with its first request. It refuses what it cannot read, such as a text that
 * is nested 100,000 deep: its memory may be damaged then, so the next request gets a new one.
 */
export class WorkerOnDemand {
  readonly #make: () => Worker;
  readonly #failed: () => void;
  #worker: SupervisedWorker | null = null;

  constructor(make: () => Worker, failed: () => void) {
    this.#make = make;
    this.#failed = failed;
  }

  /** Null: the worker refused it, has too much to do, or has ended. */
  async request(method: string, params: unknown): Promise<unknown> {
    this.#worker ??= this.#started();
    const worker = this.#worker;
    try {
      return await worker.request(method, params);
    } catch (error) {
      if (error instanceof WorkerRefused) {
        worker.stop();
        if (this.#worker === worker) this.#worker = null;
        return null;
      }
      if (error instanceof WorkerGone || error instanceof WorkerBusy) return null;
      throw error;
    }
  }

  #started(): SupervisedWorker {
    const worker = new SupervisedWorker({ start: () => this.#make() as WorkerLike, timer });
    worker.onDidFail(this.#failed);
    return worker;
  }
}

/** The rules of common/advice, in a worker. */
export class AdviceClient {
  readonly #worker: WorkerOnDemand;

  constructor(failed: () => void) {
    this.#worker = new WorkerOnDemand(() => new AdviceWorker(), failed);
  }

  async advise(request: AdviceRequest): Promise<readonly Problem[] | null> {
    return (await this.#worker.request("advise", request)) as readonly Problem[] | null;
  }
}

/** Ruff, in a worker. Null: no answer. */
export class RuffClient {
  readonly #worker: WorkerOnDemand;

  constructor(failed: () => void) {
    this.#worker = new WorkerOnDemand(() => new RuffWorker(), failed);
  }

  async check(request: CheckRequest): Promise<readonly RuffFinding[] | null> {
    return (await this.#worker.request("check", request)) as readonly RuffFinding[] | null;
  }

  async format(request: FormatRequest): Promise<FormatResult | null> {
    return (await this.#worker.request("format", request)) as FormatResult | null;
  }
}
