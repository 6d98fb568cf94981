/** Owns text in columns: visible width, cutting, wrapping, and tables that keep within a width. */
import { STYLE_RESET, STYLE_SEQUENCE, isStyleEnd } from "./style.js";

export interface Column {
  readonly head: string;
  readonly align?: "left" | "right";
  /** What happens when the table is too wide: `cut` ends the cell with "…", `wrap` goes on below; default: the column is the last to give way. */
  readonly narrow?: "cut" | "wrap" | undefined;
  /** The least width a `cut` or `wrap` column is brought down to; default 8. */
  readonly least?: number;
}

export interface TableOptions {
  /** Columns of the terminal that the table may take, the indent included. */
  readonly width: number;
  readonly indent?: number;
  /** Paints a head; default: as it is. */
  readonly paintHead?: (text: string) => string;
}

const GAP = "  ";
const LEAST = 4;

/** Columns of the terminal the text takes: styles 0, combining marks 0, wide East Asian characters and emoji 2. */
export function visibleWidth(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  return atoms(text).reduce((sum, atom) => sum + atomWidth(atom), 0);
}

/** The text as style sequences and single characters. */
function atoms(text: string): string[] {
  return text.split(STYLE_SEQUENCE).flatMap((part, index) => (index % 2 === 1 ? part : Array.from(part)));
}

function atomWidth(atom: string): number {
  if (atom.length > 2 || NO_WIDTH.test(atom)) return 0;
  return WIDE.test(atom) ? 2 : 1;
}

const NO_WIDTH = /^(?:\p{Mn}|\p{Me}|\p{Cc}|[\u200b-\u200f])$/u;
const WIDE =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** The text, or its beginning with "…" when it is wider than `width`; styles stay whole. */
export function cut(text: string, width: number): string {
  if (visibleWidth(text) <= width) return text;
  let used = 0;
  let kept = "";
  let tail = "…";
  for (const atom of atoms(text)) {
    used += atomWidth(atom);
    if (used <= width - 1 || atom.startsWith("\u001b")) kept += atom;
    else {
      kept += tail;
      tail = "";
    }
  }
  return width < 1 ? "" : kept;
}

/** Fills with blanks up to `width`. */
export function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, width - visibleWidth(text)));
  return align === "left" ? text + blanks : blanks + text;
}

/** Lines of at most `width`, broken at blanks; a word longer than a line is broken inside. Each line is styled by itself. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((long) => pieces(long, width))) {
    if (line !== "" && visibleWidth(line) + 1 + visibleWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return carryStyle([...lines, line]);
}

function pieces(word: string, width: number): string[] {
  if (visibleWidth(word) <= width) return [word];
  const parts = [""];
  let used = 0;
  for (const atom of atoms(word)) {
    used += atomWidth(atom);
    if (used > Math.max(1, width)) {
      const [kept, carried] = brokenAtSeparator(parts.at(-1) ?? "");
      parts.splice(-1, 1, kept, carried);
      used = visibleWidth(carried) + atomWidth(atom);
    }
    parts[parts.length - 1] += atom;
  }
  return parts;
}

/** Paths are best broken after a `/`, other names after `:`, `,` or `_`; the rest goes to the next line. */
function brokenAtSeparator(part: string): [kept: string, carried: string] {
  const slash = part.lastIndexOf("/") + 1;
  const other = Math.max(...[":", ",", "_"].map((separator) => part.lastIndexOf(separator))) + 1;
  const at = slash > part.length / 3 ? slash : other;
  return at > part.length / 3 ? [part.slice(0, at), part.slice(at)] : [part, ""];
}

/** Ends an open style with the line and opens it again on the next one. */
function carryStyle(lines: readonly string[]): string[] {
  const open: string[] = [];
  return lines.map((line) => {
    const before = open.join("");
    for (const sequence of line.match(new RegExp(STYLE_SEQUENCE, "g")) ?? []) {
      if (isStyleEnd(sequence)) open.pop();
      else open.push(sequence);
    }
    return before + line + (open.length === 0 ? "" : STYLE_RESET);
  });
}

/** Lines of a table with heads; a cell may hold several lines; no line is wider than `options.width` as long as each column can have four. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], options: TableOptions): string[] {
  const indent = " ".repeat(options.indent ?? 0);
  const widths = columnWidths(columns, rows, options.width - indent.length);
  const heads = columns.map((column) => column.head);
  const paint = options.paintHead ?? ((text: string) => text);
  const body = rows.flatMap((row) => rowLines(columns, row, widths));
  const head = heads.every((text) => text === "") ? [] : rowLines(columns, heads, widths).map(paint);
  return [...head, ...body].map((line) => indent + line);
}

function columnWidths(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): number[] {
  const widths = columns.map((column, index) => Math.max(visibleWidth(column.head), ...rows.map((row) => cellWidth(row[index] ?? ""))));
  let over = widths.reduce((sum, value) => sum + value, 0) + GAP.length * (columns.length - 1) - width;
  while (over > 0) {
    const widest = widestShrinkable(columns, widths) ?? widestShrinkable(columns.map(cutAnyway), widths);
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    over -= 1;
  }
  return widths;
}

/** When the columns that may give way are at their least, the others are cut too. */
function cutAnyway({ head }: Column): Column {
  return { head, narrow: "cut", least: LEAST };
}

function cellWidth(text: string): number {
  return Math.max(...text.split("\n").map(visibleWidth));
}

function widestShrinkable(columns: readonly Column[], widths: readonly number[]): number | undefined {
  let best: number | undefined;
  columns.forEach((column, index) => {
    const width = widths[index] ?? 0;
    if (column.narrow !== undefined && width > (column.least ?? 8) && (best === undefined || width > (widths[best] ?? 0))) best = index;
  });
  return best;
}

function rowLines(columns: readonly Column[], row: readonly string[], widths: readonly number[]): string[] {
  const cells = columns.map((column, index) => {
    const text = row[index] ?? "";
    const width = widths[index] ?? 0;
    return text.split("\n").flatMap((line) => (column.narrow === "wrap" ? wrap(line, width) : [cut(line, width)]));
  });
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map((column, index) => pad(cells[index]?.[line] ?? "", widths[index] ?? 0, column.align))
      .join(GAP)
      .trimEnd(),
  );
}
