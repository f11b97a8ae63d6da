import { at } from "../../common/base/paths";
import type { OpenFailure } from "../../common/way/way_text";
import type { PolledFrames, PolledOpened, PolledRefusal } from "../../protocol.gen";
import { versionOf } from "./socket_probe";

/** What a connection needs of a WebSocket; `PolledSocket` is the other one that has it. */
export interface Socket {
  binaryType: string;
  /** `never`: each calls it with its own kind of event, which has `data`. */
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  readonly readyState: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
}

/** Longer than the server holds back an answer, shorter than a dead connection is noticed. */
const REQUEST_MS = 30_000;
const OPEN_MS = 8_000;
/** Between tries of a request that got no answer, or was to wait. */
const RETRY_MS = [200, 500, 1000, 2000, 3000];
const MOST_MESSAGES = 64;
const MOST_CHARACTERS = 256 * 1024;
const TOO_MANY = 429;
const UNAVAILABLE = [502, 503, 504];

/** A terminal's socket by HTTP requests: one that waits for frames, and one that says something. */
export class PolledSocket implements Socket {
  binaryType = "arraybuffer";
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  onfail: ((failure: OpenFailure) => void) | null = null;
  #readyState: number = WebSocket.CONNECTING;
  #name = "";
  #received = 0;
  #seq = 0;
  #sending = false;
  readonly #unsent: string[] = [];
  readonly #token: () => string;
  readonly #sides: boolean;
  readonly #ended = new AbortController();

  /** `token`: Django's CSRF token, read for each request. */
  constructor(token: () => string, sides = false) {
    this.#token = token;
    this.#sides = sides;
    void this.#open();
  }

  get readyState(): number {
    return this.#readyState;
  }

  send(data: string | Uint8Array<ArrayBuffer>): void {
    if (this.#readyState !== WebSocket.OPEN) return;
    this.#unsent.push(typeof data === "string" ? data : `b${base64(data)}`);
    if (!this.#sending) void this.#sendAll();
  }

  close(): void {
    if (this.#readyState === WebSocket.CLOSED) return;
    this.#readyState = WebSocket.CLOSED;
    this.#ended.abort();
    if (this.#name) void this.#request("close", { socket: this.#name }, { keepalive: true });
  }

  // --- Requests --------------------------------------------------------------------------------
  async #open(): Promise<void> {
    const answer = await this.#post("open", {}, OPEN_MS, versionOf(this.#sides));
    if (this.#readyState === WebSocket.CLOSED) return;
    const opened = answer?.ok ? await body<PolledOpened>(answer) : null;
    if (!opened?.socket) {
      this.onfail?.(answer ? await failure(answer) : { kind: "unreachable" });
      this.#end();
      return;
    }
    this.#name = opened.socket;
    this.#readyState = WebSocket.OPEN;
    await this.#pollAll();
  }

  async #pollAll(): Promise<void> {
    while (this.#readyState === WebSocket.OPEN) {
      const asked = { socket: this.#name, received: this.#received };
      const answer = await this.#repeated<PolledFrames>("poll", asked);
      if (!answer) return;
      this.#take(answer);
      if (answer.closed !== null) this.#end();
    }
  }

  #take({ first, frames }: PolledFrames): void {
    for (const [index, frame] of frames.entries()) {
      if (this.#readyState !== WebSocket.OPEN) return;
      if (first + index !== this.#received + 1) continue; // has come before
      this.#received += 1;
      this.onmessage?.({ data: frame[0] === "b" ? bytes(frame.slice(1)) : frame.slice(1) });
    }
  }

  async #sendAll(): Promise<void> {
    this.#sending = true;
    while (this.#unsent.length > 0 && this.#readyState === WebSocket.OPEN) {
      this.#seq += 1;
      const said = { socket: this.#name, seq: this.#seq, messages: this.#batch() };
      if (!(await this.#repeated("send", said))) return;
    }
    this.#sending = false;
  }

  /** What is said with the next request. */
  #batch(): string[] {
    let count = 0;
    let characters = 0;
    for (const text of this.#unsent.slice(0, MOST_MESSAGES)) {
      characters += text.length;
      if (count > 0 && characters > MOST_CHARACTERS) break;
      count += 1;
    }
    return this.#unsent.splice(0, count);
  }

  /** The answer to a request that may be repeated; null once the socket has ended. */
  async #repeated<Answer>(kind: string, asked: object): Promise<Answer | null> {
    for (const pause of [...RETRY_MS, 0]) {
      const response = await this.#post(kind, asked, REQUEST_MS);
      if (this.#readyState !== WebSocket.OPEN) return null;
      if (response?.ok) {
        const answer = await body<Answer>(response);
        if (answer) return answer;
      }
      const status = response?.status ?? 0;
      const mayPass = response === null || response.ok || status === TOO_MANY;
      if (!mayPass && !UNAVAILABLE.includes(status)) break;
      await new Promise((over) => setTimeout(over, pause));
    }
    this.#end();
    return null;
  }

  /** Null if there is no answer in time, or the socket ends before. */
  async #post(kind: string, asked: object, most: number, query = ""): Promise<Response | null> {
    const limit = new AbortController();
    const abort = () => limit.abort();
    const timer = window.setTimeout(abort, most);
    this.#ended.signal.addEventListener("abort", abort);
    try {
      return await this.#request(kind, asked, { signal: limit.signal }, query);
    } finally {
      window.clearTimeout(timer);
      this.#ended.signal.removeEventListener("abort", abort);
    }
  }

  #request(kind: string, asked: object, rest: RequestInit, query = ""): Promise<Response | null> {
    return fetch(at(`/terminal/${kind}/${query}`), {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.#token() },
      body: JSON.stringify(asked),
      redirect: "manual",
      cache: "no-store",
      ...rest,
    }).catch(() => null);
  }

  #end(): void {
    if (this.#readyState === WebSocket.CLOSED) return;
    this.#readyState = WebSocket.CLOSED;
    this.#ended.abort();
    this.onclose?.();
  }
}

async function body<Answer>(response: Response): Promise<Answer | null> {
  return (await response.json().catch(() => null)) as Answer | null;
}

async function failure(response: Response): Promise<OpenFailure> {
  const refusal = await body<PolledRefusal>(response);
  const { status } = response;
  if (refusal?.reason_code && status !== TOO_MANY && !UNAVAILABLE.includes(status))
    return { kind: "refused", refusal };
  const ours = refusal?.reason_code !== undefined;
  if (ours || UNAVAILABLE.includes(status)) return { kind: "unavailable", status };
  return { kind: "intercepted", status };
}

function base64(data: Uint8Array): string {
  return btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(""));
}

function bytes(base64: string): ArrayBuffer {
  const text = atob(base64);
  const data = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) data[index] = text.charCodeAt(index);
  return data.buffer;
}
