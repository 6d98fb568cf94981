/** Owns which of an overlay's words the system's headers and the compiler itself use, as the compiler tells it. */
import { isAbsolute, join } from "node:path";

import { UnforkError } from "../../support/errors.js";
import { type CommandResult, run } from "../../support/exec.js";
import { createArena } from "../engine/arena.js";
import { languagesIn } from "../languages-in.js";
import { headerFacts } from "../macros/header-facts.js";
import { createTokenReader } from "../macros/tokens-of.js";

export interface SystemWords {
  readonly compiler: string;
  /** Words that the compiler defines as macros before any header. */
  readonly predefined: ReadonlySet<string>;
  /** Words that headers outside of the tree use, with the first place. */
  readonly used: ReadonlyMap<string, { readonly file: string; readonly line: number }>;
}

/**
 * Asks the first compiler that is installed to preprocess every system header that the tree includes; undefined when none is.
 * `files` are the tree's code files. Throws `disk`.
 */
export async function systemWords(
  root: string,
  files: readonly string[],
  words: ReadonlySet<string>,
  compilers: readonly string[],
): Promise<SystemWords | undefined> {
  const headers = systemHeaders(root, files);
  const text = headers.map((path) => `#if __has_include(<${path}>)\n#include <${path}>\n#endif`).join("\n");
  for (const compiler of compilers) {
    const language = compiler.includes("++") ? "c++" : "c";
    const defined = await tolerant(compiler, ["-x", language, "-dM", "-E", "-"], "");
    if (defined === undefined) continue;
    const predefined = new Set([...defined.stdout.toString("latin1").matchAll(/^#define (\w+)/gm)].map((match) => match[1] as string));
    const output = await tolerant(compiler, ["-x", language, "-E", "-"], `${text}\n`);
    const used =
      output === undefined ? new Map<string, { file: string; line: number }>() : wordsOutside(output.stdout.toString("latin1"), words);
    return { compiler, predefined: new Set([...predefined].filter((word) => words.has(word))), used };
  }
  return undefined;
}

/** Paths between angle brackets that are no files of the tree. */
function systemHeaders(root: string, files: readonly string[]): string[] {
  const reader = createTokenReader();
  const read = createArena();
  const own = new Set(files.map((file) => file.slice(file.lastIndexOf("/") + 1)));
  const asked = new Set<string>();
  const languageIn = languagesIn(root);
  for (const file of files) {
    if (!["c", "c++", "header", "fragment"].includes(languageIn(file) ?? "")) continue;
    for (const { path, angled } of headerFacts(file, reader.read(read(join(root, file)).bytes)).includes)
      if (path !== undefined && angled && !own.has(path.slice(path.lastIndexOf("/") + 1))) asked.add(path);
  }
  return [...asked].toSorted();
}

/** Finds words in preprocessed text; its `# LINE "FILE"` marks say where the text is from. */
function wordsOutside(text: string, words: ReadonlySet<string>): Map<string, { file: string; line: number }> {
  const found = new Map<string, { file: string; line: number }>();
  let file = "";
  let line = 0;
  for (const row of text.split("\n")) {
    const mark = /^# (\d+) "([^"]*)"/.exec(row);
    if (mark !== null) {
      line = Number(mark[1]);
      file = mark[2] as string;
      continue;
    }
    if (isAbsolute(file)) for (const word of identifiers(row)) if (words.has(word) && !found.has(word)) found.set(word, { file, line });
    line++;
  }
  return found;
}

function identifiers(row: string): string[] {
  return row.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').match(/[A-Za-z_]\w*/g) ?? [];
}

async function tolerant(command: string, args: readonly string[], input: string): Promise<CommandResult | undefined> {
  try {
    return await run({ command, args, input });
  } catch (error) {
    if (error instanceof UnforkError && error.code === "tool-missing") return undefined;
    throw error;
  }
}
