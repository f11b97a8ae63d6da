import type { Internals, Renderer, WidthCache } from "./internals";

/** Of a frame, for measuring signs that are shown for the first time: a sign takes 0.1 ms. */
const FRAME_MS = 20;
/** Before all are forgotten: a program can show more different signs than a page has memory. */
const MOST_KNOWN = 20_000;

export interface Page {
  now(): number;
  inNextFrame(then: () => void): void;
  /** Draws everything again. */
  draw(): void;
}

/**
 * A screen can show thousands of signs that the page has not measured. Those that do not fit into a
 * frame's time are drawn as wide as their cells, and measured in the frames after.
 */
export function boundMeasuring(internals: Internals, page: Page): void {
  const service = internals._renderService;
  if (!service) throw new Error("the terminal is not open");
  const cellsOf = (signs: string) =>
    internals.unicodeService.getStringCellWidth(signs) * service.dimensions.css.cell.width;
  const bound = (renderer: Renderer | undefined) => {
    if (renderer?._widthCache) boundCache(renderer._widthCache, cellsOf, page);
  };
  bound(service._renderer.value);
  const set = service.setRenderer.bind(service);
  service.setRenderer = (renderer) => {
    bound(renderer);
    set(renderer);
  };
}

function boundCache(cache: WidthCache, cellsOf: (signs: string) => number, page: Page): void {
  const [get, measure] = [cache.get.bind(cache), cache._measure.bind(cache)];
  let [spent, known, waits, incomplete] = [0, 0, false, false];
  const nextFrame = () => {
    [spent, waits] = [0, false];
    if (known > MOST_KNOWN) {
      known = 0;
      cache.clear();
    }
    if (incomplete) {
      incomplete = false;
      page.draw();
    }
  };
  cache._measure = (signs, variant) => {
    if (!waits) {
      waits = true;
      page.inNextFrame(nextFrame);
    }
    if (spent >= FRAME_MS) {
      incomplete = true;
      return 0; // is not remembered
    }
    const began = page.now();
    const width = measure(signs, variant);
    spent += page.now() - began;
    known += 1;
    return width;
  };
  cache.get = (signs, bold, italic) => get(signs, bold, italic) || cellsOf(signs);
}
