import { Terminal } from "@xterm/xterm";
import { describe, expect, it } from "vitest";
import { PlaceFinder } from "../../common/languages/places";
import { lastLines, logicalLine } from "./logical_lines";
import { linkPlaces, type PlaceUser } from "./place_links";

async function printed(text: string, cols = 20): Promise<Terminal> {
  const terminal = new Terminal({ cols, rows: 6, allowProposedApi: true });
  await new Promise<void>((parsed) => terminal.write(text, parsed));
  return terminal;
}

function user(paths = ["main.c"]): PlaceUser & { readonly found: unknown[] } {
  const found: unknown[] = [];
  return {
    found,
    finder: () => new PlaceFinder([], paths, paths[0] ?? ""),
    chosen: (place) => found.push([place.path, place.line]),
  };
}

type Provide = (row: number) => { text: string; range: unknown; activate(): void }[] | undefined;

/** What xterm.js would ask for a row, from 1. */
function provider(terminal: Terminal, host: PlaceUser): Provide {
  let provide: Provide = () => undefined;
  const stub = {
    buffer: terminal.buffer,
    registerLinkProvider: (given: { provideLinks(row: number, back: unknown): void }) => {
      provide = (row) => {
        let links: ReturnType<Provide>;
        given.provideLinks(row, (all: ReturnType<Provide>) => {
          links = all;
        });
        return links;
      };
    },
  };
  linkPlaces(stub as unknown as Terminal, host);
  return provide;
}

describe("links to places", () => {
  it("cover the name and the numbers, and choose the place", async () => {
    const host = user();
    const [link] = provider(await printed("x main.c:3:5: error"), host)(1) ?? [];
    expect(link).toMatchObject({
      text: "main.c:3:5",
      range: { start: { x: 3, y: 1 }, end: { x: 12, y: 1 } },
    });
    link?.activate();
    expect(host.found).toEqual([["main.c", 3]]);
  });

  it("go over several rows, from each of them", async () => {
    const links = provider(await printed(`${"x".repeat(15)} main.c:12:5 y`), user());
    const range = { start: { x: 17, y: 1 }, end: { x: 7, y: 2 } };
    expect(links(1)).toMatchObject([{ range }]);
    expect(links(2)).toMatchObject([{ range }]);
  });

  it("stand behind wide characters and characters of several units", async () => {
    const terminal = await printed("日本 👩‍🚀 main.c:3", 40);
    const links = provider(terminal, user());
    const row = terminal.buffer.active.getLine(0);
    const at = (x: number) => row?.getCell(x)?.getChars();
    const first = [...Array(40).keys()].find((x) => at(x) === "m") ?? 0;
    expect(first).toBeGreaterThan("日本 ".length + 2);
    const range = { start: { x: first + 1, y: 1 }, end: { x: first + "main.c:3".length, y: 1 } };
    expect(links(1)).toMatchObject([{ range }]);
  });

  it("end with a name that is wide", async () => {
    const links = provider(await printed("日.c:3", 40), user(["日.c"]));
    expect(links(1)).toMatchObject([{ range: { start: { x: 1 }, end: { x: 6 } } }]);
  });

  it("are none in a line of 100 KB, whatever row is asked for", async () => {
    const terminal = await printed("main.c:3 ".repeat(11_000), 80);
    const begun = performance.now();
    const links = provider(terminal, user());
    for (let row = 1; row <= terminal.buffer.active.length; row += 1) {
      expect(links(row)).toBeUndefined();
    }
    expect(performance.now() - begun).toBeLessThan(3000);
  });

  it("are none while nothing is shown that names places", async () => {
    const nothing = { finder: () => null, chosen: () => undefined };
    expect(provider(await printed("main.c:3"), nothing)(1)).toBeUndefined();
  });
});

describe("lines as they were printed", () => {
  it("joins rows, and keeps no empty end", async () => {
    const terminal = await printed(`a\r\n${"b".repeat(45)}\r\nc\r\n\r\n`);
    expect(lastLines(terminal.buffer.active, 10, 2000)).toEqual(["a", "b".repeat(45), "c"]);
    expect(lastLines(terminal.buffer.active, 2, 2000)).toEqual(["b".repeat(45), "c"]);
  });

  it("leaves long lines empty", async () => {
    const terminal = await printed(`${"b".repeat(60)}\r\nc`);
    expect(lastLines(terminal.buffer.active, 10, 50)).toEqual(["", "c"]);
    expect(logicalLine(terminal.buffer.active, 1, 50)).toBeNull();
  });
});
