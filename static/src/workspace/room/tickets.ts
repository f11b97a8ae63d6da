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

  /** Whether the user is in the room still: false only where the server says so. */
  async areGiven(): Promise<boolean> {
    try {
      const init = { redirect: "manual", signal: AbortSignal.timeout(WAIT_MS) } as const;
      const { status, type } = this.#address
        ? await fetch(this.#address, init)
        : await fetch(location.href, { ...init, method: "HEAD" });
      return !(type === "opaqueredirect" || REFUSALS.has(status));
    } catch {
      return true;
    }
  }
}

/** Of who is not in the room, or is signed out; a busy site answers with others. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404, 410]);
