import type { WorkerLike } from "./supervised_worker";

/** A worker for tests: they say what it answers, and that it fails. */
export class FakeWorker implements WorkerLike {
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  onmessageerror: WorkerLike["onmessageerror"] = null;
  readonly received: Record<string, unknown>[] = [];
  terminated = false;

  postMessage(message: unknown): void {
    this.received.push(message as Record<string, unknown>);
  }

  terminate(): void {
    this.terminated = true;
  }

  says(data: unknown): void {
    this.onmessage?.({ data });
  }

  /** Answers the newest request. */
  answers(result: unknown): void {
    this.says({ id: this.received.filter((message) => "id" in message).at(-1)?.id, result });
  }

  dies(): void {
    this.onerror?.({});
  }
}
