/** A series goes in patch by patch, and comes out again the last one first; what does not fit is told and left out. */
import { describe, expect, it } from "vitest";

import type { TreeFile } from "../../../src/patches/text/apply-patch.js";
import { type SeriesResult, applySeries } from "../../../src/patches/text/apply-series.js";
import { parseDiff } from "../../../src/patches/text/parse-diff.js";

function change(name: string, file: string, from: string, to: string) {
  return { name, diffs: parseDiff(`--- a/${file}\n+++ b/${file}\n@@ -1,2 +1,2 @@\n-${from}\n+${to}\n end\n`, name) };
}

const added = {
  name: "add",
  diffs: parseDiff("diff --git a/n b/n\nnew file mode 100755\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+new\n", "add"),
};
const series = [change("one", "f", "a", "b"), change("two", "f", "b", "c"), added];

function reader(files: Readonly<Record<string, string>>) {
  return (path: string): TreeFile | null => (files[path] === undefined ? null : { mode: "100644", content: Buffer.from(files[path]) });
}

function shown({ changes }: SeriesResult): Record<string, string> {
  return Object.fromEntries(
    [...changes].map(([path, file]) => [path, file === null ? "removed" : `${file.mode} ${file.content.toString()}`]),
  );
}

describe("a series", () => {
  it("builds each patch on those before", async () => {
    const result = await applySeries(reader({ f: "a\nend\n" }), series);
    expect(shown(result)).toEqual({ f: "100644 c\nend\n", n: "100755 new\n" });
    expect(result).toMatchObject({ applied: ["one", "two", "add"], refused: [] });
  });

  it("goes back the last one first", async () => {
    const result = await applySeries(reader({ f: "c\nend\n", n: "new\n" }), series, { back: true });
    expect(shown(result)).toEqual({ n: "removed", f: "100644 a\nend\n" });
    expect(result.applied).toEqual(["add", "two", "one"]);
  });

  it("tells the patch that does not fit, with path, line and reason, and goes on without it", async () => {
    const result = await applySeries(reader({ f: "c\nend\n", n: "newer\n" }), series, { back: true });
    expect(result.applied).toEqual(["two", "one"]);
    expect(result.refused).toEqual([
      { status: "refused", name: "add", path: "n", line: 1, hunk: 0, why: "the old lines of the hunk @@ -1,1 +0,0 @@ are not in the file" },
    ]);
  });
});
