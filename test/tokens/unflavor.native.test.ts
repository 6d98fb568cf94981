/** That a compiled isolated file defines what the original defines, name by name, once the flavor is taken off. */
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { unflavorFor } from "../../src/tokens/unflavor.js";
import { compileObject, missingTools } from "../helpers/compile.js";
import { nmDefinedNames } from "../helpers/nm.js";
import { temporaryFolder } from "../helpers/temp.js";

const missing = await missingTools("g++", "gcc", "nm");

const SOURCES: Readonly<Record<string, string>> = {
  "lib.cc": `#include <memory>
#include <string>
#include <vector>
struct Setup { double size; };
extern "C" int lib_count = 1;
extern "C" int lib_start(Setup* setup, int int16) { static int calls; return ++calls + int16; }
class GlobalBase { public: virtual ~GlobalBase(); virtual int Run(Setup) { return 1; } };
GlobalBase::~GlobalBase() {}
namespace lib {
struct Shape { virtual ~Shape() = default; virtual int area() const = 0; };
inline int& counter() { static int value; return value; }
template <typename T, int N> struct Box { T items[N]; int sum() const; };
template <typename T, int N> int Box<T, N>::sum() const { int s = 0; for (const T& i : items) s += i.area(); return s; }
inline namespace v3 { struct Square : Shape { int area() const override { return counter()++; } }; }
template struct Box<Square, 13>;
namespace { struct Hidden : Square {}; }
std::vector<Square> squares(const std::vector<Square>& in) { auto out = in; out.push_back(Hidden()); return out; }
auto lambda = [](const Setup& s) { return std::to_string(s.size); };
std::string call(std::shared_ptr<Shape> shape) { return lambda(Setup{1.0 * shape->area()}); }
bool operator==(const Square&, const Square&) { return true; }
thread_local std::unique_ptr<GlobalBase> base = std::make_unique<GlobalBase>();
}
`,
  "plain.c": `struct Setup { double size; };
int plain_tentative;
const int plain_table[3] = {1, 2, 3};
int (*plain_hook)(struct Setup*);
static int internal(void) { return plain_table[1]; }
int plain_run(struct Setup* setup) { return internal() + (plain_hook ? plain_hook(setup) : 0); }
`,
};

async function compileAll(folder: string): Promise<string[]> {
  const objects: string[] = [];
  for (const name of Object.keys(SOURCES)) {
    objects.push(await compileObject({ folder, name, source: readFileSync(join(folder, name), "utf8"), flags: ["-O1"] }));
  }
  return objects;
}

describe.skipIf(missing.length > 0)(`an isolated library, compiled${missing.length > 0 ? ` (missing: ${missing.join(", ")})` : ""}`, () => {
  it("defines exactly the original's names once the flavor is taken off, and shares none but the toolchain's", async () => {
    const root = temporaryFolder();
    const source = join(root, "source");
    await mkdir(source);
    for (const [name, text] of Object.entries(SOURCES)) await writeFile(join(source, name), text);
    const plan = isolationPlanSchema.parse({ namespaces: ["lib"] });
    const result = await isolateTree({ flavor: "latest", release: "R2", source, target: join(root, "isolated"), plan });
    const back = unflavorFor("latest", [...result.namespaces, ...result.names]);
    const before = await compileAll(source);
    const after = await compileAll(result.path);
    for (const [index, object] of before.entries()) {
      const original = await nmDefinedNames(object);
      const isolated = await nmDefinedNames(after[index] as string);
      expect(isolated.map(back).toSorted()).toEqual(original.toSorted());
      const common = original.filter((name) => isolated.includes(name));
      expect(common.filter((name) => !/^_ZNK?S[tabsiod]|^_ZN9__gnu_cxx|^_ZSt|^_ZZ?NSt|^_ZT[VIS]St|^DW\.ref\./.test(name))).toEqual([]);
      expect(original.length).toBeGreaterThan(3);
    }
  });
});
