type Methods = Readonly<Record<string, (params: never) => unknown>>;

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

/**
 * Answers the requests of a `SupervisedWorker`, inside the worker. A notification tells that it is
 * ready, so that only from then on it has to be quick.
 */
export async function answer(load: () => Promise<Methods>): Promise<void> {
  const waiting: Request[] = [];
  let take = (request: Request) => {
    waiting.push(request);
  };
  self.onmessage = ({ data }: MessageEvent<Request>) => take(data);
  const methods = await load();
  self.postMessage({ method: "ready" });
  take = (request) => void respond(request, methods);
  for (const request of waiting) take(request);
}

async function respond({ id, method, params }: Request, methods: Methods): Promise<void> {
  try {
    const result = await methods[method]?.(params as never);
    self.postMessage({ id, result });
  } catch (error) {
    self.postMessage({ id, error: { message: String(error) } });
  }
}
