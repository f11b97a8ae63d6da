import type { Terminal } from "@xterm/xterm";

// The parts of xterm.js that have no public interface, and that only guard/ and drawing/ use. Its version
// is exact in `package.json`; `guarded_terminal.test.ts` fails if another one lacks a part.

export interface UnicodeService {
  activeVersion: string;
  getStringCellWidth(signs: string): number;
  register(provider: {
    readonly version: string;
    wcwidth(code: number): 0 | 1 | 2;
    /** Bits: 24 that are handed to the next call, two for the columns, one: belongs to the one before. */
    charProperties(code: number, preceding: number): number;
  }): void;
}

/** Of a control sequence; `params[0]` is 0 where none is given. */
export interface Params {
  readonly params: ArrayLike<number>;
  readonly length: number;
}

export type Handled = boolean | Promise<boolean>;

/** One method per control sequence. What they return is what a parser's handler returns. */
export interface InputHandler {
  /** A promise: parsing pauses, and is continued by a call with the same data. */
  parse(data: string | Uint8Array, result?: boolean): undefined | Promise<boolean>;
  readonly _parser: { reset(): void };
  readonly _parseStack: { paused: boolean };
  readonly _activeBuffer: Buffer;
  readonly _optionsService: { readonly rawOptions: { convertEol: boolean } };
  readonly _coreService: {
    readonly modes: { readonly insertMode: boolean };
    readonly decPrivateModes: { readonly reverseWraparound: boolean };
  };
  readonly _dirtyRowTracker: { markDirty(row: number): void };
  /** With which colours and style is printed. */
  readonly _curAttrData: CellLook;
  print(data: Uint32Array, start: number, end: number): void;
  backspace(): boolean;
  tab(): boolean;
  [method: string]: unknown;
}

export interface Buffer {
  x: number;
  y: number;
  readonly ybase: number;
  readonly scrollTop: number;
  readonly lines: { get(row: number): BufferLine | undefined };
  readonly markers: readonly unknown[];
}

export interface BufferLine {
  isWrapped: boolean;
  addCodepointToCell(column: number, code: number, width: number): void;
  setCellFromCodepoint(column: number, code: number, width: number, look: CellLook): void;
  /** 0 in the second half of a wide character. */
  getWidth(column: number): number;
  /** Empty in an empty cell. */
  getString(column: number): string;
  /** Behind it all cells are empty. */
  getTrimmedLength(): number;
}

/** Colours and style of a cell. */
export interface CellLook {
  getFgColor(): number;
}

/** How wide signs are, in pixels: measured in the page when they are shown for the first time. */
export interface WidthCache {
  get(signs: string, bold: unknown, italic: unknown): number;
  _measure(signs: string, variant: number): number;
  clear(): void;
}

/** What xterm.js draws with: by WebGL, or by the DOM, which alone has these parts. */
export interface Renderer {
  readonly _widthCache?: WidthCache;
  readonly _rowFactory?: RowFactory;
}

interface Size {
  width: number;
  height: number;
}

interface Dimensions {
  readonly cell: Size;
  readonly canvas: Size;
}

export interface RowFactory {
  createRow(...given: unknown[]): HTMLElement[];
}

export interface DomRenderer extends Renderer {
  readonly _widthCache: WidthCache & { readonly _measureElements: readonly HTMLElement[] };
  readonly _rowFactory: RowFactory;
  readonly _screenElement: HTMLElement;
  readonly _rowElements: readonly HTMLElement[];
  readonly _bufferService: { readonly rows: number; readonly cols: number };
  readonly _coreBrowserService: { readonly dpr: number };
  readonly dimensions: { readonly device: Dimensions; readonly css: Dimensions };
  _updateDimensions(): void;
  handleDevicePixelRatioChange(): void;
  dispose(): void;
}

/** Its queue of what is written, which `write_turns.ts` replaces. */
export interface WriteBuffer {
  /** The user has typed since the last write. */
  _didUserInput: boolean;
  write(data: string | Uint8Array, parsed?: () => void): void;
  readonly _onWriteParsed: { fire(): void };
}

export interface Internals {
  /** The next key shall type a character together with one before. */
  _unprocessedDeadKey: boolean;
  readonly _inputHandler: InputHandler;
  readonly _writeBuffer: WriteBuffer;
  readonly unicodeService: UnicodeService;
  readonly _oscLinkService: {
    /** The number of the link; 0 is none. */
    registerLink(link: { readonly id?: string; readonly uri: string }): number;
    addLineToLink(link: number, row: number): void;
  };
  readonly buffer: Buffer;
  /** From `open` on. */
  registerCharacterJoiner(ranges: (text: string) => [number, number][]): number;
  readonly _themeService?: Colours;
  readonly _renderService?: {
    readonly _renderer: { readonly value?: Renderer };
    readonly dimensions: { readonly css: { readonly cell: { readonly width: number } } };
    setRenderer(renderer: Renderer): void;
  };
}

export interface Colours {
  readonly _colors: unknown;
  readonly _onChangeColors: { fire(colours: unknown): void };
  _restoreColor(slot?: number): void;
  modifyColors(change: (colours: unknown) => void): void;
  restoreColor(slot?: number): void;
}

export function internalsOf(terminal: Terminal): Internals {
  return (terminal as unknown as { readonly _core: Internals })._core;
}
