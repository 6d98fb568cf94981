import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import type { TypeLayout } from "../../../src/objects/dwarf/layout.js";
import { hasDebugInfo } from "../../../src/objects/dwarf/sections.js";
import { type LayoutReading, typeLayouts } from "../../../src/objects/dwarf/type-layouts.js";
import { objectsOf } from "../../../src/objects/open.js";
import { runOk } from "../../../src/support/exec.js";
import { byText } from "../../../src/support/order.js";
import { compileObject, missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { TYPES, USES, depotProgram } from "./depot.js";
import { factsOf } from "./facts.js";

const missing = await missingTools("g++");
const noClang = await missingTools("clang++");
const folder = temporaryFolder();
let unit = 0;

const NAMES = [
  "Global",
  "depot::Bits",
  "depot::Both",
  "depot::Box",
  "depot::Color",
  "depot::Crate",
  "depot::Either",
  "depot::Left",
  "depot::Mixed",
  "depot::Old",
  "depot::Outer",
  "depot::Outer::Inner",
  "depot::Plain",
  "depot::Point",
  "depot::Right",
  "depot::Ring<char, 1>",
  "depot::Ring<char, 1>::Node",
  "depot::Ring<depot::Ring<char, 1>, 2>",
  "depot::Ring<depot::Ring<char, 1>, 2>::Node",
  "depot::Ring<unsigned long, 3>",
  "depot::Ring<unsigned long, 3>::Node",
  "depot::Wide",
  "depot::v2::Newer",
];

function readAll(path: string): LayoutReading {
  const readings = [...objectsOf(path)].map((object) => typeLayouts(object));
  return {
    layouts: readings.flatMap(({ layouts }) => layouts),
    debug: readings.some(({ debug }) => debug),
    unread: readings.flatMap(({ unread }) => unread),
  };
}

async function compiled(compiler: string, flags: readonly string[], source = TYPES + USES, ending = "cc"): Promise<LayoutReading> {
  return readAll(await compileObject({ folder, name: `unit${unit++}.${ending}`, source, compiler, flags: [...flags] }));
}

function sorted(layouts: readonly TypeLayout[]): TypeLayout[] {
  return layouts.toSorted((a, b) => byText(a.name, b.name));
}

/** All but what compilers may tell in different words: class or struct, the file, the order of members. */
function comparable(layouts: readonly TypeLayout[]): unknown[] {
  return sorted(layouts).map(({ name, size, members, bases, slots, enumerators }) => ({
    name,
    size,
    members: members.toSorted((a, b) => byText(a.name, b.name)),
    bases,
    slots: slots.map((slot) => (slot.name.startsWith("~") ? { ...slot, index: null } : slot)),
    enumerators,
  }));
}

const builds = ["-gdwarf-4", "-gdwarf-5"].flatMap((version) => [
  `${version} -O0`,
  `${version} -O2`,
  `${version} -fdebug-types-section`,
  `${version} -gz`,
  `${version} -gz -fdebug-types-section -O2`,
  `${version} -gdwarf64`,
]);
const both = builds.flatMap((flags) => [`g++ ${flags}`, `clang++ ${flags}`]);
const others = [
  "g++ -gdwarf-3",
  "g++ -gz=zlib-gnu -g",
  "g++ -g -fno-exceptions -ffunction-sections -mcmodel=large",
  "clang++ -g -Xclang -gsimple-template-names=simple",
  "clang++ -gdwarf-4 -gsplit-dwarf -fno-split-dwarf-inlining -gno-split-dwarf",
  "clang++ -gdwarf-4 -ggdb",
  "clang++ -gdwarf-5 -fstandalone-debug",
  "clang++ --target=aarch64-linux-gnu -gdwarf-5",
  "clang++ --target=riscv64-linux-gnu -gdwarf-4",
];

describe.skipIf(missing.length > 0)(`layouts of types (needs ${missing.join(", ") || "g++"})`, () => {
  let printed: string[] = [];
  let expected: unknown[] = [];

  beforeAll(async () => {
    const program = join(folder, "program");
    await writeFile(`${program}.cc`, depotProgram());
    await runOk({ command: "g++", args: ["-w", "-std=c++17", `${program}.cc`, "-o", program] });
    const { stdout } = await runOk({ command: program, args: [] });
    printed = stdout.toString("utf8").trimEnd().split("\n");
    expected = comparable((await compiled("g++", ["-g"])).layouts);
  });

  for (const build of [...both, ...others]) {
    const [compiler = "", ...flags] = build.split(" ");
    it.skipIf(compiler === "clang++" && noClang.length > 0)(`${build}: say what sizeof and offsetof say`, async () => {
      const { layouts, debug, unread } = await compiled(compiler, flags);
      expect({ debug, unread }).toEqual({ debug: true, unread: [] });
      expect(sorted(layouts).map(({ name }) => name)).toEqual(NAMES);
      expect(printed.length).toBeGreaterThan(80);
      const facts = new Set(factsOf(layouts));
      expect(printed.filter((line) => !facts.has(line))).toEqual([]);
      expect(comparable(layouts)).toEqual(expected);
    });
  }

  it("are the same in a linked program", async () => {
    const path = join(folder, "program");
    await runOk({ command: "g++", args: ["-w", "-g", "-std=c++17", `${path}.cc`, "-o", `${path}-g`] });
    const wanted = new Set(NAMES);
    const found = readAll(`${path}-g`).layouts.filter(({ name }) => wanted.has(name));
    expect(comparable(found)).toEqual(expected);
  });

  it("tell the file and the line of the declaration", async () => {
    for (const compiler of noClang.length > 0 ? ["g++"] : ["g++", "clang++"]) {
      for (const version of ["-gdwarf-4", "-gdwarf-5"]) {
        const { layouts } = await compiled(compiler, [version], '\n#line 7 "lib/gauge.h"\nstruct Gauge { int g; } gauge;\n');
        expect(layouts.map(({ place }) => place)).toEqual([{ file: "lib/gauge.h", line: 7 }]);
      }
    }
  });

  it("tell types apart that override a base's functions from those that add some", async () => {
    const { layouts } = await compiled("g++", ["-g"]);
    const box = layouts.find(({ name }) => name === "depot::Box");
    expect(box?.slots.map(({ name, overrides }) => `${name} ${overrides}`)).toEqual(["open true", "seal false", "weigh true"]);
    const crate = layouts.find(({ name }) => name === "depot::Crate");
    expect(crate?.slots.map(({ symbol, overrides }) => `${symbol} ${overrides}`)).toEqual([
      "null false",
      "_ZN5depot5Crate5weighEi false",
      "_ZN5depot5Crate4openEv false",
    ]);
  });

  it("of C are read too, and called by their typedef where they have no name", async () => {
    const source =
      "typedef struct { int x; } first, second; struct tag { second s; enum { A = 1 } e; }; typedef enum { ON = 3 } state; struct tag t; first f; state s;";
    const { layouts } = await compiled("gcc", ["-g"], source, "c");
    expect(layouts.map(({ name, language, size }) => `${language} ${name} ${size}`).toSorted()).toEqual([
      "c first 4",
      "c state 4",
      "c tag 8",
    ]);
    expect(layouts.find(({ name }) => name === "tag")?.members[0]).toMatchObject({ name: "s", type: "first" });
  });

  it("spell the types of members without their typedefs", async () => {
    const { layouts } = await compiled("g++", ["-g"]);
    const outer = layouts.find(({ name }) => name === "depot::Outer");
    expect(outer?.members.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      "inner: depot::Outer::Inner*",
      "pointer: int depot::Plain::*",
      "method: int (depot::Crate::*)(int)",
      "callback: void (*)(char, const depot::Plain&, ...)",
      "color: depot::Color",
      "old: depot::Old",
      "wide: depot::Wide",
      "text: const volatile char*",
      "point: depot::Point",
      "deep: unsigned long long* const*[2]",
    ]);
  });

  it("leave out what is not wanted, and say where there is no debug information", async () => {
    const path = await compileObject({ folder, name: "wanted.cc", source: TYPES + USES, flags: ["-g"] });
    const [object] = [...objectsOf(path)];
    if (object === undefined) throw new Error("no object");
    expect(typeLayouts(object, (name) => name === "depot::Point").layouts.map(({ name }) => name)).toEqual(["depot::Point"]);
    expect(await compiled("g++", ["-g0"])).toEqual({ layouts: [], debug: false, unread: [] });
    const [plain] = [...objectsOf(await compileObject({ folder, name: "plain.cc", source: TYPES + USES, flags: ["-g0"] }))];
    expect([object, plain].map((one) => one !== undefined && hasDebugInfo(one))).toEqual([true, false]);
  });

  it("are said not to be read from split debug information", async () => {
    for (const flags of [
      ["-gdwarf-5", "-gsplit-dwarf"],
      ["-gdwarf-4", "-gsplit-dwarf"],
    ]) {
      const { layouts, unread } = await compiled("g++", flags);
      expect(layouts).toEqual([]);
      expect(unread).toEqual([expect.stringMatching(/split debug information/)]);
    }
  });
});
