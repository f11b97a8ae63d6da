const RENEW_MS = 45_000; // they are valid for a minute
const WAIT_MS = 10_000;

/** What opens the sockets of a guest, who has no session. Members need none. */
export class Tickets {
  readonly #address: string;
  last = "";

  constructor(address: string) {
    this.#address = address;
    if (address) window.setInterval(() => void this.fresh().catch(() => ""), RENEW_MS);
  }

  async fresh(): Promise<string> {
    if (!this.#address) return "";
    const answer = await fetch(this.#address, { signal: AbortSignal.timeout(WAIT_MS) });
    if (!answer.ok) throw new Error(`the server gave no ticket: ${answer.status}`);
    const { ticket } = (await answer.json()) as { readonly ticket: string };
    this.last = ticket;
    return ticket;
  }
}
