/** Owns the warning about shared folders that use what gets the flavor: they are left as they are, and do not compile then. */
import { join } from "node:path";

import type { IsolationPlan } from "../model/isolation.js";
import { BYTE, KIND, PUNCTUATION } from "../tokens/kinds.js";
import { byText } from "../support/order.js";
import { dialectOf, languageOf } from "./code-files.js";
import { createArena } from "./engine/arena.js";
import { createTokenReader, type Tokens } from "./macros/tokens-of.js";
import { isTelling } from "./scripts-naming.js";

/** One warning for each shared folder with such a use. `isRenamed`: of names at global scope. Throws `disk`. */
export function sharedWarnings(
  source: string,
  files: readonly string[],
  { share, namespaces }: Pick<IsolationPlan, "share" | "namespaces">,
  isRenamed: (name: string) => boolean,
): string[] {
  if (share.length === 0) return [];
  const reader = createTokenReader();
  const read = createArena();
  const spaces = new Set(namespaces);
  return share.flatMap(({ path }) => {
    const inside = files.filter((file) => file.startsWith(`${path}/`)).toSorted(byText);
    const uses = inside.flatMap((file): string[] => {
      const language = languageOf(file);
      if (language === undefined || language === "gas" || language === "nasm") return [];
      const tokens = reader.read(read(join(source, file)).bytes, dialectOf(language));
      return usesIn(tokens, spaces, isRenamed).map((at) => `'${tokens.text(at)}', ${file}:${tokens.line(at)}`);
    });
    if (uses.length === 0) return [];
    const more = uses.length === 1 ? "" : ` and ${uses.length - 1} more places`;
    return [
      `the shared folder ${path} uses names that get the flavor, and is left as it is: ${uses[0]}${more}; share what they belong to, too`,
    ];
  });
}

function usesIn(tokens: Tokens, spaces: ReadonlySet<string>, isRenamed: (name: string) => boolean): number[] {
  const { kinds, values, count } = tokens.stream;
  const isMark = (at: number, value: number): boolean => kinds[at] === KIND.punctuation && values[at] === value;
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    if (kinds[i] !== KIND.identifier || isMark(i - 1, BYTE.dot) || isMark(i - 1, PUNCTUATION.arrow)) continue;
    const isQualified = isMark(i - 1, PUNCTUATION.scope) && kinds[i - 2] === KIND.identifier;
    const word = tokens.text(i);
    const isSpace = spaces.has(word) && isMark(i + 1, PUNCTUATION.scope);
    if (!isQualified && (isSpace || (isTelling(word) && isRenamed(word) && !isDeclared(tokens, i)))) found.push(i);
  }
  return found;
}

/** Whether a word stands before it that may be its type. */
function isDeclared(tokens: Tokens, at: number): boolean {
  return tokens.stream.kinds[at - 1] === KIND.identifier && !NO_TYPE.has(tokens.text(at - 1));
}

const NO_TYPE: ReadonlySet<string> = new Set("return else case goto throw struct class union enum sizeof typename co_return".split(" "));
