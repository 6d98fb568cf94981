/** Every folder of test/fixtures/isolate: `before/` isolated as flavor `legacy` is `after/`, byte by byte. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { JOURNAL_FILE } from "../../src/isolate/journal/journal-file.js";
import { MARKER_FILE } from "../../src/isolate/marker.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { listFiles } from "../../src/support/fs.js";
import { temporaryFolder } from "../helpers/temp.js";

const cases = fileURLToPath(new URL("../fixtures/isolate/", import.meta.url));

function caseOf(name: string) {
  const { plan, undecided } = JSON.parse(readFileSync(join(cases, name, "case.json"), "utf8")) as {
    plan: unknown;
    undecided: [string, number, string][];
  };
  return { plan: isolationPlanSchema.parse(plan), undecided };
}

describe.each(readdirSync(cases))("isolating %s", (name) => {
  const { plan, undecided } = caseOf(name);
  const before = join(cases, name, "before");
  const after = join(cases, name, "after");
  const target = join(temporaryFolder(), "out");

  it("gives the expected bytes in every file and reports what it cannot decide", async () => {
    const result = await isolateTree({ flavor: "legacy", release: "R1", source: before, target, plan });
    const expected = await listFiles(after);
    expect((await listFiles(target)).filter((path) => path !== MARKER_FILE && path !== JOURNAL_FILE)).toEqual(expected);
    for (const path of expected) {
      expect(readFileSync(join(target, path), "latin1"), path).toBe(readFileSync(join(after, path), "latin1"));
    }
    expect(result.undecided.map(({ file, line, token }) => [file, line, token])).toEqual(undecided);
  });

  it("changes nothing when the result is isolated once more", async () => {
    const again = join(temporaryFolder(), "again");
    const second = await isolateTree({ flavor: "legacy", release: "R1", source: target, target: again, plan });
    expect(second.edits).toBe(0);
    for (const path of await listFiles(target)) {
      expect(readFileSync(join(again, path), "latin1"), path).toBe(readFileSync(join(target, path), "latin1"));
    }
  });
});
