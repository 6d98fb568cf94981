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

/** The file of its symbols and texts. */
export function casesOf(tree: string): string {
  return readFileSync(join(tree, "libcxxabi/test/DemangleTestCases.inc"), "utf8");
}

/** Symbols that LLVM's test calls invalid, of those that its source spells without escapes. */
export function invalidIn(tree: string): readonly string[] {
  const text = readFileSync(join(tree, "libcxxabi/test/test_demangle.pass.cpp"), "utf8");
  const table = (/invalid_cases\[\] = \{([\s\S]*?)\n\};/.exec(text)?.[1] ?? "").replaceAll(/#if [\s\S]*?#endif/g, "");
  return [...table.matchAll(/^ *"([^"\\\n]*)",$/gm)].map(([, symbol = ""]) => symbol);
}
