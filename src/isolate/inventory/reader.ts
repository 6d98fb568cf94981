/** Owns what the reading of files has at hand and remembers from file to file: tables by interner id, never per token. */
import type { Interner } from "../../tokens/interner.js";
import type { TokenStream } from "../../tokens/stream.js";
import { createSites, type Sites } from "./sites.js";
import { type WatchWords, watchWords } from "./watch-words.js";

/** A macro whose body opens or closes braces around namespaces. */
export interface BraceMacro {
  readonly id: number;
  /** Braces opened and left open (negative: closed). */
  readonly net: number;
  /** Id of the first namespace that it opens, or -1. */
  readonly namespace: number;
  /** The index of its parameter that is this namespace, or -1. */
  readonly parameter: number;
}

/** An include line inside of a namespace. */
export interface InnerInclude {
  /** Index of the file, and byte offset of the path. */
  readonly file: number;
  readonly offset: number;
  /** The name of the included file, without its folder. */
  readonly name: string;
  /** Id of the outermost namespace around, negative where that has no name. */
  readonly context: number;
}

export interface Reader {
  readonly interner: Interner;
  readonly stream: TokenStream;
  readonly words: WatchWords;
  readonly sites: Sites;
  /** Tokens of each identifier, by id. */
  mentions: Int32Array;
  /** Class of a macro called at namespace scope, by id: 0 = not yet known. */
  callees: Uint8Array;
  /** Whether an identifier names a platform, by id: 0 = not yet known, 1 = no, 2 = yes. */
  platforms: Uint8Array;
  /** By id of an outermost namespace: definitions met inside (bodies of functions, classes and enumerations, variables). */
  readonly defines: Map<number, number>;
  readonly braceMacros: BraceMacro[];
  readonly innerIncludes: InnerInclude[];
  /** The macros of `braceMacros` that open a namespace, also an unnamed one, by their id. */
  readonly openers: Map<number, BraceMacro>;
  /** By a macro without parameters: the first words of its bodies, -1 for one that is not known. */
  readonly namesBy: Map<number, Set<number>>;
  /** By a macro without parameters: its bodies that are one word alone. */
  readonly replacedBy: Map<number, Set<number>>;
}

export function createReader(interner: Interner, stream: TokenStream): Reader {
  return {
    interner,
    stream,
    words: watchWords(interner),
    sites: createSites(),
    mentions: new Int32Array(1 << 16),
    callees: new Uint8Array(1 << 16),
    platforms: new Uint8Array(1 << 16),
    defines: new Map(),
    braceMacros: [],
    innerIncludes: [],
    openers: new Map(),
    namesBy: new Map(),
    replacedBy: new Map(),
  };
}

/** Makes the tables reach over all ids that the interner has given. */
export function fitTables(reader: Reader): void {
  const size = reader.interner.size();
  if (size <= reader.mentions.length && size <= reader.words.roles.length) return;
  const room = size * 2;
  reader.mentions = filled(new Int32Array(room), reader.mentions);
  reader.callees = filled(new Uint8Array(room), reader.callees);
  reader.platforms = filled(new Uint8Array(room), reader.platforms);
  reader.words.roles = filled(new Uint8Array(room), reader.words.roles.subarray(0, room));
}

function filled<T extends Int32Array | Uint8Array>(next: T, old: T): T {
  next.set(old.subarray(0, next.length));
  return next;
}
