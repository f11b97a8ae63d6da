import { Terminal } from "@xterm/xterm";
import { describe, expect, it } from "vitest";
import { type Tint, Tints } from "./tints";

const THEME = { red: "#ff0000", brightBlack: "#808080" };

interface Drawn {
  readonly marker: { readonly line: number };
  readonly options: { readonly foregroundColor?: string };
}

/** Rows and the colours in which they are drawn. */
function drawn(terminal: Terminal): [number, string | undefined][] {
  const { _decorationService: service } = (
    terminal as unknown as { _core: { _decorationService: { decorations: Iterable<Drawn> } } }
  )._core;
  const all = [...service.decorations].map(
    ({ marker, options }) => [marker.line, options.foregroundColor] as [number, string | undefined],
  );
  return all.sort(([a], [b]) => a - b);
}

async function printed(text: string, size = { cols: 10, rows: 6 }): Promise<Terminal> {
  const terminal = new Terminal({ ...size, scrollback: 100, allowProposedApi: true });
  await written(terminal, text);
  return terminal;
}

function written(terminal: Terminal, text: string): Promise<void> {
  return new Promise<void>((parsed) => terminal.write(text, parsed));
}

function reader(tints: readonly [string, Tint][]) {
  return (lines: readonly string[]) => {
    const found = tints.map(([text, tint]) => [lines.indexOf(text), tint] as [number, Tint]);
    return new Map(found.filter(([at]) => at >= 0));
  };
}

describe("lines of the terminal", () => {
  it("are drawn in another colour, over all their rows, and their text stays", async () => {
    const terminal = await printed("one\r\na line of two rows\r\nlast\r\n");
    const tints = new Tints(terminal, () => THEME, 50);
    tints.show(
      reader([
        ["a line of two rows", "dim"],
        ["last", "bad"],
      ]),
    );
    expect(drawn(terminal)).toEqual([
      [1, "#808080"],
      [2, "#808080"],
      [3, "#ff0000"],
    ]);
    expect(terminal.buffer.active.getLine(1)?.translateToString()).toBe("a line of ");
    tints.clear();
    expect(drawn(terminal)).toEqual([]);
  });

  it("move with what is printed below, and are found again in another size", async () => {
    const terminal = await printed("a line of two rows\r\nlast\r\n");
    const tints = new Tints(terminal, () => THEME, 50);
    tints.show(reader([["last", "bad"]]));
    await written(terminal, "more\r\n".repeat(20));
    expect(drawn(terminal)).toEqual([[2, "#ff0000"]]);
    terminal.resize(40, 6);
    expect(drawn(terminal)).toEqual([[1, "#ff0000"]]);
  });

  it("have the colours of the theme", async () => {
    const terminal = await printed("last\r\n");
    let theme = THEME;
    const tints = new Tints(terminal, () => theme, 50);
    tints.show(reader([["last", "bad"]]));
    theme = { ...THEME, red: "#aa0000" };
    tints.refresh();
    expect(drawn(terminal)).toEqual([[0, "#aa0000"]]);
  });

  it("are left alone while a full-screen program is shown", async () => {
    const terminal = await printed("last\r\n\x1b[?1049hfull");
    const tints = new Tints(terminal, () => THEME, 50);
    tints.show(reader([["last", "bad"]]));
    expect(drawn(terminal)).toEqual([]);
  });

  it("are found in the last ones only", async () => {
    const terminal = await printed(`first\r\n${"more\r\n".repeat(10)}`);
    const tints = new Tints(terminal, () => THEME, 5);
    tints.show(reader([["first", "bad"]]));
    expect(drawn(terminal)).toEqual([]);
  });
});
