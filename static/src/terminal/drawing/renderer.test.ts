import type { Terminal } from "@xterm/xterm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FrameTimes, isFast, isKnownSlow, loadWebgl, rememberSlow } from "./renderer";

it.each([
  "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)",
  "llvmpipe (LLVM 15.0.6, 256 bits)",
  "ANGLE (Mesa, llvmpipe (LLVM 17.0.6 256 bits), OpenGL 4.5)",
  "ANGLE (Microsoft, Microsoft Basic Render Driver (0x0000008C) Direct3D11 vs_5_0 ps_5_0)",
  "Apple Software Renderer",
  "Google SwiftShader",
  "Mozilla",
  "WebKit WebGL",
  "",
  null,
])("does not draw by WebGL with %s", (name) => {
  expect(isFast(name)).toBe(false);
});

it.each([
  "ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)",
  "ANGLE (NVIDIA, NVIDIA GeForce GTX 1050 Direct3D11 vs_5_0 ps_5_0, D3D11)",
  "Apple GPU",
  "Adreno (TM) 640",
])("draws by WebGL with %s", (name) => {
  expect(isFast(name)).toBe(true);
});

/** Whether frames at this distance, in ms, are found to be slow. */
function findsSlow(distance: number, frames: number, busy = () => true): boolean {
  const times = new FrameTimes();
  let now = 0;
  return Array.from({ length: frames }, () => {
    now += distance;
    return times.begin(now, busy());
  }).includes(true);
}

it("finds frames slow that take more than 50 ms on average", () => {
  expect(findsSlow(51, 40)).toBe(true);
  expect(findsSlow(49, 40)).toBe(false);
});

it("needs more than a few slow frames", () => {
  expect(findsSlow(200, 12)).toBe(false);
  expect(findsSlow(200, 13)).toBe(true);
});

it("does not count the time in which nothing is written, or in which the page is hidden", () => {
  let frame = 0;
  expect(
    findsSlow(400, 100, () => {
      frame += 1;
      return frame % 2 === 0;
    }),
  ).toBe(false);
  expect(findsSlow(1001, 100)).toBe(false);
});

class Stored {
  value: string | null = null;
  get = () => this.value;
  set = (value: string) => {
    this.value = value;
  };
}

const DAY = 24 * 3600 * 1000;

describe("what the page remembers", () => {
  const browser = new Stored();
  /** A new tab of the same browser. */
  const opened = () => ({ session: new Stored(), browser });

  beforeEach(() => {
    browser.value = null;
  });

  it("is for the session when frames were slow once, as on a busy computer", () => {
    const memory = opened();
    expect(isKnownSlow(memory, DAY)).toBe(false);
    rememberSlow(memory, DAY);
    expect([isKnownSlow(memory, 30 * DAY), isKnownSlow(opened(), DAY)]).toEqual([true, false]);
  });

  it("is for a week when it happened in two sessions", () => {
    rememberSlow(opened(), DAY);
    rememberSlow(opened(), 2 * DAY);
    expect([8, 9].map((day) => isKnownSlow(opened(), day * DAY))).toEqual([true, false]);
  });

  it("is forgotten when the second time is more than a week later", () => {
    rememberSlow(opened(), DAY);
    rememberSlow(opened(), 9 * DAY);
    expect(isKnownSlow(opened(), 9 * DAY)).toBe(false);
  });

  it.each(["", "soon", "1e300 2", "-1 2", "Infinity 2", `${2 * DAY}`, `${2 * DAY} two`])(
    "is mistrusted as %j",
    (value) => {
      browser.value = value;
      expect(isKnownSlow(opened(), DAY)).toBe(false);
    },
  );
});

const addon = vi.hoisted(() => ({ dispose: vi.fn(), onContextLoss: vi.fn() }));
vi.mock("@xterm/addon-webgl", () => ({
  WebglAddon: class {
    dispose = addon.dispose;
    onContextLoss = addon.onContextLoss;
  },
}));

describe("a terminal", () => {
  const MASKED = 0x1f01;
  const UNMASKED = 0x9246;
  const browser = new Stored();
  let memory = { session: new Stored(), browser };
  /** A new tab. */
  const reopen = () => {
    memory = { session: new Stored(), browser };
  };

  /** A browser that calls its WebGL implementation so, and a terminal in it that draws. */
  async function opened(name: string | null) {
    const gl = {
      RENDERER: MASKED,
      getParameter: (what: number) => (what === UNMASKED ? name : "WebKit WebGL"),
      getExtension: (extension: string) =>
        extension === "WEBGL_debug_renderer_info" ? { UNMASKED_RENDERER_WEBGL: UNMASKED } : null,
    };
    const getContext = vi.fn(() => (name === null ? null : gl));
    vi.stubGlobal("document", { createElement: () => ({ getContext }) });
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    const listeners = new Set<() => void>();
    const loadAddon = vi.fn();
    const onRender = (listener: () => void) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    };
    await loadWebgl({ loadAddon, onRender } as unknown as Terminal, memory, () => true);
    const draw = (frames: number, milliseconds: number) => {
      for (let frame = 0; frame < frames; frame += 1) {
        now += milliseconds;
        for (const listener of listeners) listener();
      }
    };
    return { draw, getContext, loadAddon };
  }

  afterEach(() => {
    browser.value = null;
    reopen();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    addon.dispose.mockReset();
  });

  it("is drawn by WebGL on a graphics card, as long as that is fast", async () => {
    const { draw, loadAddon } = await opened("Apple GPU");
    expect(loadAddon).toHaveBeenCalledTimes(1);
    draw(1000, 17);
    expect(addon.dispose).not.toHaveBeenCalled();
    expect(browser.value).toBeNull();
    draw(20, 80);
    expect(addon.dispose).toHaveBeenCalledTimes(1);
    expect((await opened("Apple GPU")).loadAddon).not.toHaveBeenCalled();
    reopen();
    const again = await opened("Apple GPU");
    expect(again.loadAddon).toHaveBeenCalledTimes(1);
    again.draw(20, 80);
    reopen();
    expect((await opened("Apple GPU")).loadAddon).not.toHaveBeenCalled();
  });

  it.each(["Google SwiftShader", null])("is not, with %s, and does not ask again", async (name) => {
    expect((await opened(name)).loadAddon).not.toHaveBeenCalled();
    reopen();
    expect((await opened(name)).getContext).not.toHaveBeenCalled();
  });
});
