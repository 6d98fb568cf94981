/** Owns that calls which stand in many files, as those of a test's macro do, are expanded once where the same definitions hold. */
import type { MacroBody } from "../survey/macro-bodies.js";

/** The definitions of a macro that hold where a statement stands. */
export type KnownMacros = (name: string) => readonly MacroBody[];

/** What came of a statement, and the definitions that this took. */
interface Known<T> {
  readonly asked: ReadonlyMap<string, readonly MacroBody[]>;
  readonly value: T;
}

/**
 * Gives a function that expands a statement, given by its texts and how it is read, unless it did so before: then what came of it then.
 * Definitions count as the same when they are the same values.
 */
export function createStatements<T>(): (
  read: string,
  texts: readonly string[],
  known: KnownMacros,
  expand: (known: KnownMacros) => T,
) => T {
  const statements = new Map<string, Known<T>[]>();
  return (read, texts, known, expand) => {
    const key = [read, ...texts.map(bare)].join("\n");
    const list = statements.get(key) ?? [];
    statements.set(key, list);
    const found = list.find(({ asked }) => isSame(asked, known));
    if (found !== undefined) return found.value;
    const asked = new Map<string, readonly MacroBody[]>();
    const value = expand((name) => {
      const bodies = known(name);
      asked.set(name, bodies);
      return bodies;
    });
    list.push({ asked, value });
    return value;
  };
}

function isSame(asked: Known<unknown>["asked"], known: KnownMacros): boolean {
  for (const [name, bodies] of asked) {
    const here = known(name);
    if (here !== bodies && (here.length !== bodies.length || here.some((body, at) => body !== bodies[at]))) return false;
  }
  return true;
}

/** A string without its text, where that names no symbol and is no directive of assembler: the title of a test. */
function bare(token: string): string {
  return TITLE.test(token) ? '""' : token;
}

/** Not `"name"`, `".symver name"`, `"weak name = other"`, `"C++"`, nor what may be a piece of assembler. */
const TITLE = /^"(?!\.|C\+\+"$|\s*(?:weak|redefine_extname)\b)(?=[^"]*[^\w$"])[^"@,\\%]*"$/;
