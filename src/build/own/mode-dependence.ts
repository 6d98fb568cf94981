/** Owns the question which of a program's sources depend on the mode: the others are compiled once for all modes. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const WORDS = /UNFORK_HAS_|UNFORK_SHIM_ONLY/;
const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*["<]([^">\n]+)[">]/gm;

/** Forced into sources that were found independent: a use that was overlooked is an error, never a wrong program. */
export const POISON_TEXT = `#pragma GCC poison UNFORK_HAS_LEGACY UNFORK_HAS_LATEST UNFORK_SHIM_ONLY\n`;

/**
 * Whether a source, or a header it includes directly or through others, mentions UNFORK_HAS_LEGACY,
 * UNFORK_HAS_LATEST or, as generated shims do, UNFORK_SHIM_ONLY. Headers are looked for beside the file that includes them and in `roots`; others, the
 * system's, are not read.
 */
export async function dependsOnMode(source: string, roots: readonly string[]): Promise<boolean> {
  const seen = new Set<string>();
  const waiting = [source];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = await readFile(path, "utf8").catch(() => "");
    if (WORDS.test(text)) return true;
    for (const [, name = ""] of text.matchAll(INCLUDE)) for (const folder of [dirname(path), ...roots]) waiting.push(join(folder, name));
  }
  return false;
}
