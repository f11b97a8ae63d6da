import type { DomRenderer, Internals, Renderer } from "../guard/internals";
import { HAS_BOX, isBox, joinsSideways, RUNS, shapeOf } from "./box_shapes";
import { backgroundOfShape } from "./cell_styles";

/** Measured many at once, as xterm.js does. */
const REPEATED = 32;
/** What xterm.js takes the width of every cell from. */
const MODEL = "W";
/** In CSS pixels. Browsers cut lengths off to a 64th of a pixel, which would add up. */
const ROUNDING = 0.001;

/**
 * Draws boxes and blocks without gaps where xterm.js draws by the DOM. Fonts leave gaps there: their
 * signs are as high as the font, not as the row, and cells end between two pixels of the screen. So
 * cells are whole pixels, and these characters are drawn as backgrounds. WebGL draws them itself.
 */
export function drawBoxes(internals: Internals): void {
  const service = internals._renderService;
  if (!service) throw new Error("the terminal is not open");
  const adapt = (renderer: Renderer | undefined) => {
    if (isDom(renderer)) new CellDrawing(renderer);
  };
  adapt(service._renderer.value);
  const set = service.setRenderer.bind(service);
  service.setRenderer = (renderer) => {
    adapt(renderer);
    set(renderer);
  };
}

function isDom(renderer: Renderer | undefined): renderer is DomRenderer {
  return renderer?._rowFactory !== undefined;
}

class CellDrawing {
  readonly #renderer: DomRenderer;
  readonly #style = document.createElement("style");
  /** Characters that have a rule in the style sheet. */
  readonly #known = new Set<number>();
  #drawnFor = "";

  constructor(renderer: DomRenderer) {
    this.#renderer = renderer;
    renderer._screenElement.append(this.#style);
    this.#measureExactly();
    const update = renderer._updateDimensions.bind(renderer);
    renderer._updateDimensions = () => {
      update();
      this.#snap();
    };
    const factory = renderer._rowFactory;
    const create = factory.createRow.bind(factory);
    factory.createRow = (...given) => {
      const elements = create(...given);
      for (const element of elements) this.#draw(element);
      return elements;
    };
    const dispose = renderer.dispose.bind(renderer);
    renderer.dispose = () => {
      this.#style.remove();
      dispose();
    };
    renderer.handleDevicePixelRatioChange();
  }

  /** xterm.js rounds widths to whole CSS pixels, which adds up along a row. */
  #measureExactly(): void {
    const cache = this.#renderer._widthCache;
    const [measure, get] = [cache._measure.bind(cache), cache.get.bind(cache)];
    cache._measure = (signs, variant) => {
      const rounded = measure(signs, variant);
      if (rounded === 0) return 0; // not measured now
      const exact = cache._measureElements[variant]?.getBoundingClientRect().width ?? 0;
      return exact > 0 ? exact / REPEATED : rounded;
    };
    // Boxes have the width of a cell, whichever font has them.
    cache.get = (signs, bold, italic) =>
      isBox(signs.charCodeAt(0)) ? get(MODEL, false, false) : get(signs, bold, italic);
  }

  /** Cells end where pixels of the screen do. */
  #snap(): void {
    const { dimensions, _screenElement, _rowElements, _bufferService } = this.#renderer;
    const ratio = this.#renderer._coreBrowserService.dpr;
    const { device, css } = dimensions;
    device.cell.width = Math.max(1, Math.round(device.cell.width));
    device.canvas.width = device.cell.width * _bufferService.cols;
    device.canvas.height = device.cell.height * _bufferService.rows;
    for (const part of ["cell", "canvas"] as const) {
      css[part].width = device[part].width / ratio;
      css[part].height = device[part].height / ratio;
    }
    for (const { style } of _rowElements) {
      style.width = `${css.canvas.width}px`;
      style.height = `${css.cell.height + ROUNDING}px`;
      style.lineHeight = `${css.cell.height}px`;
    }
    _screenElement.style.width = `${css.canvas.width}px`;
    _screenElement.style.height = `${css.canvas.height}px`;
    this.#forget(`${device.cell.width} ${device.cell.height} ${ratio}`);
  }

  #forget(size: string): void {
    if (size === this.#drawnFor) return;
    this.#drawnFor = size;
    this.#known.clear();
    this.#style.textContent = "";
  }

  #draw(element: HTMLElement): void {
    const text = element.textContent ?? "";
    if (!HAS_BOX.test(text)) return;
    element.replaceChildren(...Array.from(text.matchAll(RUNS), ([run]) => this.#run(run)).flat());
  }

  /** A part of a row: text, or elements for characters that are drawn. */
  #run(run: string): (string | HTMLElement)[] {
    const code = run.charCodeAt(0);
    if (!HAS_BOX.test(run)) return [run];
    this.#define(code);
    if (joinsSideways(code)) return [this.#cells(run, code)];
    return Array.from(run, (sign) => this.#cells(sign, code));
  }

  #cells(signs: string, code: number): HTMLElement {
    const made = document.createElement("i");
    made.className = `box-cell box-${code}`;
    made.textContent = signs; // without a size: it is found, and not seen
    const { width } = this.#renderer.dimensions.css.cell;
    made.style.width = `${signs.length * width + ROUNDING}px`;
    return made;
  }

  #define(code: number): void {
    if (this.#known.has(code)) return;
    this.#known.add(code);
    const { cell } = this.#renderer.dimensions.device;
    const ratio = this.#renderer._coreBrowserService.dpr;
    const background = backgroundOfShape(shapeOf(code, cell), cell, ratio);
    this.#style.sheet?.insertRule(`.box-${code} { background: ${background} }`);
  }
}
