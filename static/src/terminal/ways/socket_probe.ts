import { at } from "../../common/base/paths";
import { PROTOCOL_VERSION } from "../../protocol.gen";

/** Until it is asked again whether the connection may be replaced. */
const BUSY_MS = 10_000;
const OPEN_MS = 5_000;

export interface ProbeHost {
  readonly sides: boolean;
  /** In how many milliseconds the next WebSocket is tried. */
  nextProbe(): number;
  /** Whether the connection may be replaced now. */
  mayReplace(): boolean;
  /** This WebSocket got through; the first message is there. */
  found(socket: WebSocket, first: unknown): void;
}

/** Tries a WebSocket now and then, while requests do its work. */
export class SocketProbe {
  #timer = 0;
  #socket: WebSocket | null = null;
  readonly #host: ProbeHost;

  constructor(host: ProbeHost) {
    this.#host = host;
  }

  begin(): void {
    this.#later(this.#host.nextProbe());
  }

  end(): void {
    window.clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #later(milliseconds: number): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#try(), milliseconds);
  }

  #try(): void {
    if (!this.#host.mayReplace()) {
      this.#later(BUSY_MS);
      return;
    }
    const socket = new WebSocket(socketUrl(this.#host.sides));
    this.#socket = socket;
    this.#timer = window.setTimeout(() => socket.close(), OPEN_MS);
    socket.onclose = () => {
      this.#socket = null;
      this.begin();
    };
    socket.onmessage = ({ data }) => {
      if (!this.#host.mayReplace()) {
        socket.close();
        return;
      }
      this.#socket = null;
      this.#host.found(socket, data);
    };
  }
}

/** `sides`: the page has use for channels beside the terminal. */
/** `ticket`: of a guest, who has no session. */
export function socketUrl(sides: boolean, ticket = ""): string {
  const { protocol, host } = location;
  const query = ticket ? `?ticket=${encodeURIComponent(ticket)}` : versionOf(sides);
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}${at(`/ws/terminal/${query}`)}`;
}

export function versionOf(sides: boolean): string {
  return sides ? `?protocol=${PROTOCOL_VERSION}` : "";
}
