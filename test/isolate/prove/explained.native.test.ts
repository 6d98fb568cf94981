/** Holds the proof to what it explains: constants that come from names go away with the names, and nothing else does. */
import { describe, expect, it } from "vitest";

import { missingTools } from "../../helpers/compile.js";
import { onlyUnit, proveTrees } from "./database-pair.js";
import { isolated } from "./pairs.js";

const COMPILERS = ["g++", "clang++"];
const missing = await missingTools(...COMPILERS);
const CONFIGURATIONS = COMPILERS.filter((compiler) => !missing.includes(compiler)).flatMap((compiler) =>
  ["-O0", "-O1", "-O2"].map((level) => ({ compiler, flags: ["-std=c++20", level] })),
);

const HASH = "constexpr unsigned hash(const char* text) { unsigned h = 7; while (*text) h = h * 31 + (unsigned char)*text++; return h; }";

/** Each differs in machine code or data after isolation, by nothing but what is made of names. */
const CONSTANTS: readonly { readonly name: string; readonly source: string; readonly line: number }[] = [
  {
    name: "the length of a function's name",
    source: "namespace meter {\nstruct S { static unsigned long f(); };\nunsigned long S::f() { return sizeof(__PRETTY_FUNCTION__); }\n}",
    line: 3,
  },
  {
    name: "a length that no longer fits into one byte",
    source:
      "namespace meter {\nvoid take(unsigned long, const char*);\nint f(int x) {\n  int y = x;\n  if (y == (int)sizeof(__PRETTY_FUNCTION__) + 105) take(1, __PRETTY_FUNCTION__);\n  return y;\n}\nint after(int x) { return x / 7; }\n}",
    line: 5,
  },
  {
    name: "a hash of a type's name",
    source: `${HASH}\nnamespace meter {\nstruct T {};\ntemplate <typename X> constexpr unsigned id() { return hash(__PRETTY_FUNCTION__); }\nunsigned f() {\n  constexpr unsigned v = id<T>();\n  return v;\n}\n}`,
    line: 4,
  },
  {
    name: "a hash in a table of data",
    source: `${HASH}\nnamespace meter {\nstruct T {};\ntemplate <typename X> struct Id { static constexpr unsigned value() { return hash(__PRETTY_FUNCTION__); } };\nextern const unsigned table[2];\nconst unsigned table[2] = {1, Id<T>::value()};\n}`,
    line: 4,
  },
  {
    name: "the text of a macro's argument, by value",
    source:
      "#define TEXT(x) #x\nnamespace meter { int g(); }\nunsigned long f() {\n  constexpr char text[] = TEXT(meter::g() == 0);\n  unsigned long sum = 0;\n  for (char c : text) sum = sum * 3 + c;\n  return sum + sizeof(text);\n}",
    line: 4,
  },
  {
    name: "a column behind a name",
    source:
      "#ifdef __clang__\n#define COLUMN __builtin_COLUMN()\n#else\n#include <source_location>\n#define COLUMN std::source_location::current().column()\n#endif\nnamespace meter { void at(int column); }\nvoid f() {\n  meter::at(COLUMN);\n}",
    line: 9,
  },
];

