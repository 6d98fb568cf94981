/** That isolation renames exactly the tokens that denote external names, in programs made of random pieces. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { temporaryFolder } from "../helpers/temp.js";

/** Whole declarations; `@word` stands for a word that must get the suffix, `~` for `##` and the suffix. */
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
  "#define OPEN_NS(x) namespace x {\nOPEN_NS(@lib) int in_macro(); }",
  "#define SHOUT(x) x::call()\n#define LOUDER(x, y) SHOUT(x) + y\nint @shouted() { return SHOUT(@lib) + LOUDER(@lib, 1); }",
  "#define QUIET(x) (x + 1)\n#define AS_TEXT(x) #x\nstatic int quiet_function(int lib) { return QUIET(lib) + sizeof(AS_TEXT(lib)); }",
  "#define GET(what) c_##what~(1)\nint @pasted() { return GET(entry); }",
  "#define BUILD(what) plain_##what(1)\nstatic int plain_entry(int); static int builds() { return BUILD(entry); }",
  "#define NAME_OF_LIB @lib\nint @named() { return NAME_OF_LIB::call() + NAME_OF_LIB::deep::call(); }",
  "namespace other { class lib { public: static int f(); }; inline int g() { return lib::f() + ::@lib::h(); } }",
  "int @after_other() { return other::lib::f() + @lib::f(); }",
  'extern "C" int labelled(int) asm("@c_entry");',
  'static void assembled() { asm volatile("call @c_entry\\n\\tmov %%eax, %%eax" ::: "memory"); }',
  "template<class T>::@lib::Type @templated(T t) { return t; }",
  "[[lib::attribute]] static int attributed; [[gnu::unused, lib::other]] static int twice;",
  "static int Tag\\u00e9 = 1, lib\\u00e9 = 2;",
  "int @labels(int lib) { if (lib) goto lib; lib: return lib ? @lib::f() : ::@lib::g(); }",
  "static Bits bits = {.lib = 1, .kTag = 2}; static int read_bits(Bits* lib) { return lib->lib + (*lib).kTag; }",
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
  return marked.replaceAll(/[@~]/g, "");
}

function renamed(marked: string): string {
  return marked.replaceAll(/@(\w+)/g, "$1_latest").replaceAll("~", "##_latest");
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
        expect(result.edits).toBe(marked.split(/[@~]/).length - 1);
      }),
      { numRuns: 150 },
    );
  });
});
