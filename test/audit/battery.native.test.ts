import { describe, expect, it } from "vitest";

import { auditFiles } from "../../src/audit/audit-files.js";
import { missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";
import { brief, buildCase, caseNames, readCase, wantedOf } from "./battery.js";

const COMPILERS = ["g++", "clang++"];
const LEVELS = ["-O0", "-O2"];
const missing = new Map(
  await Promise.all(COMPILERS.map(async (compiler) => [compiler, await missingTools(compiler, "ar", "nm", "objcopy")] as const)),
);
const cases = await Promise.all(caseNames().map(async (name) => ({ name, given: await readCase(name) })));

describe.each(COMPILERS)("the battery of two-version cases, built by %s", (compiler) => {
  const lacks = missing.get(compiler) ?? [];
  describe.skipIf(lacks.length > 0).each(LEVELS)(`at %s (needs ${lacks.join(", ") || compiler})`, (level) => {
    const folder = temporaryFolder();
    it.each(cases)("$name: $given.about", async ({ name, given }) => {
      const { findings } = await auditFiles(await buildCase(name, { compiler, flags: [level], folder }));
      expect(findings.map(brief).toSorted()).toEqual(wantedOf(given, compiler).toSorted());
    });
  });
});

describe("the battery", () => {
  it("has at least 60 cases, and one or more of every category that needs no debug information", () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
  });
});
