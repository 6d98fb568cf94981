import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { run, runOk } from "../../src/support/exec.js";
import { missingTools } from "../helpers/compile.js";
import { sanitized } from "../helpers/sanitized.js";
import { temporaryFolder } from "../helpers/temp.js";
import { INCLUDE, STRICT, headers, testPrograms } from "./programs.js";

interface Mode {
  readonly title: string;
  readonly flags: readonly string[];
  readonly sanitized?: true;
  /** Programs that are left out say nothing new in this mode. */
  readonly only?: RegExp;
}

const MODES: readonly Mode[] = [
  {
    title: "without optimisation, under sanitizers of memory and undefined behaviour",
    flags: ["-std=c++17", "-O0"],
    sanitized: true,
  },
  { title: "optimised, without exceptions and RTTI", flags: ["-std=c++20", "-O2", "-DNDEBUG", "-fno-exceptions", "-fno-rtti"] },
  { title: "under ThreadSanitizer", flags: ["-std=c++17", "-O1", "-g1", "-fsanitize=thread"], only: /flavor|hooks|fail/ },
];

/** What a header lacks shows in either compiler, which read the same standard library: each tries one standard. The programs are built in both by both. */
const STANDARDS: Readonly<Record<string, string>> = { "g++": "c++17", "clang++": "c++20" };
const COMPILERS = Object.keys(STANDARDS);
const missing = new Map(await Promise.all(COMPILERS.map(async (compiler) => [compiler, await missingTools(compiler)] as const)));

describe.each(COMPILERS)("the shim's runtime, built by %s", (compiler) => {
  const lacks = missing.get(compiler) ?? [];

  describe.skipIf(lacks.length > 0)(`(needs ${compiler})`, () => {
    it.each(MODES)(
      "passes its own tests $title",
      async ({ flags: given, sanitized: isSanitized, only }) => {
        const folder = temporaryFolder();
        const flags = [...given, ...(isSanitized === true ? sanitized(compiler) : [])];
        const said: string[] = [];
        const programs = testPrograms().filter(({ name }) => only === undefined || only.test(name));
        for (const { name, source, flags: own } of programs) {
          const program = join(folder, name);
          await runOk({ command: compiler, args: [...STRICT, ...flags, ...own, "-pthread", INCLUDE, source, "-o", program] });
          const { code, stderr } = await run({ command: program, args: [], cwd: folder });
          if (code !== 0) said.push(`${name} ends with ${code}: ${stderr}`);
        }
        expect(said).toEqual([]);
        expect(programs.length).toBeGreaterThan(4);
      },
      300_000,
    );

    it(`has headers that each stand alone in ${STANDARDS[compiler]}`, async () => {
      const folder = temporaryFolder();
      const units = await Promise.all(
        headers().map(async (header) => {
          const unit = join(folder, `${header}.cc`);
          await writeFile(unit, `#include "unfork/${header}"\n#include "unfork/${header}"\n`);
          return unit;
        }),
      );
      await runOk({
        command: compiler,
        args: [...STRICT, `-std=${STANDARDS[compiler]}`, "-fno-exceptions", "-fno-rtti", "-fsyntax-only", INCLUDE, ...units],
      });
      const old = await run({ command: compiler, args: ["-std=c++14", "-fsyntax-only", INCLUDE, ...units.slice(0, 1)] });
      expect(old.stderr).toContain("the runtime of a shim needs C++17");
    }, 120_000);
  });
});
