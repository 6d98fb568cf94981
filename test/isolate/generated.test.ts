/** That isolation renames exactly the tokens that denote external names, in programs made of random pieces. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { temporaryFolder } from "../helpers/temp.js";

/** Whole declarations; `@word` stands for a word that must get the suffix. */
const DECLARATIONS = [
  "namespace @lib { int inside(); struct Type { int lib; int kTag; }; }",
  "namespace @lib::deep { class Other; inline namespace v1 { enum class E { lib, kTag }; } }",
  'extern "C" int @c_entry(int lib) { return lib + @c_table[0]; }',
  'extern "C" {\nint @c_table[] = {1, 2};\nstatic int hidden(void) { return @c_entry(1); }\n}',
  "namespace { int quiet = 1; struct Anonymous { @lib::Type t; }; }",
  "struct @Tag { @lib::Type member; struct @Tag* next; };",
  "int @free_function(const @Tag& tag) { return tag.member.lib + @lib::deep::value(tag.next->member.lib); }",
  "using @lib::Type; using namespace @lib; namespace alias = @lib::deep;",
  "template <typename T> T @generic(T lib) { return static_cast<T>(::@lib::convert<T>(lib)); }",
  "#define CALL(lib_, x) @lib::call(lib_, x, Outer::lib::y)",
  "#define BODY(lib) do { lib(1); } while (0)",
  "#if defined(lib) && LIB\nint @only_here(long a) {\n#else\nint @only_here(int a) {\n#endif\n  return @lib::f(a);\n}",
  "class lib_view; int @libs = rlib::x + lib2::y;",
  "template <> struct std::hash<@lib::Type> { int operator()(const @lib::Type& lib) const; };",
  "const @lib::Type kConstant = {1}; static @lib::Type s_type; @lib::Type @g_type{2};",
  "int (*@g_hook)(struct @Tag*, int lib) = 0;",
  "TEST(Suite, Case) { EXPECT_EQ(@free_function(@Tag()), 1); }",
];

/** What may stand between declarations, and must stay. */
const FILLERS = [
  "\n",
  "  \t\r\n",
  "// lib::x Tag c_entry \\\n lib::y\n",
  "/* lib::x\n Tag */",
  '\nstatic const char* s1 = "lib::x Tag \\" c_entry";\n',
  '\nstatic const char* s2 = R"q(lib:: " )" Tag)q";\n',
  "\nstatic char c1 = '\"'; static char c2 = '\\'';\n",
  '\n#include "lib/Tag.h"\n#include <lib/c_entry.h>\n',
  "\n#error lib's Tag isn't here\n",
  "\nstatic long n1 = 1'000 + 0xf'f;\n",
  "\n#if 0\ndon't\n#endif\n",
];

/** Declares every name once, so that uses are renamed whatever pieces are drawn. */
const PRELUDE = `namespace @lib { struct Type; }
extern "C" int @c_entry(int) { return 0; }
extern "C" { int @c_table[2]; }
struct @Tag {};
int @free_function(const @Tag&) { return 0; }
`;

const program = fc
  .array(fc.tuple(fc.constantFrom(...DECLARATIONS), fc.array(fc.constantFrom(...FILLERS), { maxLength: 3 })), { maxLength: 25 })
  .map((pieces) => PRELUDE + pieces.map(([declaration, fillers]) => `${declaration}\n${fillers.join("")}\n`).join(""));

function without(marked: string): string {
  return marked.replaceAll("@", "");
}

function renamed(marked: string): string {
  return marked.replaceAll(/@(\w+)/g, "$1_latest");
}

describe("a program of random pieces", () => {
  it("gets the suffix at every marked word and nowhere else", async () => {
    const root = temporaryFolder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(program, async (marked) => {
        const source = join(root, `in${run}`);
        const target = join(root, `out${run++}`);
        mkdirSync(source);
        writeFileSync(join(source, "a.cc"), without(marked));
        const plan = isolationPlanSchema.parse({ namespaces: ["lib"] });
        const result = await isolateTree({ flavor: "latest", release: "R", source, target, plan });
        expect(readFileSync(join(target, "a.cc"), "utf8")).toBe(renamed(marked));
        expect(result.undecided).toEqual([]);
        expect(result.edits).toBe(marked.split("@").length - 1);
      }),
      { numRuns: 200 },
    );
  });
});
