import { ascii } from "../base/utf8";
import type { DebugSession } from "./debug_session";

interface Asked {
  readonly seq: number;
  readonly command: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** For tests: what a session sends, and what a debugger says to it. */
export class FakeDebugger {
  asked: Asked[] = [];
  /** How many times something was sent. */
  frames = 0;
  reads = true;
  session: DebugSession | null = null;
  #text = "";

  readonly send = (data: Uint8Array): boolean => {
    if (!this.reads) return false;
    this.frames += 1;
    this.#text += String.fromCharCode(...data);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n\r\n/.exec(this.#text);
      if (!header) return true;
      const end = header[0].length + Number(header[1]);
      this.asked.push(JSON.parse(this.#text.slice(header[0].length, end)) as Asked);
      this.#text = this.#text.slice(end);
    }
  };

  get commands(): string[] {
    return this.asked.map(({ command }) => command);
  }

  last(command: string): Asked {
    const found = this.asked.filter((one) => one.command === command).at(-1);
    if (!found) throw new Error(`nobody asked for ${command}`);
    return found;
  }

  says(message: unknown): void {
    this.session?.feed(ascii(`${JSON.stringify(message)}\n`));
  }

  event(event: string, body: unknown = {}): void {
    this.says({ type: "event", event, body });
  }

  async answers(command: string, body: unknown = {}, success = true): Promise<void> {
    const { seq } = this.last(command);
    this.says({ type: "response", request_seq: seq, success, body, message: "refused" });
    await settled();
  }
}

/** What waits for promises is done. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
