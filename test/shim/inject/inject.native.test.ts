/** Holds `unfork shim inject`: both flavors of a component in one program, and what keeps it from that. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

import { inject } from "../../../src/shim/inject/inject.js";
import type { InjectRequest } from "../../../src/shim/inject/model.js";
import { run, runOk } from "../../../src/support/exec.js";
import { missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { writeTree } from "../../helpers/tree.js";
import { LAB } from "../lab.js";

const missing = await missingTools("g++", "clang++");
const FIXTURE = fileURLToPath(new URL("../../fixtures/shim/inject", import.meta.url));
const FLAVORS = ["legacy", "latest"] as const;

const request: InjectRequest = {
  folder: join(FIXTURE, "recorder"),
  component: "recorder",
  library: ["lab"],
  flavors: [
    { name: "legacy", includes: [join(LAB, "legacy")] },
    { name: "latest", includes: [join(LAB, "latest")] },
  ],
  namespace: undefined,
  publicHeaders: ["recorder.h"],
  includes: [FIXTURE],
  exclude: [],
  compilers: ["g++", "clang++"],
  standard: "c++17",
  flags: ["-Wall", "-Wextra", "-Werror"],
};

/** What is found in a component of these files, which uses nothing but its own folder and the lab. */
async function found(files: Readonly<Record<string, string>>, more: Partial<InjectRequest> = {}): Promise<string[]> {
  const root = temporaryFolder();
  writeTree(join(root, "part"), files);
  const own = { ...request, folder: join(root, "part"), publicHeaders: [], includes: [], compilers: ["g++"], flags: [], ...more };
  const { findings } = await inject(own, join(root, "out"), true);
  expect(existsSync(join(root, "out"))).toBe(false);
  return findings.map(({ kind, path, line }) => `${kind} ${path}:${line}`);
}

describe.skipIf(missing.length > 0)(`a component in both flavors (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  const out = join(temporaryFolder(), "out");

  beforeAll(async () => {
    const result = await inject(request, out, false);
    expect(result).toMatchObject({ namespace: "app::recorder", sources: ["recorder.cc"], units: 4, findings: [] });
    expect(result.headers).toEqual({ shown: ["recorder.h"], left: [] });
  });

  it.each(["g++", "clang++"])(
    "by %s: is there twice in one program, and the right one is chosen",
    async (compiler) => {
      const flags = ["-std=c++17", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
      const own = [join(out, "include"), FIXTURE].flatMap((dir) => ["-I", dir]);
      const objects: string[] = [];
      for (const flavor of FLAVORS) {
        const flavored = ["-include", join(out, "include/recorder/flavored.h"), `-DRECORDER_FLAVOR_${flavor.toUpperCase()}=1`];
        for (const [source, more] of [
          [join(FIXTURE, "recorder/recorder.cc"), flavored],
          [join(LAB, flavor, "lab.cc"), []],
        ] as const) {
          const object = join(out, `${compiler}-${objects.length}.o`);
          objects.push(object);
          await runOk({ command: compiler, args: [...flags, ...more, ...own, "-I", join(LAB, flavor), "-c", source, "-o", object] });
        }
      }
      const program = join(out, `use-${compiler}`);
      await runOk({ command: compiler, args: [...flags, ...own, join(FIXTURE, "use.cc"), ...objects, "-o", program] });
      const { code, stderr } = await run({ command: program, args: [] });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    },
    180_000,
  );

  it("names the public header that includes the library, also where another one reads it", async () => {
    const files = {
      "a.h": '#ifndef A_\n#define A_\n#include "inner.h"\nnamespace app { class A { lab::Note* note; }; }\n#endif\n',
      "inner.h": '#ifndef I_\n#define I_\n\n#include "lab.h"\n#endif\n',
      "a.cc": '#include "a.h"\n',
    };
    expect(await found(files, { publicHeaders: ["a.h"] })).toEqual(["leak inner.h:4"]);
  });

  it("names what both builds would define: names at global scope, in other namespaces, by C linkage", async () => {
    const files = {
      "a.h": "#ifndef A_\n#define A_\nnamespace app::part {\nint Own();\n}\n#endif\n",
      "a.cc": [
        '#include "a.h"',
        "int Global() { return 1; }",
        "const int kOwn = 1; constexpr int kToo = 2; const int* const kPointer = &kToo;",
        "const int* shared = &kOwn;",
        "static int Hidden() { return Global() + kOwn + *kPointer; }",
        "namespace app { int Beside() { return Hidden(); } }",
        "namespace { int unnamed = 2; }",
        'namespace app::part { extern "C" int part_c() { return unnamed; } int Own() { return Beside(); } }',
      ].join("\n"),
    };
    const told = await found(files);
    expect(told.filter((one) => !one.startsWith("symbol"))).toEqual(["global a.cc:2", "global a.cc:4", "outside a.cc:6"]);
    expect(told.filter((one) => one.startsWith("symbol"))).toHaveLength(4);
  });

  it("tells what one release lacks from what neither has", async () => {
    const files = {
      "a.h": "#ifndef A_\n#define A_\nnamespace app::part { int Use(); }\n#endif\n",
      "a.cc": [
        '#include "a.h"',
        '#include "lab.h"',
        "int app::part::Use() {",
        "  lab::Book book;",
        "  book.OldOnly();",
        "  book.Never();",
        "#if defined(RECORDER_FLAVOR_LATEST)",
        "  book.NewOnly(1);",
        "#endif",
        "  return 0;",
        "}",
      ].join("\n"),
    };
    expect(await found(files)).toEqual(["differs a.cc:5", "does-not-compile a.cc:6"]);
  });

  it("names headers that cannot be read twice, and macros that would lose their flavor", async () => {
    const files = {
      "a.h": "#pragma once\n#define MAKE_A() app::A()\n#define PLAIN 1\nnamespace app { struct A {}; }\n",
      "b.h": "namespace app { int B(); }\n",
    };
    expect(await found(files)).toEqual(["once a.h:1", "macro a.h:2"]);
  });

  it("names a header of the application that shares the namespace", async () => {
    const root = temporaryFolder();
    writeTree(root, { "base.h": "#ifndef B_\n#define B_\nnamespace app { class Log; }\n#endif\n" });
    const files = { "a.h": '#ifndef A_\n#define A_\n#include "base.h"\nnamespace app { struct A { Log* log; }; }\n#endif\n' };
    expect(await found(files, { includes: [root] })).toContain("shared-namespace a.h:3");
  });

  it("refuses a component without a namespace, one in the library's, and a folder with files of others", async () => {
    await expect(found({ "a.h": "int Plain();\n" })).rejects.toThrow("no public header of recorder opens a namespace of its own");
    await expect(found({ "a.h": "namespace app { int A(); }\n" }, { namespace: "lab" })).rejects.toThrow("has the library's name");
    const taken = temporaryFolder();
    writeTree(taken, { "CMakeLists.txt": "project(mine)\n" });
    await expect(inject(request, taken, false)).rejects.toThrow("was not written by unfork shim inject");
    expect(existsSync(join(taken, "include"))).toBe(false);
  });
});
