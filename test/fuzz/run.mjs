/** `npm run fuzz`, `npm run fuzz:objects`: compiles the sources and the fuzzers beside each other, then runs one; options are handed on. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const out = process.env["UNFORK_FUZZ_OUT"] ?? join(root, "node_modules/.cache/unfork-fuzz");
const compiled = spawnSync("npx", ["tsc", "-p", join(import.meta.dirname, "tsconfig.json"), "--outDir", out], {
  cwd: root,
  stdio: "inherit",
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
copyFileSync(join(root, "package.json"), join(out, "package.json"));
for (const module of ["tokens/scanner.wasm", "objects/bodies.wasm"]) {
  const built = join(root, "dist", module);
  if (existsSync(built)) copyFileSync(built, join(out, "src", module));
}
const [program = "main", ...rest] = process.argv.slice(2);
const { status } = spawnSync(process.execPath, [join(out, `test/fuzz/${program}.js`), ...rest], { stdio: "inherit" });
process.exit(status ?? 1);
