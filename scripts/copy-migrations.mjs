/** Copies the migrations of the state beside the compiled files that run them. Usage: node scripts/copy-migrations.mjs, behind the compiler. */
import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [from, to] = ["../src", "../dist"].map((root) => fileURLToPath(new URL(`${root}/store/state/migrations`, import.meta.url)));

rmSync(to, { recursive: true, force: true });
cpSync(from, to, { recursive: true });
