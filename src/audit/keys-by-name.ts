/** Owns the keys of registries that stand in symbols: protobuf's files, Objective-C's classes and categories, Java's natives, flags. */
import type { Finding } from "../model/audit.js";
import type { Evidence } from "./evidence.js";
import { placeOf } from "./places.js";

export interface Key {
  /** The same in both flavors when they register the same. */
  readonly key: string;
  readonly shown: string;
  readonly place: Finding["flavors"][number];
  /** Default: the category's. */
  readonly severity?: "warning";
  readonly why: string;
  readonly fix: string;
}

interface Kind {
  /** On the name without the flavor; the first group is the key. */
  readonly pattern: RegExp;
  readonly shown: (key: string) => string;
  readonly why: string;
  readonly fix: string;
  /** The registry belongs to a library: a flavor that has its own copy under a name of its own has its own registry. */
  readonly runtime?: RegExp;
}

/** The variable of a flag, as C++ names it or C does. */
const FLAG = /^(?:.*::)?_?FLAGS_(\w+)(?:\[abi:\w+\])*$/;

const KINDS: readonly Kind[] = [
  {
    pattern: /^_?descriptor_table_(\w+_2eproto)$/,
    shown: (key) => `protobuf file ${unescapedPath(key)}`,
    why: "protobuf keeps one table of descriptors by the path of the file: the second registration ends the program",
    fix: "give each flavor's .proto files paths of their own (the policy's `paths`), its own copy of protobuf, or the lite runtime",
    runtime: /^_{1,3}ZNK?6google8protobuf/,
  },
  {
    pattern: /^_?_?OBJC_CLASS_\$_(\w+)$|^\._OBJC_CLASS_(\w+)$|^__objc_class_name_(\w+)$/,
    shown: (key) => `Objective-C class ${key}`,
    why: "the Objective-C runtime keeps one table of classes by name: one of the two is chosen, and it is not said which",
    fix: "isolate the class, or give it the prefix that the library has a macro for",
  },
  {
    pattern: /^_?_?OBJC_\$_CATEGORY_(\w+)$|^_?_?OBJC_CATEGORY_(\w+)$/,
    shown: (key) => `Objective-C category ${key}`,
    why: "methods of categories go into one class: those that are loaded last replace the others",
    fix: "give the category's methods names of their own",
  },
  {
    pattern: /^_?(Java_\w+)$/,
    shown: (key) => `Java native ${key}`,
    why: "the Java machine finds natives by this name: one of the two serves both classes",
    fix: "give each flavor a Java package of its own (the policy's `java`)",
  },
  {
    pattern: FLAG,
    shown: (key) => `flag --${key}`,
    why: "flags of the command line are kept by name in one table: the second registration ends the program or is dropped",
    fix: "give the flag another name in one flavor, or each flavor its own copy of the flags library",
    runtime: /^_{1,3}ZNK?(?:4absl|6google|6gflags)/,
  },
];

/** The keys that one flavor's symbols tell. */
export function keysByName(evidence: Evidence, at: number): Key[] {
  const index = evidence.flavors[at];
  if (index === undefined) return [];
  const kinds = KINDS.filter(({ runtime }) => runtime === undefined || sharesRuntime(evidence, at, runtime));
  const keys = [...index.definitions].flatMap(([symbol, [definition]]) => {
    if (definition === undefined || !MAY_BE_KEY.test(symbol)) return [];
    const bare = evidence.bare(symbol, index.name);
    const named = bare.startsWith("_Z") ? evidence.nameOf(bare).full : bare;
    return kinds.flatMap(({ pattern, shown, why, fix }) => {
      const key = pattern
        .exec(pattern === FLAG ? named : bare)
        ?.slice(1)
        .find((group) => group !== undefined);
      const [place] = placeOf(index, definition.object);
      return key === undefined || place === undefined ? [] : [{ key: shown(key), shown: shown(key), place, why, fix }];
    });
  });
  return withoutOpposites(keys);
}

/** gflags and abseil make a variable `FLAGS_noX` beside `FLAGS_X`. */
function withoutOpposites(keys: readonly Key[]): Key[] {
  const known = new Set(keys.map(({ key }) => key));
  return keys.filter(({ key }) => !key.startsWith("flag --no") || !known.has(`flag --${key.slice("flag --no".length)}`));
}

const MAY_BE_KEY = /descriptor_table_|OBJC_|objc_class|^_?Java_|FLAGS_/;

/** Whether the flavor uses the library's names as they are: then its registry is the one of all. */
function sharesRuntime({ flavors, bare }: Evidence, at: number, runtime: RegExp): boolean {
  const index = flavors[at];
  if (index === undefined) return false;
  const names = [...index.references.keys(), ...index.definitions.keys()];
  return names.some((symbol) => runtime.test(symbol) && bare(symbol, index.name) === symbol);
}

/** protobuf writes each character of the path that is no letter or digit as `_` and two hexadecimal digits. */
function unescapedPath(text: string): string {
  return text.replaceAll(/_([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
