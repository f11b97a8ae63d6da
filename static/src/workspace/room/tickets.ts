import type { RoomStanding } from "../../protocol.gen";

const RENEW_MS = 45_000; // they are valid for a minute
const WAIT_MS = 10_000;

/** Who the browser is for the room: the page's user, nobody, or another user. `out`: the page's user,
 * who is not in the room any more; `closed`: nor may be for now. */
export type Standing = "in" | "out" | "closed" | "signed_out" | "other";

export interface TicketAddresses {
  /** Empty for members. */
  readonly ticket: string;
  readonly standing: string;
}

/** What opens the sockets of a guest, who has no session. Members need none. */
export class Tickets {
  readonly #address: string;
  readonly #standing: string;
  readonly #user: string;
  last = "";

  constructor({ ticket: address, standing }: TicketAddresses, user: string) {
    this.#address = address;
    this.#standing = standing;
    this.#user = user;
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

  /** `in`, unless the server says otherwise. */
  async standing(): Promise<Standing> {
    try {
      const address = this.#address || this.#standing;
      const answer = await fetch(address, { signal: AbortSignal.timeout(WAIT_MS) });
      if (answer.status === LOCKED) return "closed";
      if (REFUSALS.has(answer.status)) return "out";
      if (this.#address || !answer.ok) return "in";
      const { user, admitted, closed } = (await answer.json()) as RoomStanding;
      if (user === "") return "signed_out";
      if (user !== this.#user) return "other";
      return admitted ? "in" : closed ? "closed" : "out";
    } catch {
      return "in";
    }
  }
}

/** Of a guest whose room is closed for now. */
const LOCKED = 423;

/** Of a guest who is not in the room; a busy site answers with others. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404, 410]);
