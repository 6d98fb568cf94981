import { describe, expect, it } from "vitest";

import { type LayoutComparison, compareLayouts } from "../../src/audit/layouts.js";
import { objectsOf } from "../../src/objects/open.js";
import { compileObject, makeArchive, missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";

const missing = await missingTools("g++", "ar");
const noClang = await missingTools("clang++");
const folder = temporaryFolder();
let unit = 0;

const OLD = `
namespace rig {
struct Same { int a; char b; };
struct Grown { int a; long x; };
struct Base { virtual ~Base(); virtual void f(); virtual void g(); };
struct Derived : Base { void f() override; };
enum class Mode { off, slow, fast };
template <class T> struct Cell { T value; };
struct User { Cell<int> cell; Mode mode; unsigned low : 4, high : 4; };
}
`;
const NEW = `
namespace rig {
struct Same { int a; char b; };
struct Grown { int a; long y; long x; };
struct Base { virtual ~Base(); virtual void g(); virtual void f(); };
struct Derived : Base { void f() override; void g() override; };
enum class Mode { off, medium, slow, fast };
template <class T> struct Cell { int tag; T value; };
struct User { Cell<int> cell; Mode mode; unsigned low : 6, high : 2; };
}
`;
const USES = `
rig::Base::~Base() {} void rig::Base::f() {} void rig::Base::g() {} void rig::Derived::f() {}
rig::Same same; rig::Grown grown; rig::Derived derived; rig::User user;
`;
const NEW_USES = `${USES} void rig::Derived::g() {}`;

async function compare(
  first: readonly string[],
  second: readonly string[],
  compilers = ["g++", "g++"],
  flags = ["-g"],
): Promise<LayoutComparison> {
  const archives: string[] = [];
  for (const [index, sources] of [first, second].entries()) {
    const objects: string[] = [];
    for (const source of sources) {
      objects.push(await compileObject({ folder, name: `u${unit++}.cc`, source, compiler: compilers[index] ?? "g++", flags }));
    }
    archives.push(await makeArchive(folder, `lib${unit++}.a`, objects));
  }
  const [one = "", two = ""] = archives;
  return compareLayouts(
    () => objectsOf(one),
    () => objectsOf(two),
  );
}

const EXPECTED = [
  "rig::Base: virtual slot 2 is 'g', was 'f'",
  "rig::Base: virtual slot 3 is 'f', was 'g'",
  "rig::Cell<int>: size 4 became 8",
  "rig::Cell<int>: member 'value' moved from offset 0 to 4",
  "rig::Cell<int>: member 'tag' at offset 0 is new",
  "rig::Grown: size 16 became 24",
  "rig::Grown: member 'x' moved from offset 8 to 16",
  "rig::Grown: member 'y' at offset 8 is new",
  "rig::Mode: enumerator 'slow' 1 became 2",
  "rig::Mode: enumerator 'fast' 2 became 3",
  "rig::User: size 12 became 16",
  "rig::User: member 'cell': size 4 became 8",
  "rig::User: member 'mode' moved from offset 4 to 8",
  "rig::User: member 'low' moved from bit 64 to 96",
  "rig::User: member 'low': width 4 became 6",
  "rig::User: member 'high' moved from bit 68 to 102",
  "rig::User: member 'high': width 4 became 2",
];

describe.skipIf(missing.length > 0)(`layouts of two flavors (needs ${missing.join(", ") || "g++ and ar"})`, () => {
  for (const flags of [["-gdwarf-4"], ["-gdwarf-5"], ["-gdwarf-5", "-fdebug-types-section", "-O2"]]) {
    for (const compilers of [
      ["g++", "g++"],
      ["clang++", "clang++"],
      ["g++", "clang++"],
    ]) {
      it.skipIf(compilers.includes("clang++") && noClang.length > 0)(
        `by ${compilers.join(" and ")} ${flags.join(" ")}: only what changed clashes`,
        async () => {
          const { clashes, withDebug, unread } = await compare([OLD + USES], [NEW + NEW_USES], compilers, flags);
          expect(clashes.flatMap(({ name, differences }) => differences.map((words) => `${name}: ${words}`))).toEqual(EXPECTED);
          expect({ withDebug, unread }).toEqual({ withDebug: [1, 1], unread: [] });
          const same = await compare([OLD + USES], [OLD + USES], compilers, flags);
          expect(same.clashes).toEqual([]);
          expect(same.compared).toBeGreaterThan(6);
        },
      );
    }
  }

  it("do not clash where one flavor already has both of the other's, in any order", async () => {
    const a = "struct state { int a; } one;";
    const b = "struct state { long a, b; } one;";
    const c = "struct state { char c[40]; } one;";
    expect((await compare([a, b], [c, b])).clashes).toEqual([]);
    const { clashes } = await compare([a, b], [c]);
    expect(clashes.map(({ name, a: first, b: second }) => [name, first.size, second.size])).toEqual([["state", 4, 40]]);
  });

  it("of types that only one file can name do not count", async () => {
    const first = "namespace { struct Own { int a; }; } Own own; int f() { struct Local { int a; } l{1}; return l.a + own.a; }";
    expect((await compare([first], [first.replaceAll("int a;", "long a;")])).clashes).toEqual([]);
  });

  it("are not compared where there is no debug information", async () => {
    expect(await compare(["struct S { int a; } s;"], ["struct S { long a; } s;"], ["g++", "g++"], ["-g0"])).toEqual({
      clashes: [],
      compared: 0,
      withDebug: [0, 0],
      unread: [],
    });
  });
});
