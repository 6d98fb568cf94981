/** Owns the fourth general rule: an option of the build system whose name or help speaks of a prefix or namespace of symbols. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Mechanism } from "../../model/isolation-scan.js";
import { fileError } from "../../support/errors.js";
import { DEFAULT_LEAVES, knownOption } from "./known-options.js";
import { isHidden } from "./option-files.js";

const BUILD_FILE = /(^|\/)(configure\.(ac|in)|configure|meson_options\.txt|meson\.options|CMakeLists\.txt)$|\.cmake$/;

/** What an option looks like in each build system; the first group is its name. */
const OPTIONS: readonly (readonly [RegExp, (name: string) => string])[] = [
  [/AC_ARG_WITH\(\s*\[?(\w*(?:prefix|namespace|suffix))\]?/, (name) => `--with-${name.replaceAll("_", "-")}`],
  [/^\s*(--[\w-]*(?:symbol|name|build|library)-?(?:prefix|suffix)|--[\w-]*namespace)\b/, (name) => name],
  [/^\s*option\(\s*'(\w*(?:symbol|name|namespace)\w*(?:prefix|suffix)?)'/, (name) => `-D${name}=`],
  [
    /\b(?:set|option)\s*\(\s*(\w*(?:NAMESPACE_NAME|ABI_NAMESPACE|SYMBOL_PREFIX|SYMBOL_SUFFIX|NAME_MANGL\w*|MANGLE_PREFIX))\b[^)]*CACHE/,
    (name) => `-D${name}=`,
  ],
];

/** The first occurrence of each option. Throws `input-missing` or `disk`. */
export function buildOptions(root: string, paths: readonly string[]): Mechanism[] {
  const found = new Map<string, Mechanism>();
  for (const path of paths.filter((one) => BUILD_FILE.test(one) && !isHidden(one))) {
    for (const [index, text] of textOf(join(root, path)).split("\n").entries()) {
      for (const [pattern, flagOf] of OPTIONS) {
        const name = pattern.exec(text)?.[1];
        // What begins with `--` in CMake's files is an argument of some tool.
        if (
          name === undefined ||
          (name.startsWith("--") && !/(^|\/)configure(\.\w+)?$/.test(path)) ||
          found.has(name) ||
          isInstallPlace(name)
        )
          continue;
        found.set(name, mechanismOf(name, flagOf(name), { file: path, line: index + 1, text: text.trim() }));
      }
    }
  }
  return [...found.values()].filter(({ option }, _index, all) => !isPartOf(option, all));
}

/** jemalloc's private namespace is told with its prefix. */
function isPartOf(option: string, all: readonly Mechanism[]): boolean {
  return option === "--with-private-namespace" && all.some((one) => one.option === "--with-jemalloc-prefix");
}

function isInstallPlace(name: string): boolean {
  return /install|^-*(exec-)?prefix$|libdir|sysroot|program-(prefix|suffix)|cross|toolchain|doc|pkg/i.test(name);
}

function mechanismOf(name: string, flag: string, evidence: Mechanism["evidence"][number]): Mechanism {
  const known = knownOption(name) ?? knownOption(flag);
  return {
    library: known?.library ?? evidence.file,
    kind: "build option",
    option: flag,
    value: null,
    step: known?.step ?? `configure with ${flag}${flag.endsWith("=") ? "" : "="}{flavor}`,
    covers: known?.covers ?? "what the build renames by it: check with `unfork audit` on the archive",
    leaves: known?.leaves ?? DEFAULT_LEAVES,
    evidence: [evidence],
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch (error) {
    throw fileError("read", path, error);
  }
}
