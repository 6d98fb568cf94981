/**
 * Writes the compile database of a release of the WebRTC example (all of abseil with it) for one compiler and one
 * optimization level, so that `unfork isolate prove` can hold a tree against its isolated copy.
 * Usage: node bench/real-trees-prove.mjs --release legacy|latest --tree DIR --out FILE [--cc gcc --cxx g++] [--opt=-O2]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";

import { findSources } from "../dist/build/own/sources.js";
import { loadConfig } from "../dist/config/load-config.js";

/** What a few units of the plain releases lack with GCC's library; the example's features name it where it belongs. */
const LACKING = ["math.h", "cstring"];

const { values } = parseArgs({
  options: {
    release: { type: "string" },
    tree: { type: "string" },
    out: { type: "string" },
    cc: { type: "string", default: "gcc" },
    cxx: { type: "string", default: "g++" },
    opt: { type: "string", default: "-O2" },
  },
});
const example = resolve(import.meta.dirname, "../examples/webrtc-audio");
const { config } = await loadConfig("all-abseil.config.ts", example);
const library = config.build.flavors[values.release];
const tree = resolve(values.tree);
const sources = await findSources(tree, library.units, values.release);
const entries = sources.map((source) => entryOf(source));
mkdirSync(dirname(resolve(values.out)), { recursive: true });
writeFileSync(values.out, `${JSON.stringify(entries, null, 1)}\n`);
console.log(`${entries.length} units: ${relative(process.cwd(), resolve(values.out))}`);

/** One command, run in the tree, so that `__FILE__` is the same for every copy of the tree. */
function entryOf({ path, language, flags }) {
  const own = language === "cxx" ? library.cxxflags : library.cflags;
  const compiler = language === "cxx" ? values.cxx : values.cc;
  const roots = [...library.ownIncludeRoots.map((root) => join(example, root)), ...library.includeRoots];
  return {
    directory: tree,
    file: path,
    arguments: [
      compiler,
      ...roots.map((root) => `-I${root}`),
      ...library.defines.map((define) => `-D${define}`),
      ...(language === "cxx" ? LACKING.flatMap((header) => ["-include", header]) : []),
      ...own.map((flag) => (/^-O.$/.test(flag) ? values.opt : flag)),
      ...flags,
      "-c",
      path,
      "-o",
      `${path.replaceAll("/", "__")}.o`,
    ],
  };
}
