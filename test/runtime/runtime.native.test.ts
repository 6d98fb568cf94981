import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { run, runOk } from "../../src/support/exec.js";
import { missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";
import { INCLUDE, STRICT, headers, testPrograms } from "./programs.js";

interface Mode {
  readonly title: string;
  readonly flags: readonly string[];
  /** Programs that are left out say nothing new in this mode. */
  readonly only?: RegExp;
}

const MODES: readonly Mode[] = [
  { title: "without optimisation", flags: ["-std=c++17", "-O0"] },
  { title: "optimised, without exceptions and RTTI", flags: ["-std=c++20", "-O2", "-DNDEBUG", "-fno-exceptions", "-fno-rtti"] },
  {
    title: "under AddressSanitizer and UBSan",
    flags: ["-std=c++20", "-O0", "-g1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
  },
  { title: "under ThreadSanitizer", flags: ["-std=c++17", "-O1", "-g1", "-fsanitize=thread"], only: /flavor|hooks|fail/ },
];

const COMPILERS = ["g++", "clang++"];
const missing = new Map(await Promise.all(COMPILERS.map(async (compiler) => [compiler, await missingTools(compiler)] as const)));

describe.each(COMPILERS)("the shim's runtime, built by %s", (compiler) => {
  const lacks = missing.get(compiler) ?? [];

  describe.skipIf(lacks.length > 0)(`(needs ${compiler})`, () => {
    it.each(MODES)(
      "passes its own tests $title",
      async ({ flags, only }) => {
        const folder = temporaryFolder();
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

    it.each(["c++17", "c++20"])(
      "has headers that each stand alone in %s",
      async (standard) => {
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
          args: [...STRICT, `-std=${standard}`, "-fno-exceptions", "-fno-rtti", "-fsyntax-only", INCLUDE, ...units],
        });
        const old = await run({ command: compiler, args: ["-std=c++14", "-fsyntax-only", INCLUDE, ...units.slice(0, 1)] });
        expect(old.stderr).toContain("the runtime of a shim needs C++17");
      },
      120_000,
    );
  });
});
