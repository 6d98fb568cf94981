/** Holds `unfork shim inject`: both flavors of a component in one program, and what keeps it from that. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

import { inject } from "../../../src/shim/inject/inject.js";
import type { InjectRequest } from "../../../src/shim/inject/model.js";
import { run, runOk } from "../../../src/support/exec.js";
import { missingTools } from "../../helpers/compile.js";
import { sanitized } from "../../helpers/sanitized.js";
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
  namespaces: [],
  names: [],
  publicHeaders: ["recorder.h"],
  includes: [FIXTURE],
  exclude: [],
  compilers: ["g++", "clang++"],
  standard: "c++17",
  cStandard: "gnu11",
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
    expect(result).toMatchObject({ namespaces: ["app::recorder"], sources: ["recorder.cc"], units: 4, findings: [] });
    expect(result.headers).toEqual({ shown: ["recorder.h"], inShim: [], left: [] });
  });

  it.each(["g++", "clang++"])(
    "by %s: is there twice in one program, and the right one is chosen",
    async (compiler) => {
      const flags = ["-std=c++17", ...sanitized(compiler)];
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
      "a.h": '#ifndef A_\n#define A_\n#include "inner.h"\nnamespace desk { class A { lab::Note* note; }; }\n#endif\n',
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

  it("gives the flavor to names outside of the namespaces that were named, of C linkage among them", async () => {
    const files = {
      "a.h":
        '#ifndef A_\n#define A_\nextern "C" int part_c();\nnamespace app { int Beside(); }\nnamespace app::part { int Own(); }\n#endif\n',
      "a.cc":
        '#include "a.h"\nint part_c() { return 1; }\nint app::Beside() { return part_c(); }\nint app::part::Own() { return app::Beside(); }\n',
    };
    const named = { namespaces: ["app::part"], names: ["part_c", "Beside"] };
    expect(await found(files, named)).toEqual([]);
    expect((await found(files, { namespaces: ["app::part"] })).filter((one) => one.startsWith("symbol"))).toHaveLength(2);
  });

  it("builds components of several namespaces twice", async () => {
    const files = {
      "a.h": "#ifndef A_\n#define A_\nnamespace reader { int One(); }\nnamespace writer { int Two(); }\n#endif\n",
      "a.cc":
        '#include "a.h"\n#include "lab.h"\nint reader::One() { return lab::Book().size(); }\nint writer::Two() { return reader::One(); }\n',
    };
    await expect(found(files)).rejects.toThrow("no outer namespace in common");
    expect(await found(files, { namespaces: ["reader", "writer"] })).toEqual([]);
  });

  it("names inline functions outside of the namespace, made by a macro, of which the program gets one for both flavors", async () => {
    const files = {
      "a.h": [
        "#ifndef A_",
        "#define A_",
        "#define COUNTER(x) inline int& Next##x() { static int x = 0; return x; }",
        "namespace app { COUNTER(number) }",
        "namespace app::part { int Own(); }",
        "#endif",
        "",
      ].join("\n"),
      "a.cc": '#include "a.h"\nint app::part::Own() { return ++Nextnumber(); }\n',
    };
    const told = await found(files, { namespaces: ["app::part"] });
    expect(told.filter((one) => one.startsWith("symbol")).length).toBeGreaterThan(0);
  });

  it("takes inline functions of the application, which are the same in both, for no clash", async () => {
    const root = temporaryFolder();
    writeTree(root, {
      "base.h":
        '#ifndef B_\n#define B_\n#include "inner.h"\nnamespace base { inline int Level() { static int level = 1; return level; } }\n#endif\n',
      "inner.h": "#ifndef I_\n#define I_\nnamespace base { template <typename T> T Twice(T one) { return one + one; } }\n#endif\n",
    });
    const files = {
      "a.h": "#ifndef A_\n#define A_\nnamespace app { int Own(); }\n#endif\n",
      "a.cc": '#include "a.h"\n#include "base.h"\nint app::Own() { return base::Twice(base::Level()); }\n',
    };
    expect(await found(files, { includes: [root] })).toEqual([]);
  });

  it("names a header further in that gives a flavored word to something of its own", async () => {
    const root = temporaryFolder();
    writeTree(root, {
      "base.h": '#ifndef B_\n#define B_\n#include "inner.h"\n#endif\n',
      "inner.h": "#ifndef I_\n#define I_\nnamespace base {\nint part();\n}\n#endif\n",
    });
    const files = {
      "a.h": "#ifndef A_\n#define A_\nnamespace app::part { int Own(); }\n#endif\n",
      "a.cc": '#include "a.h"\n#include "base.h"\nint app::part::Own() { return 1; }\n',
    };
    expect(await found(files, { includes: [root] })).toEqual([`shared-word ${join(root, "inner.h")}:4`]);
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
    await expect(found({ "a.h": "namespace app { int A(); }\n" }, { namespaces: ["lab"] })).rejects.toThrow("has the library's name");
    const taken = temporaryFolder();
    writeTree(taken, { "CMakeLists.txt": "project(mine)\n" });
    await expect(inject(request, taken, false)).rejects.toThrow("was not written by unfork shim inject");
    expect(existsSync(join(taken, "include"))).toBe(false);
  });
});
