import workerAddress from "virtual:script-worker";
import { SupervisedWorker } from "../../common/base/supervised_worker";
import type { Timer } from "../../common/base/timer";
import { ScriptClient } from "../../common/intelligence/script_client";
import type { Helper } from "./helper";

/** Code help for JavaScript and TypeScript. */
export class ScriptService implements Helper {
  readonly worker: SupervisedWorker;
  readonly client: ScriptClient;

  constructor(timer: Timer) {
    this.worker = new SupervisedWorker({
      start: () => new Worker(workerAddress, { name: "scripts" }),
      timer,
    });
    this.client = new ScriptClient(this.worker);
  }

  async start(): Promise<void> {
    // The first question tells it everything.
  }

  stop(): void {
    this.worker.stop();
  }
}
