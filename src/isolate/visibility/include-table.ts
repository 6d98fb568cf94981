/** Owns the include lines of many files: each spelling is kept once. */

/** The lines of some files, as `includeLines` gives them. */
export interface IncludeTable {
  /** Each line once. */
  readonly lines: readonly string[];
  /** Of each file that has some: its index in the tree, the number of its lines, their places in `lines`. */
  readonly files: readonly number[];
}

/** Takes lines, and gives the place of each. */
export interface LineTable {
  readonly placeOf: (line: string) => number;
  readonly lines: readonly string[];
}

/** A table that has the lines already. */
export function createLineTable(known: readonly string[] = []): LineTable {
  const lines = [...known];
  const places = new Map(lines.map((line, at) => [line, at]));
  return {
    lines,
    placeOf: (line) => {
      const found = places.get(line);
      if (found !== undefined) return found;
      places.set(line, lines.length);
      return lines.push(line) - 1;
    },
  };
}

/** The table of files by their indices. */
export function includeTable({ lines }: LineTable, files: Iterable<readonly [number, readonly number[]]>): IncludeTable {
  const all: number[] = [];
  for (const [index, places] of files) if (places.length > 0) all.push(index, places.length, ...places);
  return { lines, files: all };
}

/** Calls `visit` for each file of the table with its lines. */
export function eachIncluding({ files }: IncludeTable, visit: (index: number, places: readonly number[]) => void): void {
  for (let at = 0; at < files.length;) {
    const end = at + 2 + (files[at + 1] as number);
    visit(files[at] as number, files.slice(at + 2, end));
    at = end;
  }
}
