/**
 * Owns assembler in the style of x86inc.asm: `cglobal name` makes the symbol `<prefix>_name<suffix>`, which no token spells.
 * All such symbols get the flavor where the macros join them.
 */
import type { ExtraInsertion } from "../decide/file-edits.js";

/** What the NASM files of a tree tell about symbols with a prefix. */
export interface PrefixedSymbols {
  /** Words that `private_prefix` and `public_prefix` stand for. */
  readonly prefixes: readonly string[];
  /** Names behind `cglobal` and its kin; `*` stands for a macro's parameter. */
  readonly stems: readonly string[];
  /** Words that stand for such symbols in NASM, `cextern name` too, whatever else the tree calls by them. */
  readonly words: readonly string[];
  /** Whether a macro joins a prefix and a name. */
  readonly joins: boolean;
}

/** What stands between the parentheses: a prefix and the words joined to it. */
const JOIN = /\bmangle\(\s*(?:private_prefix|public_prefix|%%FUNCTION_PREFIX)\s*%\+\s*_\s*[^()\s;][^()\n;]*?(?=\s*\))/g;

/** All before a local label: `name` of `name.loop`. */
const LOCAL_BEHIND = /^.*[\w}](?=\.\w+$)/;

/** The line by which a macro makes its parameter the whole symbol. */
const WHOLE_NAME = /^([ \t]*)%xdefine[ \t]+(%\d+)[ \t]+mangle\(\s*(\w+|%%FUNCTION_PREFIX)\s*%\+\s*_\s*%\+\s*\2\s*\)/gm;

/** Reads one NASM file; undefined when it has none of this. */
export function prefixedSymbols(bytes: Buffer): PrefixedSymbols | undefined {
  if (!bytes.includes("private_prefix") && !bytes.includes("cglobal")) return undefined;
  const text = bytes.toString("latin1").replaceAll(/;.*$/gm, "");
  const prefixes = [...text.matchAll(/^[ \t]*%x?define[ \t]+(?:private|public)_prefix[ \t]+([A-Za-z_]\w*)/gm)].map(
    ([, word]) => word as string,
  );
  const stems = [...text.matchAll(/^[ \t]*(?:cglobal|cvisible|cglobal_internal|const)[ \t]+([^,\n]+)/gm)].map(([, operand]) =>
    stemOf(operand as string),
  );
  const words = [...text.matchAll(/^[ \t]*(?:cextern|cglobal|cvisible|cglobal_internal|const)[ \t]+(\w+)[ \t\r]*(?:,|$)/gm)];
  const joins = text.search(JOIN) >= 0;
  return {
    prefixes: prefixes.filter((word) => !/^(private|public)_prefix$/.test(word)),
    stems: [...new Set(stems)].filter((stem) => /[A-Za-z]{2}/.test(stem)),
    words: [...new Set(words.map(([, word]) => word as string))],
    joins,
  };
}

const BUILD_FILE = /(^|\/)(meson\.build|CMakeLists\.txt|(GNU)?[Mm]akefile(\.(am|in))?|configure(\.ac)?)$|\.(mk|mak|cmake|gni?)$/;

/** Whether a file may be one that tells the assembler its prefix. */
export function isBuildFile(path: string): boolean {
  return BUILD_FILE.test(path);
}

