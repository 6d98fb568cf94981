/**
 * Owns assembler that m4 makes (`PROLOGUE(lib_f)` of Nettle and GMP): which symbols its files define, and the definitions by which m4
 * itself gives them the flavor. Its files stay as they are: `configure` reads their names, and macros make others of them.
 */
import type { ExtraInsertion } from "../decide/file-edits.js";
import type { FlavoredNames } from "./flavored-names.js";

/** What one file tells, an `.asm` or an `.m4`. */
export interface M4File {
  /** Index in the tree. */
  readonly file: number;
  /** Symbols that it defines, each with its line and byte offset. */
  readonly labels: readonly (readonly [name: string, line: number, offset: number])[];
  /** Texts that a macro of its own makes of a name, `_$1_fast`, for the files that it includes; paths as written. */
  readonly templates: readonly string[];
  readonly includes: readonly string[];
  /** Macros that it defines, with the word that each stands for, or "". */
  readonly macros: readonly (readonly [name: string, word: string])[];
  /** Words by which it may name symbols. */
  readonly words: readonly string[];
  /** Whether it defines the macro that defines symbols. */
  readonly isBase: boolean;
  /** Names to which it gives a flavor already, with what they become. */
  readonly given: readonly (readonly [name: string, longer: string])[];
}

const M4_LINE = /^(?:dnl\b|C(?:[ \t]|$)|(?:include|include_src|include_mpn|define|divert|ifelse|changecom)\()/m;
const EXPORTING = /\b(?:MULFUNC_)?PROLOGUE\(|^[ \t]*GLOBL[ \t]/m;

/** Whether an `.asm` file is m4's. */
export function isM4Assembler(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  return M4_LINE.test(text) && (EXPORTING.test(text) || /^(?:include|include_src|include_mpn)\(/m.test(text));
}

/** A line that gives a name a flavor. */
const GIVEN = /^ifdef\(`(\w+)',,`define\(`\1',`(\1_\w+)'\)'\)dnl$/gm;

/** GNU m4, "Defining a macro": `define(`name', `text')`, the quotes optional around the name. */
const DEFINITION = /\b(?:define|deflit)\(\s*`?(\w+)'?\s*,\s*(?:`([^`']*)'|(\w+)\s*\))/g;
const BASE = /^[ \t]*define\(`?PROLOGUE'?,/m;

/** Reads one file. */
export function readM4({ file, path }: { readonly file: number; readonly path: string }, bytes: Buffer): M4File {
  const whole = bytes.toString("latin1");
  const text = withoutComments(whole);
  const isMacros = path.endsWith(".m4");
  const own = definitionsIn(text);
  return {
    file,
    labels: isMacros ? [] : labelsIn(text, own).map(([name, offset]) => [name, lineOf(text, offset), offset] as const),
    templates: isMacros ? [] : [...own.values()].filter((body) => /^\w*\$1\w*$/.test(body) && body !== "$1"),
    includes: isMacros ? [] : [...text.matchAll(/^[ \t]*include\w*\(`?([\w./-]+\.asm)'?\)/gm)].map(([, included]) => included as string),
    macros: isMacros ? [] : [...own].map(([name, body]) => [name, SYMBOL.test(body) ? body : ""] as const),
    words: wordsIn(text, isMacros),
    isBase: isMacros && BASE.test(text),
    given: isMacros ? [...whole.matchAll(GIVEN)].map(([, name, longer]) => [name as string, longer as string] as const) : [],
  };
}

function withoutComments(text: string): string {
  return text.replaceAll(/^[ \t]*(?:dnl\b|C(?:[ \t]|$)).*$|[ \t]dnl\b.*$/gm, (comment) => " ".repeat(comment.length));
}

/** By macro: its text. */
function definitionsIn(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(DEFINITION)].map(([, name, quoted, plain]) => [name as string, quoted ?? plain ?? ""]));
}

/** The symbols that an `.asm` file defines, as it spells them, each at its place. */
export function m4Labels(bytes: Buffer): { readonly name: string; readonly offset: number }[] {
  const text = withoutComments(bytes.toString("latin1"));
  const own = definitionsIn(text);
  return labelsIn(text, own).map(([name, offset]) => ({ name, offset: Math.max(offset, text.indexOf(name, offset)) }));
}

/** The names of `PROLOGUE(f)`, `MULFUNC_PROLOGUE(f g)`, `GLOBL f`, `.globl C_NAME(f)`; of a macro of the file what it stands for. */
function labelsIn(text: string, own: ReadonlyMap<string, string>): [string, number][] {
  const calls = text.matchAll(/\b(?:MULFUNC_)?PROLOGUE\(\s*([^(),]+)|^[ \t]*(?:GLOBL|\.globa?l)[ \t]+(?:\w+\()?(\w+)/gm);
  return [...calls].flatMap(({ index, 1: names, 2: name }) =>
    (names ?? name ?? "").split(/\s+/).flatMap((word): [string, number][] => {
      const bare = word.replaceAll(/[`']/g, "");
      const meant = own.get(bare) ?? bare;
      return SYMBOL.test(meant) && /[a-z]/.test(meant) ? [[meant, index]] : [];
    }),
  );
}

const SYMBOL = /^[A-Za-z_]\w*$/;

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Words with `_` in them, and those that a macro alone on its line is given: `define_f(add)`. */
function wordsIn(text: string, isMacros: boolean): string[] {
  const words = new Set([...text.matchAll(/\b[A-Za-z_]\w*_\w*\b/g)].map(([word]) => word));
  if (isMacros) for (const [, word] of text.matchAll(/^\w+\((\w+)\)[ \t]*(?:dnl)?$/gm)) words.add(word as string);
  return [...words];
}

/** A symbol that a file of m4 makes of one of a file that it includes: `_lib_f_fast` of `_$1_fast` and `lib_f`. */
export interface MadeLabel {
  readonly name: string;
  readonly of: string;
  readonly template: string;
  readonly file: number;
}

/**
 * All such symbols; `paths` are those of all files of the tree. Also those of a label that is a macro of the including file:
 * `PROLOGUE(func)` and `define(`func', `lib_f')`.
 */
export function madeLabels(files: readonly M4File[], paths: readonly string[]): MadeLabel[] {
  const byFile = new Map(files.map((one) => [one.file, one]));
  return files.flatMap(({ file, templates, includes, macros }) => {
    if (includes.length === 0 || (templates.length === 0 && macros.length === 0)) return [];
    const included = paths.flatMap((path, index) => (includes.some((end) => path === end || path.endsWith(`/${end}`)) ? [index] : []));
    const labels = [...new Set(included.flatMap((index) => byFile.get(index)?.labels.map(([name]) => name) ?? []))];
    const words = new Map(macros);
    return labels.flatMap((of): MadeLabel[] => {
      const word = words.get(of);
      if (word !== undefined) return word === "" ? [] : [{ name: word, of, template: word, file }];
      return templates.map((template) => ({ name: template.replace("$1", of), of, template, file }));
    });
  });
}

/** Names of macros of such files: a label that is one is no symbol. */
export function macrosOf(files: readonly M4File[]): ReadonlySet<string> {
  return new Set(files.flatMap(({ macros }) => macros.map(([name]) => name)));
}

/** What all such files of a tree may name: symbols that they define, and words. */
export interface M4Names {
  readonly symbols: readonly string[];
  readonly words: readonly string[];
  readonly made: readonly Omit<MadeLabel, "file">[];
}

/**
 * The renamed names that such files may spell: symbols that they define, words of theirs, and longer names that end as their words do
 * (`__lib_add` of `define_f(add)`). A name without `_` may be an instruction, so only symbols are of that kind.
 */
export function spelledByM4(known: M4Names, renamed: Iterable<string>): string[] {
  if (known.symbols.length === 0) return [];
  const symbols = new Set(known.symbols);
  const words = new Set(known.words);
  const ends = (name: string): boolean => [...name.matchAll(/_(?=[a-z])/g)].some(({ index }) => words.has(name.slice(index + 1)));
  return [...renamed].filter((name) => symbols.has(name) || (name.includes("_") && (words.has(name) || ends(name)))).toSorted();
}

function lineOfNames(name: string, longer: string): string {
  return `ifdef(\`${name}',,\`define(\`${name}',\`${longer}')')dnl\n`;
}

/** At the end of the file that defines PROLOGUE: m4 reads what it has made of a name once more, and then finds these. */
export function m4Insertions(text: string, { spelledByM4: spelled, madeByM4: made, suffix }: FlavoredNames): ExtraInsertion[] {
  if (!BASE.test(text)) return [];
  const given = new Set([...text.matchAll(GIVEN)].map(([, name]) => name as string));
  const wanted = spelled().filter((name) => !given.has(name));
  const isNew = new Set(wanted);
  const again = made.flatMap(({ name, of, template }) =>
    isNew.has(name) && isNew.has(of) ? [lineOfNames(template.replace("$1", of + suffix), name + suffix)] : [],
  );
  const lines = [...wanted.map((name) => lineOfNames(name, name + suffix)), ...new Set(again)];
  const before = text.endsWith("\n") ? "" : "\n";
  return lines.length === 0 ? [] : [{ offset: text.length, text: before + lines.join(""), names: wanted }];
}
