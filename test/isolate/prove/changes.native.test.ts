/** Holds the proof to what it must notice, with both compilers at three levels of optimization. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { bareNames } from "../../../src/isolate/prove/bare-names.js";
import { compareObjects } from "../../../src/isolate/prove/compare-object.js";
import { account } from "../../../src/isolate/prove/ledger.js";
import { objectsOf } from "../../../src/objects/open.js";
import { compileObject, missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { CHANGES, ORIGINAL, changed, isolated } from "./pairs.js";

const COMPILERS = ["g++", "clang++"];
const missing = await missingTools(...COMPILERS);
const CONFIGURATIONS = COMPILERS.filter((compiler) => !missing.includes(compiler)).flatMap((compiler) =>
  [["-O0"], ["-O1"], ["-O2"], ["-O2", "-ffunction-sections", "-fdata-sections"], ["-O2", "-fPIC"]].map((flags) => ({ compiler, flags })),
);

async function compare(before: string, after: string, { compiler, flags }: { compiler: string; flags: readonly string[] }) {
  const folder = temporaryFolder();
  const paths = { before: join(folder, "before"), after: join(folder, "after") };
  await Promise.all(Object.values(paths).map((path) => mkdir(path)));
  const [old = ""] = [await compileObject({ folder: paths.before, name: "unit.cc", source: before, compiler, flags })];
  const [fresh = ""] = [await compileObject({ folder: paths.after, name: "unit.cc", source: after, compiler, flags })];
  const [left] = objectsOf(old);
  const [right] = objectsOf(fresh);
  if (left === undefined || right === undefined) throw new Error("no object");
  return compareObjects(left, right, bareNames("legacy"));
}

describe.skipIf(CONFIGURATIONS.length === 0)(
  `what the proof notices${missing.length > 0 ? ` (without ${missing.join(", ")})` : ""}`,
  () => {
    for (const configuration of CONFIGURATIONS) {
      const title = `${configuration.compiler} ${configuration.flags.join(" ")}`;

      it(`finds nothing but names in an isolated unit, every byte in one class: ${title}`, async () => {
        const comparison = await compare(ORIGINAL, isolated(ORIGINAL), configuration);
        expect(comparison.differences).toEqual([]);
        expect([...comparison.texts.values()].every(({ kind }) => kind === "typeinfo")).toBe(true);
        const { before, after, marks } = comparison;
        for (const counts of [account(before, after, marks.before), account(after, before, marks.after)])
          expect({ different: counts.different, notCompared: counts.notCompared }).toEqual({ different: 0, notCompared: 0 });
      });

      it(`notices each single change: ${title}`, async () => {
        const silent: string[] = [];
        for (const change of CHANGES) {
          const comparison = await compare(ORIGINAL, isolated(changed(change)), configuration);
          if (comparison.differences.length === 0) silent.push(change.name);
        }
        expect(silent).toEqual([]);
      });
    }
  },
);
