/** The audit on objects of Windows and macOS, as clang makes them without any of their headers. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { auditFiles } from "../../src/audit/audit-files.js";
import { compileObject, missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";
import { brief } from "./battery.js";

const missing = await missingTools("clang");
const root = temporaryFolder();

const SOURCES: Readonly<Record<string, string>> = {
  "variable.cc": `extern "C" int codec_register(const char* name);
    namespace lib_FLAVOR { static int registered = codec_register("opus"); int* keep = &registered; }`,
  "object.cc": `extern "C" int codec_register(const char* name);
    namespace lib_FLAVOR { struct Entry { int n; __attribute__((noinline)) Entry(const char* name) : n(codec_register(name)) {} };
    static Entry entry("isac"); Entry* kept = &entry; }`,
  "constructor.c": `int codec_register(const char* name);
    __attribute__((constructor)) static void enter(void) { codec_register("flac"); }`,
  "merged.cc": `inline int calls = 0; int use_FLAVOR() { return ++calls; }`,
};

async function flavorsFor(target: string, level: string): Promise<Parameters<typeof auditFiles>[0]> {
  const flavors = [];
  for (const name of ["legacy", "latest"]) {
    const folder = join(root, `${target}${level}`, name);
    await mkdir(folder, { recursive: true });
    const paths = [];
    for (const [file, text] of Object.entries(SOURCES)) {
      const flags = [level, "-target", target, ...(file.endsWith(".c") ? [] : ["-std=c++17"])];
      paths.push(await compileObject({ folder, name: file, source: text.replaceAll("FLAVOR", name), compiler: "clang", flags }));
    }
    flavors.push({ name, paths });
  }
  return { flavors, common: [], allow: { shared: [], severity: {} } };
}

const TARGETS = [
  ["x86_64-pc-windows-msvc", "codec_register", "?calls@@3HA"],
  ["aarch64-pc-windows-msvc", "codec_register", "?calls@@3HA"],
  ["i686-pc-windows-msvc", "_codec_register", "?calls@@3HA"],
  ["x86_64-w64-mingw32", "codec_register", "calls"],
  ["x86_64-apple-macos", "_codec_register", "_calls"],
  ["arm64-apple-macos", "_codec_register", "_calls"],
] as const;

describe.skipIf(missing.length > 0)("an audit of objects that are not ELF (needs clang)", () => {
  describe.each(["-O0", "-O2"])("at %s", (level) => {
    it.each(TARGETS)("finds what initialisers of %s register, and the variable that merges", async (target, registry, variable) => {
      const { findings } = await auditFiles(await flavorsFor(target, level));
      expect(findings.map(brief).toSorted()).toEqual(
        [
          ...["flac", "isac", "opus"].map((key) => `error registry "${key}" in ${registry}`),
          `error shared-state ${variable}`,
          `note init-order ${registry}`,
        ].toSorted(),
      );
    });
  });

  it("refuses to probe them, with what to do", async () => {
    const request = await flavorsFor("x86_64-pc-windows-msvc", "-O1");
    await expect(auditFiles({ ...request, probe: { compiler: "g++", link: [] } })).rejects.toThrow(/is COFF: --probe runs programs of ELF/);
    const other = await flavorsFor(process.arch === "arm64" ? "x86_64-linux-gnu" : "aarch64-linux-gnu", "-O1");
    await expect(auditFiles({ ...other, probe: { compiler: "g++", link: [] } })).rejects.toThrow(/is built for another processor: --probe/);
  });
});
