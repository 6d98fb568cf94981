/** Owns the warnings about scripts, and sources of generators and other languages, that name renamed symbols: they are not read, so what comes of them keeps the old names. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { byText } from "../support/order.js";

/** Endings of files that generate code. */
const SCRIPTS: ReadonlySet<string> = new Set("pl pm py rb tcl awk sh bash m4".split(" "));

/** Endings of grammars, of interfaces for other languages, and of languages that call C's functions or define such, in any case. */
const SOURCES: ReadonlySet<string> = new Set(
  "y yy ypp yxx l ll lex lpp lxx gperf rl re re2c peg i swg swig pyx pxd cl metal swift f f90 pas rs go cs d zig fbs".split(" "),
);

/** Whether a file may be a script that generates code, or a source of a generator or another language; one without an ending must say so in its first line. */
export function isScript(path: string): boolean {
  const ending = endingOf(path);
  return ending === undefined || SCRIPTS.has(ending) || SOURCES.has(ending.toLowerCase());
}

/** What stands behind the last dot of a file's name; undefined where it has none. */
function endingOf(path: string): string | undefined {
  const dot = path.lastIndexOf(".");
  return dot > path.lastIndexOf("/") ? path.slice(dot + 1) : undefined;
}

/** Such files that the warning tells of. */
const SHOWN = 3;

interface Naming {
  readonly path: string;
  readonly line: number;
  readonly first: string;
  readonly count: number;
}

/** One warning for all scripts of a tree, one for all such sources, or none. `isRenamed`: of names at global scope; `namespaces`: the renamed ones. */
export async function scriptWarnings(
  source: string,
  files: readonly string[],
  isRenamed: (name: string) => boolean,
  namespaces: readonly string[] = [],
): Promise<string[]> {
  const spaces = new Set(namespaces);
  const scripts: Naming[] = [];
  const sources: Naming[] = [];
  for (const path of files.filter(isScript).toSorted(byText)) {
    const text = await readFile(join(source, path), "latin1").catch(() => "");
    const ending = endingOf(path) ?? "";
    const isSource = SOURCES.has(ending.toLowerCase());
    const isRead = isSource || SCRIPTS.has(ending) || text.startsWith("#!");
    const naming = isRead ? namesIn(path, text, isRenamed, isSource ? spaces : NO_SPACES) : undefined;
    if (naming !== undefined) (isSource ? sources : scripts).push(naming);
  }
  return [...warning(scripts, "script"), ...warning(sources, "source of a generator or another language")];
}

function warning(found: readonly Naming[], what: string): string[] {
  if (found.length === 0) return [];
  const most = found.toSorted((a, b) => b.count - a.count || byText(a.path, b.path)).slice(0, SHOWN);
  const shown = most.map(({ path, line, first, count }) => `${path}:${line} '${first}'${count > 1 ? ` and ${count - 1} more` : ""}`);
  const many = what.replace(/^(\w+)/, "$1s");
  const who = found.length === 1 ? `1 ${what} names renamed symbols and is` : `${found.length} ${many} name renamed symbols and are`;
  return [`${who} not read, what comes of it keeps the old names: ${shown.join(", ")}`];
}

const NO_SPACES: ReadonlySet<string> = new Set();

function namesIn(path: string, text: string, isRenamed: (name: string) => boolean, spaces: ReadonlySet<string>): Naming | undefined {
  const names = new Map<string, number>();
  for (const { 0: word, index } of text.matchAll(/[A-Za-z_][A-Za-z0-9_]*/g)) {
    if (names.has(word)) continue;
    const isSpace = spaces.has(word) && text.startsWith("::", index + word.length);
    if (isSpace || (isTelling(word) && isRenamed(word))) names.set(word, index);
  }
  const [first] = names;
  if (first === undefined) return undefined;
  return { path, line: text.slice(0, first[1]).split("\n").length, first: first[0], count: names.size };
}

/** A word that is hardly one of a sentence, or of the script's own language: `lib_make`, `LibMake`. */
export function isTelling(word: string): boolean {
  return word.length > SHORT && /[A-Za-z0-9]_[A-Za-z0-9]|[a-z][A-Z]/.test(word);
}

const SHORT = 5;
