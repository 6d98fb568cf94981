/** Owns reading compile_commands.json (format: clang.llvm.org/docs/JSONCompilationDatabase.html). */
import { resolve } from "node:path";
import { z } from "zod";

import { UnforkError, messageOf } from "../support/errors.js";
import { readText } from "../support/fs.js";

export interface CompileCommand {
  /** Absolute: where the command runs. */
  readonly directory: string;
  /** Absolute path of the source. */
  readonly file: string;
  /** As written in the command. */
  readonly source: string;
  /** The compiler first. */
  readonly arguments: readonly string[];
}

const entrySchema = z.looseObject({
  directory: z.string().min(1),
  file: z.string().min(1),
  arguments: z.array(z.string()).min(1).optional(),
  command: z.string().min(1).optional(),
});

/** The commands in the file's order. Throws `input-missing`, or `input-invalid` with the entry that is wrong. */
export async function readCompileDatabase(path: string): Promise<CompileCommand[]> {
  const entries = parse(await readText(path), path);
  if (!Array.isArray(entries) || entries.length === 0)
    throw invalid(path, "it is no list of commands", "let CMake write it with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, or ninja with -t compdb");
  return entries.map((entry, index) => commandOf(entry, index, path));
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(path, messageOf(error), "the file must be JSON");
  }
}

function commandOf(entry: unknown, index: number, path: string): CompileCommand {
  const parsed = entrySchema.safeParse(entry);
  const hint = "each entry needs directory, file, and arguments or command";
  if (!parsed.success) throw invalid(path, `entry ${index}: ${parsed.error.issues[0]?.path.join(".") ?? ""} is missing or wrong`, hint);
  const { directory, file, arguments: list, command } = parsed.data;
  const words = list ?? (command === undefined ? [] : shellWords(command));
  if (words.length === 0) throw invalid(path, `entry ${index} has neither arguments nor command`, hint);
  return { directory: resolve(directory), file: resolve(directory, file), source: file, arguments: words };
}

function invalid(path: string, problem: string, hint: string): UnforkError {
  return new UnforkError("input-invalid", `${path} is no compile database: ${problem}`, { hint, context: { path } });
}

/** The words of a command line as a POSIX shell splits it; nothing is expanded. */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  const word = /(?:[^\s"'\\]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*"|'[^']*')+/g;
  for (const [found] of line.matchAll(word)) words.push(unquoted(found));
  return words;
}

function unquoted(word: string): string {
  return word.replaceAll(/"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|\\([\s\S])/g, (_, double?: string, single?: string, escaped?: string) => {
    if (double !== undefined) return double.replaceAll(/\\(["\\$`])/g, "$1");
    return single ?? escaped ?? "";
  });
}
