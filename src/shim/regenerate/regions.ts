/** Owns regions of generated files that belong to whoever edits them: what stands in them, taken out and put back. */

export interface Region {
  readonly name: string;
  /** Of its first mark, from 1. */
  readonly line: number;
  readonly lines: readonly string[];
}

export type Regions =
  | { readonly status: "read"; readonly regions: readonly Region[]; readonly emptied: string }
  /** Marks that do not pair. */
  | { readonly status: "broken"; readonly line: number; readonly reason: string };

const BEGIN = /^\s*(?:\/\/|#)\s*unfork:begin-hand\s+(\S+)\s*$/;
const END = /^\s*(?:\/\/|#)\s*unfork:end-hand\s*$/;

/** Reads the regions of a text, and the text without what stands in them. */
export function readRegions(text: string): Regions {
  const regions: Region[] = [];
  const emptied: string[] = [];
  const names = new Set<string>();
  let open: { name: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const name = BEGIN.exec(line)?.[1];
    if (name !== undefined) {
      if (open !== undefined) return broken(index, `region ${name} begins inside of region ${open.name}, which began in line ${open.line}`);
      if (names.has(name)) return broken(index, `there are two regions named ${name}`);
      names.add(name);
      open = { name, line: index + 1, lines: [] };
      emptied.push(line);
    } else if (END.test(line)) {
      if (open === undefined) return broken(index, "a region ends that did not begin");
      regions.push(open);
      open = undefined;
      emptied.push(line);
    } else if (open === undefined) emptied.push(line);
    else open.lines.push(line);
  }
  if (open !== undefined) return broken(open.line - 1, `region ${open.name} does not end`);
  return { status: "read", regions, emptied: emptied.join("\n") };
}

function broken(index: number, reason: string): Regions {
  return { status: "broken", line: index + 1, reason };
}

/** The text with the regions' content in its regions of the same names, and what found no place. */
export function fillRegions(text: string, regions: readonly Region[]): { readonly text: string; readonly orphans: readonly Region[] } {
  const byName = new Map(regions.map((one) => [one.name, one]));
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    const name = BEGIN.exec(line)?.[1] ?? "";
    lines.push(line, ...(byName.get(name)?.lines ?? []));
    byName.delete(name);
  }
  const orphans = [...byName.values()].filter(({ lines: own }) => own.length > 0);
  return { text: lines.join("\n"), orphans };
}
