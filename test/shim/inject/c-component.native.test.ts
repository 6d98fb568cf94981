/** Holds `unfork shim inject` on components in C: both flavors in programs of C and of C++, and what cannot be shown. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

import { inject } from "../../../src/shim/inject/inject.js";
import type { InjectRequest } from "../../../src/shim/inject/model.js";
import { run, runOk } from "../../../src/support/exec.js";
import { missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { writeTree } from "../../helpers/tree.js";

const missing = await missingTools("gcc", "g++", "clang");
const FIXTURE = fileURLToPath(new URL("../../fixtures/shim/inject-c", import.meta.url));
const FLAVORS = ["legacy", "latest"] as const;

const request: InjectRequest = {
  folder: join(FIXTURE, "ledger"),
  component: "ledger",
  library: [],
  flavors: [
    { name: "legacy", includes: [join(FIXTURE, "tally/legacy")] },
    { name: "latest", includes: [join(FIXTURE, "tally/latest")] },
  ],
  namespaces: [],
  names: [],
  publicHeaders: ["ledger.h"],
  includes: [],
  exclude: [],
  compilers: ["g++", "clang++"],
  standard: "c++17",
  cStandard: "gnu11",
  flags: ["-Wall", "-Wextra", "-Werror"],
};

async function found(files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = temporaryFolder();
  writeTree(join(root, "part"), files);
  const own = { ...request, folder: join(root, "part"), publicHeaders: [], compilers: ["g++"], flags: [] };
  const { findings } = await inject(own, join(root, "out"), true);
  return findings.map(({ kind, path, line, text }) => `${kind} ${path}:${line} ${text}`);
}

describe.skipIf(missing.length > 0)(`a C component in both flavors (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  const out = join(temporaryFolder(), "out");
  const both = (): string => readFileSync(join(out, "include/ledger/both.h"), "utf8");

  beforeAll(async () => {
    const result = await inject(request, out, false);
    expect(result.findings).toEqual([]);
    expect(result).toMatchObject({ namespaces: [], sources: ["ledger.c"], units: 4, headers: { shown: ["ledger.h"], left: [] } });
  }, 60_000);

  it.each([
    ["gcc", "c"],
    ["clang", "c"],
    ["g++", "c++"],
    ["clang++", "c++"],
  ])(
    "by %s: is there twice in one program of %s, and the right one is chosen",
    async (compiler, language) => {
      const c = compiler.replace(/^g\+\+/, "gcc").replace(/^clang\+\+/, "clang");
      const flags = ["-g1", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
      const objects: string[] = [];
      for (const flavor of FLAVORS) {
        const flavored = ["-include", join(out, "include/ledger/flavored.h"), `-DLEDGER_FLAVOR_${flavor.toUpperCase()}=1`];
        for (const [source, more] of [
          [join(FIXTURE, "ledger/ledger.c"), flavored],
          [join(FIXTURE, "tally", flavor, "tally.c"), []],
        ] as const) {
          const object = join(out, `${compiler}-${objects.length}.o`);
          objects.push(object);
          await runOk({ command: c, args: [...flags, ...more, "-I", join(FIXTURE, "tally", flavor), "-c", source, "-o", object] });
        }
      }
      const program = join(out, `use-${compiler}`);
      const use = join(out, `${compiler}-use.o`);
      await runOk({
        command: compiler,
        args: [...flags, "-x", language, "-I", join(out, "include"), "-c", join(FIXTURE, "use.c"), "-o", use],
      });
      await runOk({ command: compiler, args: [...flags, use, ...objects, "-o", program] });
      const { code, stdout, stderr } = await run({ command: program, args: [] });
      expect({ code, stdout: stdout.toString(), stderr }).toEqual({ code: 0, stdout: "ledger 0\nledger 1\n", stderr: "" });
    },
    180_000,
  );

  it("gives the flavor to external names alone, those that a macro makes or hides among them", () => {
    const flavored = readFileSync(join(out, "include/ledger/flavored.h"), "utf8");
    expect(flavored).toContain("#define ledger_debits ledger_debits_legacy\n");
    expect(flavored).toContain("#define tally_add tally_add_latest\n");
    expect(flavored).toContain("#pragma redefine_extname ledger_count ledger_count_legacy\n");
    expect(flavored).not.toMatch(/release_number|LEDGER_DEBIT|count_t|define ledger_entry/);
  });

  it("shows types that are the same in both flavors once, and the library's struct by its flavored name", () => {
    expect(both().match(/^struct ledger_entry \{/gm)).toHaveLength(1);
    expect(both()).toContain("struct tally_legacy;\n");
    expect(both()).toContain("ledger_tally_latest(ledger_t* ledger);\n");
    expect(both()).not.toContain("(*ledger_tally)");
    expect(both()).not.toContain("tally.h");
  });

  it("names a declaration that holds the library's struct itself", async () => {
    const files = {
      "a.h": '#ifndef A_\n#define A_\n#include "tally.h"\nstruct a {\n  tally_t own;\n};\nvoid a_reset(struct a *one);\n#endif\n',
      "a.c": '#include "a.h"\nvoid a_reset(struct a *one) { tally_add(&one->own, 0); }\n',
    };
    const [leak, ...more] = await found(files);
    expect(more).toEqual([]);
    expect(leak).toMatch(/^leak a\.h:4 a holds the library's tally itself/);
  });

  it("shows what differs by flavor with the flavor's name, and leaves it out of the table", async () => {
    const root = temporaryFolder();
    writeTree(join(root, "part"), {
      "a.h": [
        "struct a {",
        "#if defined(LEDGER_FLAVOR_LATEST)",
        "  int more;",
        "#endif",
        "  int one;",
        "};",
        "#if defined(LEDGER_FLAVOR_LATEST)",
        "#define A_SIZE 2",
        "#else",
        "#define A_SIZE 1",
        "#endif",
        "int a_one(const struct a *a);",
        "int a_same(void);",
        "",
      ].join("\n"),
      "a.c": '#include "a.h"\nint a_one(const struct a *a) { return a->one; }\nint a_same(void) { return A_SIZE; }\n',
    });
    const { findings } = await inject(
      { ...request, folder: join(root, "part"), publicHeaders: [], compilers: ["g++"] },
      join(root, "out"),
      false,
    );
    expect(findings).toEqual([]);
    const text = readFileSync(join(root, "out/include/ledger/both.h"), "utf8");
    expect(text).toContain("struct a_latest {\n  int more;\n  int one;\n};\n");
    expect(text).toContain("int a_one_legacy(const struct a_legacy* a);\n");
    expect(text).toContain("#define A_SIZE_legacy 1\n#define A_SIZE_latest 2\n");
    expect(text).toContain("struct ledger_functions {\n  int (*a_same)(void);\n};\n");
  });
});
