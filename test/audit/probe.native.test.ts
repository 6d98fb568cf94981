import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { auditFiles } from "../../src/audit/audit-files.js";
import type { ProbeResult } from "../../src/model/audit.js";
import { missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";
import { buildCase } from "./battery.js";

const COMPILERS = ["g++", "clang++"];
const missing = new Map(
  await Promise.all(COMPILERS.map(async (compiler) => [compiler, await missingTools(compiler, "ar", "nm", "objcopy")] as const)),
);

describe.each(COMPILERS)("the probe, built by %s", (compiler) => {
  const lacks = missing.get(compiler) ?? [];
  const folder = temporaryFolder();

  async function probe(name: string): Promise<ProbeResult | undefined> {
    const files = await buildCase(name, { compiler, flags: ["-O1"], folder: join(folder, name) });
    return (await auditFiles({ ...files, probe: { compiler, link: [] } })).probe;
  }

  describe.skipIf(lacks.length > 0)(`(needs ${lacks.join(", ") || compiler})`, () => {
    it("sees casts and catch clauses cross where names were changed in the objects alone", async () => {
      const result = await probe("typeinfo-derived-renamed-objects");
      expect(result?.linked).toBe(true);
      expect(result?.crossings.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
        "cast lib_legacy::Derived",
        "catch lib_legacy::Base",
        "catch lib_legacy::Derived",
      ]);
    });

    it("sees nothing cross where the sources were renamed", async () => {
      expect(await probe("typeinfo-renamed-sources")).toMatchObject({ linked: true, types: 1, crossings: [], broken: 0 });
    });

    it("sees one counter serve both where an inline variable kept its name", async () => {
      const result = await probe("unique-counter");
      expect(result?.crossings.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["variable calls"]);
    });

    it("sees a counter for each where its name bears the flavor", async () => {
      expect(await probe("clean-isolated")).toMatchObject({ linked: true, types: 1, variables: 1, crossings: [] });
    });

    it("says so when the flavors do not link at all", async () => {
      const result = await probe("strong-among-objects");
      expect(result?.linked).toBe(false);
      expect(result?.detail).toMatch(/multiple definition.*lib_step/);
    });
  });
});
