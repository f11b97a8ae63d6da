import type { Terminal } from "@xterm/xterm";
import type { BufferLine, Handled, InputHandler, Internals, Params } from "./internals";
import type { PacedParser } from "./paced_parser";

/**
 * Bounds what one control sequence can cost. A program may ask for two thousand million lines to be
 * scrolled by 12 bytes: beyond the size of the screen that changes nothing that can be seen.
 */

/** Repeated for each unit of their first parameter: no more than this many change the screen. */
const COUNTED: Readonly<Record<string, (terminal: Terminal) => number>> = {
  insertLines: ({ rows }) => rows,
  deleteLines: ({ rows }) => rows,
  scrollUp: ({ rows }) => rows,
  scrollDown: ({ rows }) => rows,
  cursorForwardTab: ({ cols }) => cols,
  cursorBackwardTab: ({ cols }) => cols,
  repeatPrecedingCharacter: ({ rows, cols }) => rows * cols,
};
/** They change every cell or the colours, or make the terminal anew: after them it may pause. */
const COSTLY = [
  "eraseInDisplay",
  "scrollLeft",
  "scrollRight",
  "insertColumns",
  "deleteColumns",
  "screenAlignmentPattern",
  "setMode",
  "setModePrivate",
  "resetMode",
  "resetModePrivate",
  "softReset",
  "fullReset",
] as const;
/** OSC; the text of one can be 10 MB. */
const TEXTS = [
  "setTitle",
  "setIconName",
  "setHyperlink",
  "setOrReportIndexedColor",
  "setOrReportFgColor",
  "setOrReportBgColor",
  "setOrReportCursorColor",
  "restoreIndexedColor",
  "restoreFgColor",
  "restoreBgColor",
  "restoreCursorColor",
  "requestStatusString",
] as const;
const MOST_TEXT = 8192; // 256 colours

/** UTF-16 units that share a cell: letters with their marks, flags and families of emoji have fewer. */
export const MOST_JOINED = 24;
/** Links and the rows they are on: each takes part in every change of the rows. */
export const MOST_LINK_ROWS = 512;

export function boundSequences(terminal: Terminal, input: InputHandler, parser: PacedParser): void {
  const pause = (handled: Handled): Handled =>
    handled === true && parser.turnIsOver ? Promise.resolve(true) : handled;
  replace(input, Object.keys(COUNTED), (name, original) => (params: Params) => {
    const most = COUNTED[name]?.(terminal) ?? 1;
    const count = params.params[0] ?? 0;
    return pause(original(count > most ? { params: [most], length: 1 } : params));
  });
  boundEraseAbove(terminal, input);
  gatherOptions(terminal, input);
  replace(
    input,
    COSTLY,
    (_, original) =>
      (...given: unknown[]) =>
        pause(original(...given)),
  );
  replace(input, TEXTS, (_, original) => (text: string, ...given: unknown[]) => {
    return (text ?? "").length > MOST_TEXT || pause(original(text, ...given));
  });
}

/**
 * xterm.js 6.0.0 fails to erase up to the last cell of the screen while nothing has scrolled, and
 * would parse nothing after that.
 */
function boundEraseAbove(terminal: Terminal, input: InputHandler): void {
  const eraseInLine = input.eraseInLine as (params: Params, selective: boolean) => boolean;
  replace(input, ["eraseInDisplay"], (_, original) => (params: Params, selective: boolean) => {
    const buffer = input._activeBuffer;
    const last = terminal.cols - 1;
    const fails = params.params[0] === 1 && buffer.x >= last && !buffer.lines.get(buffer.y + 1);
    if (!fails) return original(params, selective);
    const { x } = buffer;
    buffer.x = last - 1;
    const handled = original(params, selective);
    buffer.x = x;
    eraseInLine.call(input, params, selective);
    return handled;
  });
}

const LINE_FEED_MODE = 20;
const BLINKING_CURSOR = 12;

/**
 * Two modes are options of xterm.js, and each change of an option measures and styles the page anew,
 * which takes as long as a frame. Of line feeds only the parser must know; blinking can wait.
 */
