import type { Terminal } from "@xterm/xterm";

// Whether the terminal is drawn by WebGL, where a graphics card does it, or by the DOM.

/** Names of WebGL implementations that compute on the processor, which the page needs itself. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render|mesa offscreen/i;
/** What browsers say in place of a name. */
const NAMELESS = /^(|webkit webgl|mozilla)$/i;

/** `name`: of the WebGL implementation; null if there is none. */
export function isFast(name: string | null): boolean {
  return name !== null && !NAMELESS.test(name) && !SOFTWARE.test(name);
}

/** Frames may take so long on average while output is written. */
export const SLOW_FRAME_MS = 50;
const FRAMES = 12;
/** The page was hidden, or the computer slept. */
const PAUSE_MS = 1000;

/** Finds out that frames take too long, from the times at which they begin during a flood. */
export class FrameTimes {
  #last: number | null = null;
  readonly #times: number[] = [];

  /** A frame begins. `busy`: output is waiting to be parsed. True if frames are too slow. */
  begin(now: number, busy: boolean): boolean {
    const time = busy && this.#last !== null ? now - this.#last : null;
    this.#last = busy ? now : null;
    if (time === null || time > PAUSE_MS) return false;
    this.#times.push(time);
    if (this.#times.length > FRAMES) this.#times.shift();
    const sum = this.#times.reduce((total, one) => total + one, 0);
    return this.#times.length === FRAMES && sum / FRAMES > SLOW_FRAME_MS;
  }
}

const REMEMBERED_MS = 7 * 24 * 3600 * 1000;
/** Once, the computer may only have been busy. */
const SLOW_SESSIONS = 2;

export interface StoredValue {
  get(): string | null;
  set(value: string): void;
}

/** Where the page keeps that WebGL is slow on this computer. */
export interface RendererMemory {
  /** Until the tab is closed. */
  readonly session: StoredValue;
  readonly browser: StoredValue;
}

export function isKnownSlow(memory: RendererMemory, now: number): boolean {
  return memory.session.get() !== null || slowSessions(memory, now) >= SLOW_SESSIONS;
}

/** In how many sessions frames were slow. For a week: then the computer may have another driver. */
function slowSessions({ browser }: RendererMemory, now: number): number {
  const [until, sessions] = (browser.get() ?? "").split(" ").map(Number);
  const known = until !== undefined && now < until && until <= now + REMEMBERED_MS;
  return (known && sessions) || 0;
}

/** Frames were slow in this session. */
export function rememberSlow(memory: RendererMemory, now: number): void {
  memory.session.set("slow");
  store(memory, now, slowSessions(memory, now) + 1);
}

function store({ browser }: RendererMemory, now: number, sessions: number): void {
  browser.set(`${now + REMEMBERED_MS} ${sessions}`);
}

/**
 * Draws the terminal by WebGL if that is faster than by the DOM, and as long as it is. `busy`: output
 * waits to be parsed.
 */
export async function loadWebgl(
  terminal: Terminal,
  memory: RendererMemory,
  busy: () => boolean,
): Promise<void> {
  if (isKnownSlow(memory, Date.now())) return;
  if (!isFast(webglName())) {
    store(memory, Date.now(), SLOW_SESSIONS);
    return;
  }
  const { WebglAddon } = await import("@xterm/addon-webgl");
  const webgl = new WebglAddon();
  webgl.onContextLoss(() => webgl.dispose());
  terminal.loadAddon(webgl);
  const times = new FrameTimes();
  const drawn = terminal.onRender(() => {
    if (!times.begin(performance.now(), busy())) return;
    drawn.dispose();
    rememberSlow(memory, Date.now());
    webgl.dispose(); // the DOM renderer takes its place
  });
}

/** The name of the browser's WebGL implementation; null without WebGL 2. */
function webglName(): string | null {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) return null;
  let name = String(gl.getParameter(gl.RENDERER));
  // Firefox gives the name there, and warns of the extension.
  const info = NAMELESS.test(name) ? gl.getExtension("WEBGL_debug_renderer_info") : null;
  if (info) name = String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL));
  // Browsers keep few contexts, and drop the oldest.
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return name;
}
