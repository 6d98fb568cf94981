/** Owns the reading of LLVM's own test names, out of the sources that `npm run bench -- demangle` keeps in the cache. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { releaseSchema } from "../../../src/model/source.js";
import { cacheFolder } from "../../../src/sources/cache.js";
import { fetchRelease } from "../../../src/sources/fetch-release.js";

const RELEASE = new URL("../../../bench/demangle/llvm-release.json", import.meta.url);

/** The tree of LLVM's tests; undefined where the cache has none. Never asks the network. */
export async function llvmTests(): Promise<string | undefined> {
  const release = releaseSchema.parse(JSON.parse(readFileSync(RELEASE, "utf8")));
  try {
    const { path } = await fetchRelease(release, { cache: cacheFolder(), baseFolder: ".", offline: true });
    return path;
  } catch {
    return undefined;
  }
}

/** Pairs of symbol and text: `{"…", "…"}`, each of one or several string literals. */
export function pairsIn(tree: string): readonly (readonly [string, string])[] {
  const text = readFileSync(join(tree, "libcxxabi/test/DemangleTestCases.inc"), "utf8").replaceAll(/^\s*\/\/.*$/gm, "");
  const literals = String.raw`((?:"(?:[^"\\]|\\.)*"\s*)+)`;
  return [...text.matchAll(new RegExp(String.raw`\{\s*${literals},\s*${literals},?\s*\}`, "g"))].map(([, symbol = "", full = ""]) => [
    literal(symbol),
    literal(full),
  ]);
}

function literal(source: string): string {
  return [...source.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
    .map(([, inner = ""]) => JSON.parse(`"${inner.replaceAll(String.raw`\'`, "'")}"`))
    .join("");
}

/** Symbols that LLVM's test calls invalid, of those that its source spells without escapes. */
export function invalidIn(tree: string): readonly string[] {
  const text = readFileSync(join(tree, "libcxxabi/test/test_demangle.pass.cpp"), "utf8");
  const table = (/invalid_cases\[\] = \{([\s\S]*?)\n\};/.exec(text)?.[1] ?? "").replaceAll(/#if [\s\S]*?#endif/g, "");
  return [...table.matchAll(/^ *"([^"\\\n]*)",$/gm)].map(([, symbol = ""]) => symbol);
}
