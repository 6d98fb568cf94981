/** Owns the comparison of two decisions for a whole tree: which files the second one treats otherwise than the first. */
import type { Decision } from "./part-model.js";

/** What is treated otherwise. */
export interface DecisionChange {
  /** Every file. */
  readonly all: boolean;
  /** Files that have one of these identifiers. */
  readonly names: ReadonlySet<string>;
  /** These files. */
  readonly files: ReadonlySet<number>;
}

/** Compares. What this function does not know of a decision counts for every file. */
export function decisionChange(before: Decision, after: Decision): DecisionChange {
  const { everywhere, inFiles, extra, left, open, ...rest } = after;
  const {
    everywhere: everywhereBefore,
    inFiles: inFilesBefore,
    extra: extraBefore,
    left: leftBefore,
    open: openBefore,
    ...restBefore
  } = before;
  return {
    all: JSON.stringify(rest) !== JSON.stringify(restBefore),
    names: new Set([
      ...differing(everywhereBefore, everywhere),
      ...differing(inFilesBefore.map(keyed), inFiles.map(keyed)).map((text) => (JSON.parse(text) as [string])[0]),
    ]),
    files: new Set([...differingFiles(extraBefore, extra), ...differingFiles(leftBefore, left), ...differingFiles(openBefore, open)]),
  };
}

function keyed([name, files]: readonly [string, readonly number[]]): string {
  return JSON.stringify([name, files.toSorted((a, b) => a - b)]);
}

/** What only one of the lists has. */
function differing(before: readonly string[], after: readonly string[]): string[] {
  const [old, fresh] = [new Set(before), new Set(after)];
  return [...after.filter((item) => !old.has(item)), ...before.filter((item) => !fresh.has(item))];
}

function differingFiles(before: readonly { readonly file: number }[], after: readonly { readonly file: number }[]): number[] {
  return differing(before.map(placed), after.map(placed)).map((text) => (JSON.parse(text) as [number])[0]);
}

function placed(item: { readonly file: number }): string {
  return JSON.stringify([item.file, item]);
}
