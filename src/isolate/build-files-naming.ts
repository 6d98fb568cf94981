/** Owns the warning about build files that give renamed symbols to a linker or a compiler: they are not edited. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { byText } from "../support/order.js";
import { isTelling } from "./scripts-naming.js";

const BUILD_FILES =
  /(?:^|\/)(?:CMakeLists\.txt|(?:GNU)?[Mm]akefile(?:\.[\w.-]+)?|meson\.build|configure\.(?:ac|in)|BUILD(?:\.bazel|\.gn)?|SCons(?:truct|cript)|wscript|Jamfile|Jamroot|premake\w*\.lua|xmake\.lua|Android\.bp)$|\.(?:cmake|mk|mak|am|gn|gni|bzl|gyp|gypi|pro|pri|vcxproj|props|targets|xcconfig|pbxproj)$/;

/** What a line has that hands symbols over: options of linkers, macros for the compiler, lists of exports. */
const HANDS_OVER =
  /--(?:undefined|wrap|defsym|require-defined|entry|export-dynamic-symbol|retain-symbol|dynamic-list)|-export-symbols|exported_symbol|exported_functions|(?:^|[\s,'"])-(?:u|U|e|init|fini|alias|D)[\s,=\w]|[-/](?:export|include|alternatename|entry|order):|definitions|defines|cflags|c_args|link_args|linkopts|ldflags|copts/i;

/** Places that the warning tells of. */
const SHOWN = 3;

/** One warning for all build files of a tree, or none. `isRenamed`: of names that make symbols. */
export async function buildFileWarnings(source: string, files: readonly string[], isRenamed: (name: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  for (const path of files.filter((one) => BUILD_FILES.test(one)).toSorted(byText)) {
    const text = await readFile(join(source, path), "latin1").catch(() => "");
    for (const [at, line] of text.split("\n").entries())
      for (const name of namesIn(line, isRenamed)) found.push(`${path}:${at + 1} '${name}'`);
  }
  if (found.length === 0) return [];
  const more = found.length > SHOWN ? ` and ${found.length - SHOWN} more` : "";
  const who = found.length === 1 ? "a build file names a renamed symbol" : "build files name renamed symbols";
  return [`${who} in options or definitions, which stay; a policy's patch changes them: ${found.slice(0, SHOWN).join(", ")}${more}`];
}

/** The renamed names of a line that hands symbols over, but for parts of paths. */
function namesIn(line: string, isRenamed: (name: string) => boolean): string[] {
  if (!HANDS_OVER.test(line)) return [];
  const names = [...line.matchAll(/(?<![\w./-])[A-Za-z_]\w*(?![\w/]|\.\w)/g)].map(([word]) => word);
  const known = names.flatMap((word) => [word, word.replace(/^_/, "")].find((name) => isTelling(name) && isRenamed(name)) ?? []);
  return [...new Set(known)];
}