function gatherOptions(terminal: Terminal, input: InputHandler): void {
  const without = (number: number, { params, length }: Params): Params | null => {
    const given = Array.from(params).slice(0, length);
    if (!given.includes(number)) return null;
    const kept = given.filter((each) => each !== number);
    return { params: kept, length: kept.length };
  };
  for (const [on, ansi, ofDec] of [
    [true, "setMode", "setModePrivate"],
    [false, "resetMode", "resetModePrivate"],
  ] as const) {
    replace(input, [ansi], (_, original) => (params: Params) => {
      const others = without(LINE_FEED_MODE, params);
      if (others) input._optionsService.rawOptions.convertEol = on;
      return original(others ?? params);
    });
    replace(input, [ofDec], (_, original) => (params: Params) => {
      const others = without(BLINKING_CURSOR, params);
      if (others) blink(on);
      return original(others ?? params);
    });
  }
  let wanted: boolean | null = null;
  const blink = (on: boolean) => {
    if (wanted === null) {
      setTimeout(() => {
        terminal.options.cursorBlink = wanted ?? false;
        wanted = null;
      });
    }
    wanted = on;
  };
}

type Method = (...given: never[]) => Handled;

function replace(
  input: InputHandler,
  names: readonly string[],
  by: (name: string, original: (...given: unknown[]) => Handled) => Method,
): void {
  for (const name of names) {
    const method = input[name] as (...given: unknown[]) => Handled;
    input[name] = by(name, method.bind(input));
  }
}

/** More signs that join are not shown. One cell with thousands of them takes seconds to draw. */
export function boundJoining({ buffer }: Internals): void {
  const line = Object.getPrototypeOf(buffer.lines.get(0)) as BufferLine;
  if (bounded.has(line)) return; // all terminals of a page share it
  bounded.add(line);
  const { addCodepointToCell } = line;
  line.addCodepointToCell = function (column, code, width) {
    const text = this.getString(column);
    if (text.length < MOST_JOINED) addCodepointToCell.call(this, column, code, width);
    else noteUnseen(this, column, text);
  };
}

const bounded = new WeakSet<object>();

interface Unseen {
  readonly text: string;
  count: number;
}

/** Of cells with text that has more signs than are shown. */
const unseen = new WeakMap<BufferLine, Map<number, Unseen>>();

function noteUnseen(line: BufferLine, column: number, text: string): void {
  const cells = unseen.get(line) ?? new Map<number, Unseen>();
  unseen.set(line, cells);
  const known = cells.get(column);
  cells.set(column, { text, count: known?.text === text ? known.count + 1 : 1 });
}

/** Forgets the last sign that a cell does not show; false if it shows all. */
export function dropUnseen(line: BufferLine, column: number): boolean {
  const known = unseen.get(line)?.get(column);
  if (!known || known.count === 0 || known.text !== line.getString(column)) return false;
  known.count -= 1;
  return true;
}

export function boundLinks(internals: Internals): void {
  const links = internals._oscLinkService;
  const [register, addLine] = [links.registerLink.bind(links), links.addLineToLink.bind(links)];
  const full = () => internals.buffer.markers.length >= MOST_LINK_ROWS;
  links.registerLink = (link) => (full() ? NO_LINK : register(link));
  links.addLineToLink = (link, row) => {
    if (!full()) addLine(link, row);
  };
}

const NO_LINK = 0;

/** Each change of a colour styles the page anew, which takes 1 ms: all those of a frame, once. */
export function gatherColours(
  internals: Internals,
  inNextFrame: (then: () => void) => void,
  recoloured: () => void,
): void {
  const colours = internals._themeService;
  if (!colours) throw new Error("the terminal is not open");
  let waits = false;
  const changed = () => {
    if (waits) return;
    waits = true;
    inNextFrame(() => {
      waits = false;
      colours._onChangeColors.fire(colours._colors);
    });
  };
  colours.modifyColors = (change) => {
    recoloured();
    change(colours._colors);
    changed();
  };
  colours.restoreColor = (slot) => {
    colours._restoreColor(slot);
    changed();
  };
}
