import { scriptAnswers } from "./script_answers";

/** A worker with the language service of TypeScript: requests as JSON-RPC has them. */
interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: Record<string, unknown>;
}

const answers = scriptAnswers();

self.addEventListener("message", ({ data }: MessageEvent<Request>) => {
  const { id, method, params } = data;
  try {
    self.postMessage({ id, result: answers(method, params) ?? null });
  } catch (error) {
    self.postMessage({ id, error: { message: String(error) } });
  }
});
self.postMessage({ method: "ready" });
