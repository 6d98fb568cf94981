/** Holds the decisions by libclang on real parses: namespaces, strings, pasted names, inner namesakes, units that differ or fail. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

import { type ClangRequest, decideByClang } from "../../../src/isolate/clang/decide-by-clang.js";
import { locateTokens } from "../../../src/isolate/clang/locate-tokens.js";
import { findLibclang } from "../../../src/toolchain/libclang/find-libclang.js";
import { temporaryFolder } from "../../helpers/temp.js";

const libclang = await findLibclang();

const METER = [
  "#pragma once",
  "#define METER_NS meter",
  "#define METER_OPEN(n) namespace n {",
  "#define METER_CLOSE }",
  "#define METER_STR(x) #x",
  "#define METER_BOTH(x) namespace x { inline const char* name() { return #x; } }",
  "#define METER_FN(x) meter_##x",
  "#define METER_UNUSED meter",
  "namespace meter { struct A { int v; }; inline int twice(int x) { return x * 2; } }",
  "namespace studio { namespace meter { struct B { int w; }; } }",
  "int METER_FN(open)(int x);",
  "",
].join("\n");

const UNIT = [
  '#include "meter.h"',
  "METER_OPEN(meter)",
  "struct C { A a; };",
  "METER_CLOSE",
  "const char* text = METER_STR(meter);",
  "METER_NS::A global;",
  "METER_BOTH(meter)",
  "namespace studio { meter::B inner; }",
  "int f() { return METER_NS::twice(3) + meter_open(3); }",
  "",
].join("\n");

/** Asks about `file:line token` in a tree; every .cc and .c file is a unit. */
async function ask(files: Readonly<Record<string, string>>, asked: readonly string[], more: Partial<ClangRequest> = {}): Promise<string[]> {
  const tree = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  const reported = asked.map((one) => {
    const [, file = "", line = "", token = ""] = /^(.*):(\d+) (.*)$/.exec(one) ?? [];
    return { file, line: Number(line), token };
  });
  const tokens = locateTokens(reported, (file) => readFileSync(join(tree, file)));
  const commands = Object.keys(files)
    .filter((path) => /\.(cc|c)$/.test(path))
    .map((path) => ({
      directory: tree,
      file: join(tree, path),
      source: path,
      arguments: [
        path.endsWith(".c") ? "gcc" : "g++",
        ...(path.endsWith(".c") ? [] : ["-std=c++17"]),
        "-Iinc",
        "-Wall",
        "-fno-tree-vectorize",
        "-c",
        path,
        "-o",
        "x.o",
      ],
    }));
  const result = await decideByClang({ tree, commands, tokens, ...more });
  if (result.status !== "asked") throw new Error("no libclang");
  return result.decisions.map(({ verdict, evidence }) => `${verdict}: ${evidence}`);
}

describe.skipIf(libclang === undefined)(
  `decisions by libclang${libclang === undefined ? " (skipped: no libclang on this machine)" : ""}`,
  () => {
    const files = { "inc/meter.h": METER, "src/a.cc": UNIT };

    it("rename what names or opens a namespace, in a macro's body or as its argument", async () => {
      expect(await ask(files, ["inc/meter.h:2 meter", "src/a.cc:2 meter"])).toEqual([
        "rename: it names the namespace meter, src/a.cc:6 (in src/a.cc)",
        "rename: it names the namespace meter, src/a.cc:2 (in src/a.cc)",
      ]);
    });

    it("leave what only makes a string, and what names an inner namesake", async () => {
      expect(await ask(files, ["src/a.cc:5 meter", "src/a.cc:8 meter"])).toEqual([
        'leave: it is part of the string "meter", src/a.cc:5 (in src/a.cc)',
        "leave: it names the inner namespace studio::meter, src/a.cc:8 (in src/a.cc)",
      ]);
    });

    it("are none where a rename would change a string, too", async () => {
      const [decision] = await ask(files, ["src/a.cc:7 meter"]);
      expect(decision).toBe(
        'unknown: it names the namespace meter, src/a.cc:7 and is part of the string "meter", src/a.cc:7 (in src/a.cc)',
      );
    });

    it("tell the names that pasting builds: left when they stay, unknown when one is renamed", async () => {
      expect(await ask(files, ["inc/meter.h:7 meter_##"])).toEqual([
        "leave: it is part of a name that stays, meter_open, inc/meter.h:11 (in src/a.cc)",
      ]);
      expect(await ask(files, ["inc/meter.h:7 meter_##"], { isRenamed: (name) => name === "meter_open" })).toEqual([
        "unknown: it is part of the renamed name meter_open, inc/meter.h:11 (in src/a.cc)",
      ]);
    });

    it("are none for what no compiled code uses", async () => {
      const unused = { ...files, "src/b.cc": "namespace meter {}\n#if 0\nOPEN(meter)\n#endif\n" };
      expect(await ask(unused, ["inc/meter.h:8 meter", "src/b.cc:3 meter"])).toEqual([
        "unknown: no compiled code uses it: 1 unit asked",
        "unknown: no compiled code uses it: 1 unit asked",
      ]);
    });

    it("are none where units differ", async () => {
      const differing = {
        "inc/meter.h": "#define METER_NS meter\nnamespace meter { struct A {}; }\n",
        "src/a.cc": '#include "meter.h"\nMETER_NS::A a;\n',
        "src/b.cc": '#include "meter.h"\n#define STR_(x) #x\n#define STR(x) STR_(x)\nconst char* b = STR(METER_NS);\n',
      };
      const [decision] = await ask(differing, ["inc/meter.h:1 meter"]);
      expect(decision).toMatch(
        /^unknown: units differ: in src\/a\.cc it names the namespace meter.*; in src\/b\.cc it is part of the string/,
      );
    });

    it("tell how many units were not asked, and do not trust built names then", async () => {
      const header = "#define NS meter\n#define FN(x) meter_##x\nnamespace meter { struct A {}; }\n";
      const unit = '#include "meter.h"\nNS::A a;\nint FN(go)();\n';
      const many = { "inc/meter.h": header, "src/a.cc": unit, "src/b.cc": unit, "src/c.cc": unit };
      expect(await ask(many, ["inc/meter.h:1 meter", "inc/meter.h:2 meter_##"], { unitsPerFile: 2 })).toEqual([
        "rename: it names the namespace meter, src/a.cc:2 (in 2 units that agree, as in src/a.cc; 1 more not asked)",
        "unknown: it is part of a name that stays, meter_go, src/a.cc:3 (in 2 units that agree, as in src/a.cc; 1 more not asked)",
      ]);
    });

    it("do not count a unit with errors", async () => {
      const broken = { "src/a.cc": '#include "missing.h"\nnamespace meter { struct A {}; }\n#define NS meter\nNS::A a;\n' };
      const [decision] = await ask(broken, ["src/a.cc:3 meter"]);
      expect(decision).toMatch(/^unknown: the unit that includes the file does not parse: src\/a\.cc: .*'missing\.h' file not found/);
    });

    it("are none without a unit that includes the file", async () => {
      expect(await ask({ "a.h": "#define NS meter\n", "b.cc": "int x;\n" }, ["a.h:1 meter"])).toEqual([
        "unknown: no unit of the compile database includes the file",
      ]);
    });

    it("read units of C", async () => {
      expect(await ask({ "a.c": "#define FN(x) meter_##x\nint FN(open)(void) { return 1; }\n" }, ["a.c:1 meter_##"])).toEqual([
        "leave: it is part of a name that stays, meter_open, a.c:2 (in a.c)",
      ]);
    });
  },
);
