import type { ListedArtifact } from "../../common/artifacts/artifact_list";
import { at } from "../../common/artifacts/artifact_texts";
import { type Cell, cellsOf, type Grid, tabbed } from "../../common/artifacts/table_cells";
import { copyText } from "../../terminal/copy_text";
import type { ArtifactSource } from "../artifact_source";
import { make } from "../elements";
import { PageView } from "./page_view";
import type { View } from "./view";

/** More would make the page slow; a download has all of them. */
const MOST_ROWS = 500;
const MOST_COLUMNS = 60;

/**
 * A table: its texts alone, in a table of this page, which has its colours and is read by screen
 * readers. Nothing of the program's HTML gets into the page; what is no table is shown as a page.
 */
export class TableView implements View {
  readonly element = make("div", { class: "artifact-scroll artifact-table", tabindex: 0 });
  readonly #artifact: ListedArtifact;
  readonly #source: ArtifactSource;
  #grid: Grid | null = null;
  #page: PageView | null = null;
  #scale: number | null = null;

  constructor(artifact: ListedArtifact, source: ArtifactSource) {
    this.#artifact = artifact;
    this.#source = source;
    this.element.setAttribute("role", "group");
    this.element.ariaLabel = artifact.name;
  }

  async load(): Promise<void> {
    const text = await (await this.#source.bytes(this.#artifact)).text();
    // Such a document is not shown: it runs nothing and loads nothing.
    const found = new DOMParser().parseFromString(text, "text/html").querySelector("table");
    this.#grid = found && cellsOf(rowsOf(found), MOST_ROWS, MOST_COLUMNS);
    if (this.#grid && this.#grid.rows.length > 0) this.#draw(this.#grid);
    else await this.#showAsPage();
  }

  async replace(): Promise<boolean> {
    return false;
  }

  get scale(): number {
    return this.#page?.scale ?? this.#scale ?? 1;
  }

  setScale(scale: number | null): void {
    this.#scale = scale;
    this.#page?.setScale(scale);
    this.element.style.fontSize = scale === null ? "" : `${scale}em`;
  }

  async copy(): Promise<boolean> {
    return this.#grid ? copyText(tabbed(this.#grid)) : ((await this.#page?.copy()) ?? false);
  }

  end(): void {
    this.#page?.end();
  }

  async #showAsPage(): Promise<void> {
    this.#grid = null;
    this.#page = new PageView(this.#artifact, this.#source);
    this.element.classList.remove("artifact-table");
    this.element.removeAttribute("tabindex");
    this.element.replaceChildren(this.#page.element);
    await this.#page.load();
  }

  #draw(grid: Grid): void {
    const table = make("table", { "data-testid": "artifact-table" });
    const [head, body] = [make("thead"), make("tbody")];
    for (const row of grid.rows) {
      const inHead = row.every(({ head: isHead }) => isHead);
      const line = make("tr", {}, ...row.map((cell) => drawn(cell, inHead)));
      (inHead && body.childElementCount === 0 ? head : body).append(line);
    }
    table.append(head, body);
    this.element.replaceChildren(table, ...this.#notes(grid));
  }

  #notes({ rows, rowCount, columnCount, columns }: Grid): HTMLElement[] {
    const notes: string[] = [];
    if (rows.length < rowCount) notes.push(at("rows", { shown: rows.length, count: rowCount }));
    if (columns < columnCount) notes.push(at("columns", { shown: columns, count: columnCount }));
    return notes.map((note) => make("p", { class: "dim" }, note));
  }
}

function* rowsOf(table: HTMLTableElement): Generator<Cell[]> {
  for (const row of table.rows) {
    yield [...row.cells].map((cell) => ({
      text: cell.textContent ?? "",
      head: cell.tagName === "TH",
      columns: cell.colSpan,
      rows: cell.rowSpan,
    }));
  }
}

function drawn(cell: Cell, inHead: boolean): HTMLTableCellElement {
  const element = make(cell.head ? "th" : "td", { dir: "auto" }, cell.text);
  if (cell.head) element.scope = inHead ? "col" : "row";
  if (cell.columns > 1) element.colSpan = cell.columns;
  if (cell.rows > 1) element.rowSpan = cell.rows;
  return element;
}
