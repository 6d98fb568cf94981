/** Owns the first pass over a tree: every code file is read, scanned and surveyed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { emit } from "../support/bus.js";
import { fileError } from "../support/errors.js";
import { createInterner, type Interner } from "../tokens/interner.js";
import { DIRECTIVE, KIND, PUNCTUATION, BYTE } from "../tokens/kinds.js";
import { scan } from "../tokens/scan.js";
import { createStream, type TokenStream } from "../tokens/stream.js";
import { dialectOf, type Language, languageOf } from "./code-files.js";
import { type Survey, surveyFile } from "./survey.js";
import { type Words, wordsOf } from "./words.js";

/** A code file in memory. */
export interface CodeFile {
  readonly path: string;
  readonly language: Language;
  readonly bytes: Buffer;
  readonly survey: Survey;
}

/** All code files of a tree with their common table of identifiers. */
export interface CodeTree {
  readonly files: readonly CodeFile[];
  readonly interner: Interner;
  readonly words: Words;
  /** Reused by every scan. */
  readonly stream: TokenStream;
  /** Ids that also occur as a member: `.x`, `->x`, `Other::x`. */
  readonly members: ReadonlySet<number>;
}

export const READING = "reading names";

/** Reads and surveys the code files among `paths`; `paths` relative to `root`. Throws `input-missing` or `disk`. */
export function readCodeTree(root: string, paths: readonly string[]): CodeTree {
  const interner = createInterner();
  const words = wordsOf(interner);
  const stream = createStream();
  const members = new Set<number>();
  const files: CodeFile[] = [];
  for (const [index, path] of paths.entries()) {
    const language = languageOf(path);
    if (language === undefined) continue;
    const bytes = readBytes(join(root, path));
    scan(bytes, interner, stream, dialectOf(language));
    if (path.endsWith(".m") && !isObjectiveC(stream)) continue;
    files.push({ path, language, bytes, survey: surveyFile({ stream, bytes, words }, language) });
    collectMembers(stream, members);
    if (index % 512 === 0) emit({ type: "progress", label: READING, done: index, total: paths.length, unit: "files" });
  }
  emit({ type: "progress:end", label: READING });
  return { files, interner, words, stream, members };
}

export function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}

/** `.m` is Objective-C when it includes or imports something; otherwise it is MATLAB's. */
function isObjectiveC(stream: TokenStream): boolean {
  for (let i = 0; i < stream.count; i++) if (stream.kinds[i] === KIND.directive && stream.values[i] === DIRECTIVE.include) return true;
  return false;
}

function collectMembers(stream: TokenStream, members: Set<number>): void {
  const { kinds, values, count } = stream;
  for (let i = 1; i < count; i++) {
    if (kinds[i] !== KIND.punctuation) continue;
    const value = values[i] as number;
    if (value !== BYTE.dot && value !== PUNCTUATION.arrow && value !== PUNCTUATION.scope) continue;
    if (kinds[i + 1] !== KIND.identifier || i + 1 >= count) continue;
    if (value !== PUNCTUATION.scope) members.add(values[i + 1] as number);
    else if (kinds[i - 1] === KIND.identifier && values[i - 1] !== values[i + 1]) members.add(values[i + 1] as number);
  }
}
