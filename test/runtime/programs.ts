/** Owns the test programs of the runtime as the tests build them: which sources, with which flags. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

import { packageRoot } from "../../src/support/version.js";

export const RUNTIME = join(packageRoot(), "runtime");
export const INCLUDE = `-I${join(RUNTIME, "include")}`;

/** What a shim's users may have switched on. */
export const STRICT = ["-Wall", "-Wextra", "-Werror", "-Wpedantic", "-Wshadow", "-Wconversion", "-Wsign-conversion", "-Wold-style-cast"];

export interface TestProgram {
  readonly name: string;
  readonly source: string;
  readonly flags: readonly string[];
}

/** Every test program; the one on operations is built for two flavors and for one. */
export function testPrograms(): TestProgram[] {
  const folder = join(RUNTIME, "tests");
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith("_test.cc"))
    .toSorted();
  const programs = sources.map((file) => ({ name: basename(file, ".cc"), source: join(folder, file), flags: [] as string[] }));
  return [...programs, { name: "operations_only_test", source: join(folder, "operations_test.cc"), flags: ["-DUNFORK_SHIM_ONLY=1"] }];
}

export function headers(): string[] {
  return readdirSync(join(RUNTIME, "include/unfork"))
    .filter((file) => file.endsWith(".h"))
    .toSorted();
}