describe.skipIf(CONFIGURATIONS.length === 0)(
  `what the proof explains${missing.length > 0 ? ` (without ${missing.join(", ")})` : ""}`,
  () => {
    for (const configuration of CONFIGURATIONS) {
      const title = `${configuration.compiler} ${configuration.flags.join(" ")}`;
      for (const { name, source, line } of CONSTANTS) {
        it(`explains ${name} by the line that speaks of it: ${title}`, async () => {
          const proof = await proveTrees({ before: { "src/unit.cc": source }, after: { "src/unit.cc": isolated(source) } }, configuration);
          const unit = onlyUnit(proof);
          expect({ proven: proof.proven, differences: unit.differences, problem: unit.problem }).toEqual({
            proven: true,
            differences: [],
            problem: null,
          });
          if (unit.status === "name-constants") {
            expect(unit.bytes.after.nameConstants).toBeGreaterThan(0);
            const lines = [...unit.explained.flatMap((one) => one.lines), ...(unit.explanation?.lines ?? [])];
            expect(lines.map((at) => `${at.file}:${at.line}`)).toContain(`src/unit.cc:${line}`);
          } else expect(unit.status).toBe("name-strings");
        });
      }

      it(`does not let a changed constant pass on a line that speaks of names: ${title}`, async () => {
        const source = "namespace meter {\nunsigned long f(unsigned long x) { return x * 5 + sizeof(__PRETTY_FUNCTION__); }\n}";
        const after = isolated(source).replace("x * 5", "x * 7");
        const proof = await proveTrees({ before: { "unit.cc": source }, after: { "unit.cc": after } }, configuration);
        expect(proof.proven).toBe(false);
        const unit = onlyUnit(proof);
        expect(unit.status).toBe("different");
        expect(unit.differences.flatMap((one) => one.lines.map((at) => `${at.file}:${at.line}`))).toContain("unit.cc:2");
      });

      it(`does not take a change for an order by names that fewer optimizations hide: ${title}`, async () => {
        const source =
          "namespace meter {\nint slow(int k);\n__attribute__((always_inline)) inline int g(int k) {\n  if (__builtin_constant_p(k)) return k * 5;\n  return slow(k);\n}\nint f() { return g(4); }\n}";
        const after = isolated(source).replace("k * 5", "k * 7");
        const proof = await proveTrees({ before: { "unit.cc": source }, after: { "unit.cc": after } }, configuration);
        const seen = proof.runs[0]?.units[0]?.status;
        if (configuration.flags.includes("-O0")) expect(["names", "different"]).toContain(seen);
        else expect(seen).toBe("different");
      });

      it(`tells the function that differs from the one that only speaks of its name: ${title}`, async () => {
        const source =
          "namespace meter {\nint one(); int two();\nunsigned long named() { return sizeof(__PRETTY_FUNCTION__); }\nint caller() { return one() + 1; }\n}";
        const after = isolated(source).replace("return one()", "return two()");
        const proof = await proveTrees({ before: { "unit.cc": source }, after: { "unit.cc": after } }, configuration);
        const unit = onlyUnit(proof);
        expect(unit.status).toBe("different");
        expect(new Set(unit.differences.map(({ symbol }) => symbol))).not.toContain("_ZN5meter5namedEv");
        expect(unit.differences.map(({ symbol }) => symbol)).toContain("_ZN5meter6callerEv");
      });
    }

    it.skipIf(missing.includes("clang++"))("takes the order in which clang++ writes destructors for what it is", async () => {
      const classes = Array.from(
        { length: 6 },
        (_, i) =>
          `struct Base${i} { virtual ~Base${i}() = default; virtual int f(); };\nstruct C${i} : Base${i} { ~C${i}() override = default; int f() override; };\nint Base${i}::f() { return ${i}; }\nint C${i}::f() { return ${i} + 9; }`,
      );
      const source = `namespace meter {\n${classes.join("\n")}\n}`;
      const statuses: string[] = [];
      for (const flavor of ["legacy", "a", "two_flavors"]) {
        const after = source.replaceAll(/\bmeter\b/g, `meter_${flavor}`);
        const proof = await proveTrees(
          { before: { "unit.cc": source }, after: { "unit.cc": after } },
          { compiler: "clang++", flags: ["-O2"], flavor },
        );
        expect({ flavor, proven: proof.proven }).toEqual({ flavor, proven: true });
        statuses.push(onlyUnit(proof).status);
      }
      expect(statuses).toContain("order-by-names");
    });

    it("names the line of a string that holds a name, and the class of a typeinfo", async () => {
      const source =
        "#define CHECK(x) ((x) ? (void)0 : fail(#x, __FILE__))\nvoid fail(const char*, const char*);\nnamespace meter {\nint g();\nstruct Shown {\n  virtual ~Shown();\n};\nShown::~Shown() {\n  CHECK(meter::g() == 1);\n}\n}";
      const proof = await proveTrees(
        { before: { "src/unit.cc": source }, after: { "src/unit.cc": isolated(source) } },
        { compiler: COMPILERS.find((one) => !missing.includes(one)) ?? "g++", flags: ["-O2"] },
      );
      expect(onlyUnit(proof).texts.map(({ after, kind, lines }) => ({ after, kind, lines }))).toEqual([
        { after: "N12meter_legacy5ShownE", kind: "typeinfo", lines: [{ file: "src/unit.cc", line: 5 }] },
        { after: "meter_legacy::g() == 1", kind: "text", lines: [{ file: "src/unit.cc", line: 9 }] },
      ]);
    });

    it("notices a name that is renamed in one unit and not in another, though each unit by itself is fine", async () => {
      const uses = "int meter_c(int);\nint a(int x) { return meter_c(x); }\n";
      const defines = "int meter_c(int x) { return x; }\n";
      const proof = await proveTrees(
        { before: { "a.c": uses, "b.c": defines }, after: { "a.c": uses, "b.c": isolated(defines) } },
        { compiler: "gcc", flags: ["-O2"] },
      );
      expect(proof.runs[0]?.units.map(({ status }) => status)).toEqual(["identical", "names"]);
      expect(proof.runs[0]?.inconsistent).toEqual([{ before: ["meter_c"], after: ["meter_c", "meter_c_legacy"], units: ["a.c", "b.c"] }]);
      expect(proof.proven).toBe(false);
    });

    it("notices a unit that is missing on one side, one that does not compile, and other flags", async () => {
      const good = "int good() { return 1; }\n";
      const bad = "int bad( { }\n";
      const one = await proveTrees(
        { before: { "a.cc": good, "b.cc": good, "c.cc": bad }, after: { "a.cc": good, "c.cc": bad } },
        { compiler: "g++", flags: [] },
      );
      expect(one.runs[0]?.units.map(({ unit, status }) => [unit, status])).toEqual([
        ["a.cc", "identical"],
        ["b.cc", "only-before"],
        ["c.cc", "not-compiled"],
      ]);
      expect(one.proven).toBe(false);
      const allowed = await proveTrees(
        { before: { "a.cc": good, "c.cc": bad }, after: { "a.cc": good, "c.cc": bad } },
        { compiler: "g++", flags: [], allowUncompiled: true },
      );
      expect(allowed.proven).toBe(true);
      const broken = await proveTrees({ before: { "a.cc": good }, after: { "a.cc": bad } }, { compiler: "g++", flags: [] });
      expect([onlyUnit(broken).status, broken.proven]).toEqual(["not-compiled-after", false]);
      expect(onlyUnit(broken).problem).toContain("error");
    });
  },
);
