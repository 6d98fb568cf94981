import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { demangle, nameParts } from "../../../src/objects/demangle/demangle.js";
import { runOk } from "../../../src/support/exec.js";
import { compileObject, missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { inOneStyle } from "../../../bench/demangle/style.mjs";
import { filtered, findLlvm } from "./reference.js";
import { SOURCES } from "./sources.js";

const llvm = await findLlvm();
const missing = [...(await missingTools("c++filt", "nm")), ...(llvm === undefined ? ["llvm-cxxfilt of LLVM 16 or newer"] : [])];
const folder = temporaryFolder();

/** All mangled names of an object: defined, undefined and local. */
async function symbolsOf(object: string): Promise<string[]> {
  const { stdout } = await runOk({ command: "nm", args: ["-a", "--format=posix", object] });
  const names = stdout
    .toString("utf8")
    .split("\n")
    .map((line) => line.split(" ", 1)[0] ?? "");
  return [...new Set(names.filter((name) => name.startsWith("_Z")))];
}

/** Names whose text is neither LLVM's nor, but for style, binutils'. */
async function differing(symbols: readonly string[]): Promise<string[]> {
  const binutils = await filtered("c++filt", ["--no-strip-underscore"], symbols);
  const others = await filtered(llvm ?? "llvm-cxxfilt", ["-n"], symbols);
  return symbols.flatMap((symbol, index) => {
    const { full } = demangle(symbol);
    if (full === others[index] || inOneStyle(full) === inOneStyle(binutils[index] ?? "")) return [];
    return [`${symbol}\n  ours     ${full}\n  LLVM     ${others[index]}\n  binutils ${binutils[index]}`];
  });
}

for (const compiler of ["g++", "clang++", "clang++-16"]) {
  const without = [...missing, ...(await missingTools(compiler))];
  describe.skipIf(without.length > 0)(`names that ${compiler} mangles (needs ${without.join(", ") || "c++filt and nm"})`, () => {
    it.each(Object.keys(SOURCES))("have the text of LLVM or binutils: %s", async (what) => {
      const place = join(folder, compiler, what.replaceAll(/\W+/g, "-"));
      await mkdir(place, { recursive: true });
      const object = await compileObject({
        folder: place,
        name: "a.cc",
        source: SOURCES[what] ?? "",
        compiler,
        flags: ["-std=c++20", "-O0", "-w"],
      });
      const symbols = await symbolsOf(object);
      expect(symbols.length).toBeGreaterThan(3);
      expect(await differing(symbols)).toEqual([]);
      expect(symbols.filter((symbol) => nameParts(symbol) === undefined)).toEqual([]);
    });
  });
}

const compilers = await missingTools("g++");
describe.skipIf(missing.length + compilers.length > 0)(
  `the names of the C++ library (needs ${[...missing, ...compilers].join(", ") || "g++, c++filt and nm"})`,
  () => {
    it("have the text of LLVM or binutils but for a few, whose expressions or results the two write otherwise", async () => {
      const { stdout } = await runOk({ command: "g++", args: ["-print-file-name=libstdc++.a"] });
      const symbols = await symbolsOf(stdout.toString("utf8").trim());
      expect(symbols.length).toBeGreaterThan(5000);
      expect((await differing(symbols)).length).toBeLessThanOrEqual(symbols.length / 2000);
      expect(symbols.filter((symbol) => demangle(symbol).status !== "demangled")).toEqual([]);
    });
  },
);
