import { dirname, join } from "node:path";
import { mkdir, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

import { type AuditRequest, auditFlavors } from "../../src/audit/audit-flavors.js";
import { TOOLCHAIN_SHARED } from "../../src/audit/toolchain.js";
import { type AuditResult, auditResultSchema } from "../../src/model/audit.js";
import { runOk } from "../../src/support/exec.js";
import { compileObject, makeArchive, missingTools } from "../helpers/compile.js";
import { nmCommonNames } from "../helpers/nm.js";
import { temporaryFolder } from "../helpers/temp.js";

const missing = await missingTools("g++", "ar", "nm");
const folder = temporaryFolder();
let cases = 0;

type Sources = Readonly<Record<string, string>>;
interface Case {
  readonly result: AuditResult;
  readonly archives: { readonly legacy: string; readonly latest: string };
}

async function archiveOf(place: string, sources: Sources): Promise<string> {
  await mkdir(place, { recursive: true });
  const objects: string[] = [];
  for (const [name, source] of Object.entries(sources)) {
    objects.push(await compileObject({ folder: place, name, source, flags: ["-O1", ...(name.endsWith(".c") ? ["-fcommon"] : [])] }));
  }
  return makeArchive(place, "lib.a", objects);
}

/** Takes `_legacy` or `_latest` off the end of identifiers, in mangled names with their lengths. */
function unflavor(symbol: string, flavor: string): string {
  const mangled = new RegExp(`(\\d+)([A-Za-z]\\w*?)_${flavor}`, "g");
  return symbol.startsWith("_Z")
    ? symbol.replace(mangled, (_, length, name) => `${Number(length) - flavor.length - 1}${name}`)
    : symbol.replace(`_${flavor}`, "");
}

/** `category symbol` of what an audit of two files finds. */
async function foundIn(...files: [string, string]): Promise<string[]> {
  const flavors = files.map((file, at) => ({ name: ["legacy", "latest"][at] ?? "", archives: [file] }));
  const { findings } = await auditFlavors({ flavors, shared: TOOLCHAIN_SHARED, unflavor: (symbol) => symbol });
  return findings.map(({ category, symbol }) => `${category} ${symbol}`);
}

async function audit(legacy: Sources, latest: Sources, shared: AuditRequest["shared"] = TOOLCHAIN_SHARED): Promise<Case> {
  const place = join(folder, `case${cases++}`);
  const archives = { legacy: await archiveOf(join(place, "legacy"), legacy), latest: await archiveOf(join(place, "latest"), latest) };
  const flavors = [
    { name: "legacy", archives: [archives.legacy] },
    { name: "latest", archives: [archives.latest] },
  ];
  return { result: auditResultSchema.parse(await auditFlavors({ flavors, shared, unflavor })), archives };
}

/** Findings without places and words. */
function brief({ result }: Case): string[] {
  return result.findings.map(({ severity, category, demangled }) => `${severity} ${category} ${demangled}`);
}

const INLINE = (body: string) => `__attribute__((noinline)) inline int f(int x) { return ${body}; } int (*use_FLAVOR)(int) = f;`;

function withFlavor(source: string, flavor: string): string {
  return source.replaceAll("FLAVOR", flavor);
}

/** Two units with two variants of one inline function. */
function variants(flavor: string): Sources {
  return { "a.cc": withFlavor(INLINE("x"), `${flavor}_1`), "b.cc": withFlavor(INLINE("x + 1"), `${flavor}_2`) };
}

function vectorSource(flavor: string, type: string): string {
  return `#include <vector>
    struct ${type} { int a; };
    void use_${flavor}(std::vector<int>& v, std::vector<${type}>& w) { v.push_back(1); w.push_back({1}); }`;
}

function inlineSource(value: number): string {
  return `namespace dep { __attribute__((noinline)) inline int f(int x) { return x + ${value}; } } int (*use_FLAVOR)(int) = dep::f;`;
}

describe.skipIf(missing.length > 0)(`the audit of two archives (needs ${missing.join(", ") || "g++ and binutils"})`, () => {
  it("finds a strong clash and names both objects, why and what to do", async () => {
    const found = await audit({ "one.cc": "int f(int x) { return x; }" }, { "two.cc": "int f(int x) { return x + 1; }" });
    expect(found.result.clashes).toBe(1);
    expect(found.result.findings).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        category: "strong-clash",
        severity: "error",
        symbol: "_Z1fi",
        demangled: "f(int)",
        scope: "f",
        flavors: [
          { flavor: "legacy", file: found.archives.legacy, member: "one.cc.o" },
          { flavor: "latest", file: found.archives.latest, member: "two.cc.o" },
        ],
        why: expect.stringMatching(/link fails/),
        fix: expect.stringMatching(/isolate/),
      },
    ]);
  });

  it("finds a mixed clash: strong here, weak there", async () => {
    const found = await audit({ "a.cc": "int f(int x) { return x; }" }, { "a.cc": withFlavor(INLINE("x"), "latest") });
    expect(brief(found)).toEqual(["error mixed-clash f(int)"]);
  });

  it("finds a weak clash when the bodies differ", async () => {
    const found = await audit({ "a.cc": withFlavor(INLINE("x + 1"), "legacy") }, { "a.cc": withFlavor(INLINE("x + 2"), "latest") });
    expect(brief(found)).toEqual(["error weak-clash f(int)"]);
  });

  it("finds weak names with the same body: still a clash", async () => {
    const found = await audit({ "a.cc": withFlavor(INLINE("x"), "legacy") }, { "a.cc": withFlavor(INLINE("x"), "latest") });
    expect(brief(found)).toEqual(["note weak-same f(int)"]);
    expect(found.result.clashes).toBe(1);
  });

  it("does not call a weak name different when the same variants occur in both flavors", async () => {
    const found = await audit(variants("legacy"), variants("latest"));
    expect(brief(found)).toEqual(["note weak-same f(int)"]);
    expect(found.result.findings[0]?.flavors).toHaveLength(4);
  });

  it("finds a common clash of tentative C variables", async () => {
    const found = await audit({ "a.c": "int counter;" }, { "b.c": "int counter;" });
    expect(brief(found)).toEqual(["error common-clash counter"]);
  });

  it("finds a unique clash of a template's static member", async () => {
    const source =
      "template <class T> struct S { static int v; }; template <class T> int S<T>::v = 0; int* p_FLAVOR() { return &S<int>::v; }";
    const found = await audit({ "a.cc": withFlavor(source, "legacy") }, { "a.cc": withFlavor(source, "latest") });
    expect(brief(found)).toEqual(["error unique-clash S<int>::v"]);
  });

  it("counts isolated names before and after, and finds nothing where the isolation is whole", async () => {
    const source =
      'namespace lib_FLAVOR { struct X { virtual ~X(); }; X::~X() {} inline int v = 0; int* g() { return &v; } } extern "C" int c_FLAVOR(void) { return 1; }';
    const found = await audit({ "a.cc": withFlavor(source, "legacy") }, { "a.cc": withFlavor(source, "latest") });
    expect(brief(found)).toEqual([]);
    expect(found.result.clashes).toBe(0);
    expect(found.result.clashesBefore).toBe(found.result.flavors[0]?.definedNames);
    expect(found.result.clashesBefore).toBeGreaterThan(6);
    expect(await nmCommonNames(found.archives.legacy, found.archives.latest)).toEqual([]);
  });

  it("warns of names that bear no flavor, each with its cause", async () => {
    const source = `
      extern "C" int plain(void) { return 1; }
      extern "C" { int table[3] = {1, 2, 3}; }
      int loose(int x) { return x; }
      class Global { public: virtual ~Global(); int run(); };
      Global::~Global() {}
      int Global::run() { return 1; }
      namespace missed { int f() { return 1; } }
      namespace lib_legacy { int g() { return 1; } }`;
    const found = await audit({ "a.cc": source }, { "b.cc": "namespace lib_latest { int g() { return 1; } }" });
    const causes = found.result.findings.map(({ demangled, why }) => `${demangled}: ${why.replace("it bears no flavor: ", "")}`);
    expect(found.result.findings.every(({ category, severity }) => category === "unflavored" && severity === "warning")).toBe(true);
    expect(causes).toEqual(
      expect.arrayContaining([
        "plain: C name plain",
        "table: C name table",
        "loose(int): function or variable at global scope loose",
        "Global::run(): class at global scope Global",
        "vtable for Global: class at global scope Global",
        "missed::f(): missed namespace missed",
      ]),
    );
    expect(causes.join("\n")).not.toContain("lib_legacy");
  });

  it("shares the toolchain's own templates, but not those over a type without a flavor", async () => {
    const clashing = await audit({ "a.cc": vectorSource("legacy", "Config") }, { "a.cc": vectorSource("latest", "Config") });
    expect(clashing.result.clashes).toBeGreaterThan(0);
    expect(brief(clashing).every((line) => line.includes("Config"))).toBe(true);
    const isolated = await audit({ "a.cc": vectorSource("legacy", "Config_legacy") }, { "a.cc": vectorSource("latest", "Config_latest") });
    expect(brief(isolated).filter((line) => !line.startsWith("note foreign-template"))).toEqual([]);
    expect(isolated.result.shared[0]).toMatchObject({ pattern: "std::*", differentBodies: 0 });
    expect(isolated.result.shared[0]?.names).toBeGreaterThan(0);
    expect((await nmCommonNames(isolated.archives.legacy, isolated.archives.latest)).length).toBe(isolated.result.shared[0]?.names);
  });

  it("lets no pattern answer for shared names whose bodies have nothing in common", async () => {
    const shared = [{ pattern: "dep::*", reason: "one module" }];
    const found = await audit({ "a.cc": withFlavor(inlineSource(1), "legacy") }, { "a.cc": withFlavor(inlineSource(2), "latest") }, shared);
    expect(brief(found)).toEqual(["error weak-clash dep::f(int)"]);
    expect(found.result).toMatchObject({ clashes: 0, shared: [{ pattern: "dep::*", names: 1, differentBodies: 1 }] });
  });

  it("warns of shared names that both archives define strongly", async () => {
    const source = { "a.cc": "namespace dep { int f(int x) { return x; } }" };
    const found = await audit(source, source, [{ pattern: "dep::*", reason: "one module" }]);
    expect(brief(found)).toEqual(["warning strong-clash dep::f(int)"]);
    expect(found.result.clashes).toBe(0);
  });

  it("tells the entries of the shared list that cover nothing", async () => {
    const found = await audit({ "a.cc": "int a_legacy;" }, { "a.cc": "int a_latest;" }, [{ pattern: "nothing::*", reason: "a mistake" }]);
    expect(found.result.shared).toEqual([{ pattern: "nothing::*", reason: "a mistake", names: 0, differentBodies: 0, ofOne: 0 }]);
    expect(found.result.summary).toEqual({ "shared-unused": 1 });
  });

  it("finds exactly the clashes that nm finds, with one stable id each, in one order", async () => {
    const source =
      "#include <map>\n#include <string>\nstruct Item { std::string s; virtual ~Item(); }; Item::~Item() {} std::map<std::string, Item> all; inline int count = 0; int* p() { return &count; }";
    const found = await audit({ "a.cc": source }, { "b.cc": source }, []);
    const findings = found.result.findings.filter(({ category }) => /-(clash|same)$/.test(category));
    const symbols = findings.map(({ symbol }) => symbol);
    expect(symbols.toSorted()).toEqual((await nmCommonNames(found.archives.legacy, found.archives.latest)).toSorted());
    expect(new Set(found.result.findings.map(({ id }) => id)).size).toBe(found.result.findings.length);
    expect(found.result.summary).toMatchObject({ "strong-clash": expect.any(Number), "weak-same": expect.any(Number), "unique-clash": 1 });
    const flavors = [
      { name: "legacy", archives: [found.archives.legacy] },
      { name: "latest", archives: [found.archives.latest] },
    ];
    expect(await auditFlavors({ flavors, shared: [], unflavor })).toEqual(found.result);
  });

  it("keeps names apart that shared libraries export in different versions, and reads names of unstripped ones without theirs", async () => {
    const source = `#include <locale.h>\nint box_open(void) { setlocale(0, ""); return 1; } int box_close(void) { return 2; }`;
    const object = await compileObject({ folder, name: "box.c", source, flags: ["-fPIC"] });
    const link = async (version: string, stripped: boolean): Promise<string> => {
      const [script, library] = [join(folder, `${version}.map`), join(folder, `${version}${stripped}.so`)];
      await writeFile(script, `${version} { global: box_open; box_close; local: *; };`);
      await runOk({
        command: "gcc",
        args: ["-shared", ...(stripped ? ["-s"] : []), `-Wl,--version-script=${script}`, object, "-o", library],
      });
      return library;
    };
    const [one, oneStripped] = [await link("V1", false), await link("V1", true)];
    const [two, twoStripped] = [await link("V2", false), await link("V2", true)];
    const apart = ["shared-state setlocale"];
    expect([await foundIn(one, two), await foundIn(oneStripped, twoStripped)]).toEqual([apart, apart]);
    expect(await foundIn(one, oneStripped)).toEqual(["strong-clash box_close", "strong-clash box_open", ...apart]);
    expect(await foundIn(one, object)).toContain("strong-clash box_open");
  });

  it("takes an archive given twice for one", async () => {
    const { archives, result } = await audit({ "a.cc": "int a_legacy;" }, { "a.cc": "int a_latest;" });
    const flavors = [
      { name: "legacy", archives: [archives.legacy, archives.legacy] },
      { name: "latest", archives: [archives.latest] },
    ];
    expect(await auditFlavors({ flavors, shared: TOOLCHAIN_SHARED, unflavor })).toEqual(result);
  });

  it("counts the objects once that a folder holds beside the archive made of them, and says so", async () => {
    const { archives, result } = await audit(
      { "a.cc": "int a_legacy;", "b.cc": "inline int f() { return 1; } int (*b_legacy)() = f;" },
      { "a.cc": "int a_latest;" },
    );
    const flavors = [
      { name: "legacy", archives: [join(dirname(archives.legacy), "a.cc.o"), join(dirname(archives.legacy), "b.cc.o"), archives.legacy] },
      { name: "latest", archives: [archives.latest] },
    ];
    const both = await auditFlavors({ flavors, shared: TOOLCHAIN_SHARED, unflavor });
    const [first, ...rest] = both.notChecked ?? [];
    expect(first).toBe(
      `2 objects of legacy in 2 files (${flavors[0]?.archives[0]}, …), byte for byte also in ${archives.legacy}: counted once`,
    );
    expect({ ...both, notChecked: rest }).toEqual(result);
  });

  it("counts two objects that differ twice, and two equal ones of one archive", async () => {
    const place = join(folder, "twice");
    await mkdir(place);
    const one = await compileObject({ folder: place, name: "a.cc", source: "int a_legacy;" });
    await mkdir(join(place, "other"));
    const other = await compileObject({ folder: join(place, "other"), name: "a.cc", source: "int a_legacy; int b_legacy;" });
    const archive = await makeArchive(place, "lib.a", [one]);
    await runOk({ command: "ar", args: ["q", archive, one] });
    const result = await auditFlavors({ flavors: [{ name: "legacy", archives: [other, archive] }], shared: [], unflavor });
    expect(result.flavors[0]).toMatchObject({ objects: 3, symbols: { strong: 4 } });
    expect(result.notChecked).toEqual([]);
  });
});
