/** Owns the count of flavors: of a whole text, and of its stacks, which are lines up to an empty one. */
import type { SymbolizedStack } from "../../model/symbolized.js";

export interface FlavorCounts {
  /** Tells of the next line. */
  readonly add: (line: string, flavors: readonly string[]) => void;
  /** Lines that have names of the flavor. */
  readonly linesOf: (flavor: string) => number;
  /** Stacks that have names of a flavor. */
  readonly stacks: () => readonly SymbolizedStack[];
}

interface Open {
  readonly firstLine: number;
  lastLine: number;
  readonly lines: Map<string, number>;
}

export function flavorCounts(): FlavorCounts {
  const all = new Map<string, number>();
  const stacks: Open[] = [];
  let number = 0;
  let open: Open | undefined;
  return {
    add: (line, flavors) => {
      number++;
      if (line.trim() === "") {
        open = undefined;
        return;
      }
      open ??= { firstLine: number, lastLine: number, lines: new Map() };
      open.lastLine = number;
      if (flavors.length > 0 && open.lines.size === 0) stacks.push(open);
      for (const flavor of flavors) {
        all.set(flavor, (all.get(flavor) ?? 0) + 1);
        open.lines.set(flavor, (open.lines.get(flavor) ?? 0) + 1);
      }
    },
    linesOf: (flavor) => all.get(flavor) ?? 0,
    stacks: () =>
      stacks.map(({ firstLine, lastLine, lines }) => ({
        firstLine,
        lastLine,
        flavors: [...lines].map(([flavor, count]) => ({ flavor, lines: count })),
      })),
  };
}