/** The prefixes that a build file gives: `-Dprivate_prefix=lib`, `cdata.set('private_prefix', 'lib')`; undefined when it has none. */
export function buildPrefixes(bytes: Buffer): PrefixedSymbols | undefined {
  if (!bytes.includes("private_prefix")) return undefined;
  const found = [...bytes.toString("latin1").matchAll(/\bprivate_prefix['"]?\s*[,=]\s*['"]?([A-Za-z_]\w*)/g)];
  return { prefixes: [...new Set(found.map(([, word]) => word as string))], stems: [], words: [], joins: false };
}

/** `mul_ %+ %1` and `%2_to_%1`: what a macro's parameter stands for may be any word, shown as `*`. */
function stemOf(operand: string): string {
  const joined = operand.trim().replaceAll(/\s*%\+\s*/g, "");
  return (/^[^\s]*/.exec(joined)?.[0] ?? "").replaceAll(/%%\w+|%\w?[0-9]*/g, "*").replaceAll(/[^\w*]/g, "*");
}

/** All that several files tell; undefined when no macro joins names. */
export function joinedSymbols(found: readonly PrefixedSymbols[]): PrefixedSymbols | undefined {
  const all = {
    prefixes: [...new Set(found.flatMap(({ prefixes }) => prefixes))].toSorted(),
    stems: [...new Set(found.flatMap(({ stems }) => stems))].toSorted(),
    words: [...new Set(found.flatMap(({ words }) => words))].toSorted(),
    joins: found.some(({ joins }) => joins),
  };
  return all.joins && all.prefixes.length > 0 && all.stems.length > 0 ? all : undefined;
}

/** Names that such symbols have, by which rules can be asked. */
export function exampleNames(symbols: PrefixedSymbols | undefined): string[] {
  if (symbols === undefined) return [];
  return symbols.prefixes.flatMap((prefix) => symbols.stems.map((stem) => `${prefix}_${stem.replaceAll("*", "x")}`));
}

/** A test for names that such symbols have: `<prefix>_<stem>`, also with more behind it (`_sse2`). */
export function isPrefixedSymbol({ prefixes, stems }: PrefixedSymbols): (name: string) => boolean {
  const sources = stems.map((stem) => stem.replaceAll(/\*+/g, "\\w+"));
  const expression = new RegExp(`^(?:${prefixes.join("|")})_(?:${sources.join("|")})(?:_\\w+)?$`);
  return (name) => expression.test(name);
}

/** The same for names that nothing outside of functions declares: only what the macro makes for one kind of processor, or for all. */
export function isExactSymbol({ prefixes, stems }: PrefixedSymbols): (name: string) => boolean {
  const sources = stems.filter((stem) => !stem.includes("*"));
  const expression = new RegExp(`^(?:${prefixes.join("|")})_(?:${sources.join("|")})(?:_(?:mmx|sse|ssse|avx|fma|xop|bmi|aes|gfni)\\w*)?$`);
  return (name) => sources.length > 0 && expression.test(name);
}

/**
 * The suffix as one more word that the macro joins: `mangle(private_prefix %+ _ %+ %1 %+ _<flavor>)`. Where x86inc.asm's
 * CAT_XDEFINE is at hand, the whole old name becomes one for the new one, as assembler may build it from parts of its own
 * (`call mangle(lib_mul_ %+ %1)`) or let `call` look for it with `_sse2` behind.
 */
export function joinInsertions(bytes: Buffer, suffix: string): ExtraInsertion[] {
  const text = bytes.toString("latin1");
  const joins = [...text.matchAll(JOIN)].flatMap(({ index, 0: join }): ExtraInsertion[] => {
    const [global] = LOCAL_BEHIND.exec(join) ?? [join];
    if (global.endsWith(suffix)) return [];
    return [{ offset: index + global.length, text: global === join ? ` %+ ${suffix}` : suffix, names: [] }];
  });
  const all = [...joins, ...localInsertions(text, suffix)].toSorted((a, b) => a.offset - b.offset);
  if (!/^[ \t]*%macro[ \t]+CAT_XDEFINE[ \t]+3\b/m.test(text)) return all;
  const aliases = [...text.matchAll(WHOLE_NAME)].map(({ index, 1: indent, 2: name, 3: prefix }) => ({
    offset: index,
    text: `${indent}CAT_XDEFINE mangle(${prefix} %+ _), ${name}, mangle(${prefix} %+ _ %+ ${name} %+ ${suffix})\n`,
    names: [],
  }));
  return [...aliases, ...all].toSorted((a, b) => a.offset - b.offset);
}

/** `cextern name.label`, whose macro would put the suffix behind the label: what it does is done before, and the line made a comment. */
const EXTERN_LABEL = /^([ \t]*)cextern[ \t]+(\w+)(\.\w+)[ \t\r]*$/gm;

function localInsertions(text: string, suffix: string): ExtraInsertion[] {
  return [...text.matchAll(EXTERN_LABEL)].map(({ index, 1: indent, 2: name, 3: label }) => ({
    offset: index,
    text: `${indent}%xdefine ${name}${label} mangle(private_prefix %+ _${name}${suffix}${label})\n${indent}extern ${name}${label}\n;`,
    names: [],
  }));
}
