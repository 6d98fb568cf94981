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

rmSync(dir, { recursive: true, force: true });
await build({
  input: ["cli/main.js", "isolate/engine/part-thread.js", "isolate/engine/create-thread.js"].map((path) => join(dist, path)),
  platform: "node",
  external: (id) => !/^[./]/.test(id),
  output: { dir, format: "cjs", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js", sourcemap: "hidden" },
  logLevel: "warn",
  // `import.meta.resolve` is asked where the sources run uncompiled, never here.
  checks: { emptyImportMeta: false },
});
// Node loads modules of this kind at once, one after the other; those of the other kind it links first, which takes longer.
writeFileSync(join(dir, "package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);
