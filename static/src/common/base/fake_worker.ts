import type { WorkerLike } from "./supervised_worker";

/** A worker for tests: they say what it answers, and that it fails. */
export class FakeWorker implements WorkerLike {
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  onmessageerror: WorkerLike["onmessageerror"] = null;
  readonly received: Record<string, unknown>[] = [];
  terminated = false;
  /** Answers requests at once; undefined: not at all. */
  reply: ((method: string, params: unknown) => unknown) | null = null;

  postMessage(message: unknown): void {
    const sent = message as Record<string, unknown>;
    this.received.push(sent);
    if (!this.reply || !("id" in sent) || typeof sent.method !== "string") return;
    const result = this.reply(sent.method, sent.params);
    if (result !== undefined) this.says({ id: sent.id, result });
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
