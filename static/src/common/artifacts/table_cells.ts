export interface Cell {
  readonly text: string;
  /** The head of a column or a row. */
  readonly head: boolean;
  /** How many columns and rows it takes. */
  readonly columns: number;
  readonly rows: number;
}

/** The part of a table that is shown, and how large all of it is. */
export interface Grid {
  readonly rows: readonly (readonly Cell[])[];
  readonly columns: number;
  readonly rowCount: number;
  readonly columnCount: number;
}

const MOST_CHARACTERS = 2000; // of a cell

/** The first rows and columns of a table, whose cells may be as hostile as any text. */
export function cellsOf(table: Iterable<Cell[]>, mostRows: number, mostColumns: number): Grid {
  const rows: Cell[][] = [];
  let [rowCount, columnCount] = [0, 0];
  for (const row of table) {
    rowCount += 1;
    columnCount = Math.max(columnCount, widthOf(row));
    if (rows.length < mostRows) rows.push(cut(row, mostColumns));
  }
  const shown = rows.map((row, index) => row.map((cell) => within(cell, rows.length - index)));
  return { rows: shown, columns: Math.min(columnCount, mostColumns), rowCount, columnCount };
}

/** As spreadsheets take it from the clipboard. A formula stays a text. */
export function tabbed({ rows }: Grid): string {
  return rows.map((row) => row.flatMap(texts).join("\t")).join("\n");
}

function texts({ text, columns }: Cell): string[] {
  const plain = text.replace(/\s+/g, " ").trim();
  const safe = /^[=@]|^[+-](?![\d.])/.test(plain) ? `'${plain}` : plain;
  return [safe, ...Array<string>(columns - 1).fill("")];
}

function widthOf(row: readonly Cell[]): number {
  return row.reduce((sum, { columns }) => sum + Math.max(1, columns), 0);
}

function cut(row: readonly Cell[], mostColumns: number): Cell[] {
  const cells: Cell[] = [];
  let left = mostColumns;
  for (const { text, head, columns, rows } of row) {
    if (left <= 0) break;
    const width = Math.min(Math.max(1, columns), left);
    left -= width;
    cells.push({ text: text.slice(0, MOST_CHARACTERS), head, columns: width, rows });
  }
  return cells;
}

/** A cell may say that it takes 65,534 rows; 0 stands for all that follow. */
function within(cell: Cell, rowsLeft: number): Cell {
  const rows = cell.rows === 0 ? rowsLeft : Math.min(cell.rows, rowsLeft);
  return { ...cell, rows: Math.max(1, rows) };
}
