/**
 * Joins the compiled files into a few: the command line and its threads start in half the time. Other packages are left where
 * they are. Usage: node scripts/bundle.mjs, behind the compiler.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "rolldown";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const dir = join(dist, "bundle");

/** What every command loads, and what every port of patches does: one file each, since finding a file takes longer than reading it. */
const JOINED = [
  {
    name: "start",
    test: /node_modules.commander|dist.cli.(?:base-program|command|exit-codes|print-error|program-for|terminal)\.js$|dist.support.(?:errors|children|temporary-folders|engine-flags|own-files|clock|hash|process-start|random|bus|shell-line|exec|fs)\.js$/,
  },
];

rmSync(dir, { recursive: true, force: true });
await build({
  input: ["cli/main.js", "isolate/engine/part-thread.js", "isolate/engine/create-thread.js"].map((path) => join(dist, path)),
  platform: "node",
  preserveEntrySignatures: "allow-extension",
  external: (id) => id !== "commander" && !/^[./]/.test(id),
  output: {
    dir,
    format: "cjs",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    sourcemap: "hidden",
    codeSplitting: { includeDependenciesRecursively: false, groups: JOINED },
  },
  logLevel: "warn",
  // `import.meta.resolve` is asked where the sources run uncompiled, never here.
  checks: { emptyImportMeta: false },
});
// Node loads modules of this kind at once, one after the other; those of the other kind it links first, which takes longer.
writeFileSync(join(dir, "package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);
