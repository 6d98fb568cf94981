/** Owns the places that an inventory collects: parallel arrays, so that hundreds of thousands of them cost no object each. */

/** What was found at a place. Codes are grouped into the rows of the table in `rows.ts`. */
export const SITE = {
  /** Withdrawn: the file was read again. */
  none: 0,
  namespace: 1,
  nestedNamespace: 2,
  use: 3,
  globalUse: 4,
  macroUse: 5,
  pasting: 6,
  stringizing: 7,
  forward: 8,
  usingDirective: 9,
  namespaceAlias: 10,
  usingDeclaration: 11,
  friendOperator: 12,
  freeOperator: 13,
  hook: 14,
  specialisation: 15,
  externC: 16,
  cFunction: 17,
  cData: 18,
  cTable: 19,
  globalFunction: 20,
  globalData: 21,
  globalType: 22,
  namespacedData: 23,
  string: 24,
  jniEntry: 25,
  jniTable: 26,
  interface: 27,
  implementation: 28,
  category: 29,
  extension: 30,
  protocol: 31,
  include: 32,
  guard: 33,
  pragmaOnce: 34,
  flag: 35,
  registration: 36,
  testCase: 37,
  platformIf: 38,
  asmExport: 39,
  classForward: 40,
  inlineNamespace: 41,
} as const;

/** Places of all kinds, in the order in which they were met. */
export interface Sites {
  count: number;
  /** Index of the file being read. */
  file: number;
  kinds: Uint8Array;
  files: Int32Array;
  /** Byte range of the token that shows it. */
  starts: Int32Array;
  ends: Int32Array;
  /** Interner id of the name in question, or -1. */
  values: Int32Array;
  /** Interner id of the outermost namespace around it, -1 at global scope, -2 in an unnamed one. */
  contexts: Int32Array;
}

export function createSites(capacity = 1 << 16): Sites {
  return {
    count: 0,
    file: 0,
    kinds: new Uint8Array(capacity),
    files: new Int32Array(capacity),
    starts: new Int32Array(capacity),
    ends: new Int32Array(capacity),
    values: new Int32Array(capacity),
    contexts: new Int32Array(capacity),
  };
}

/** Appends one place in the file at hand. */
export function addSite(sites: Sites, kind: number, start: number, end: number, value: number, context: number): void {
  const at = sites.count;
  if (at === sites.kinds.length) grow(sites);
  sites.kinds[at] = kind;
  sites.files[at] = sites.file;
  sites.starts[at] = start;
  sites.ends[at] = end;
  sites.values[at] = value;
  sites.contexts[at] = context;
  sites.count = at + 1;
}

function grow(sites: Sites): void {
  const kinds = new Uint8Array(sites.kinds.length * 2);
  kinds.set(sites.kinds);
  sites.kinds = kinds;
  sites.files = doubled(sites.files);
  sites.starts = doubled(sites.starts);
  sites.ends = doubled(sites.ends);
  sites.values = doubled(sites.values);
  sites.contexts = doubled(sites.contexts);
}

function doubled(old: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(old.length * 2);
  next.set(old);
  return next;
}
