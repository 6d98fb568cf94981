/** What the machine's own `diff -e` writes is what we read, and we give the file it compared with. */
import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseHunks } from "../../src/git/diff.js";
import { applyEdScript } from "../../src/patches/ed-apply.js";
import { edScriptOf } from "../../src/patches/ed-from-diff.js";
import { formatEdScript, parseEdScript } from "../../src/patches/ed-script.js";
import { temporaryFolder } from "../helpers/temp.js";
import { diffScript, writeFiles } from "./patch-project.js";

const missing = spawnSync("diff", ["--version"]).error !== undefined;
const WHERE = { script: "x.ed", path: "x" };

/** Few different lines, so that files share some; dots among them. */
const text = fc
  .array(fc.constantFrom(".", "..", "a", "b", "c", "s/.//", "\u00e9\r"), { maxLength: 14 })
  .map((lines) => lines.map((line) => `${line}\n`).join(""));

describe.skipIf(missing)("diff -e (skipped when there is no diff program)", () => {
  it("writes scripts that we apply to the same end", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const script = parseEdScript(diffScript(Buffer.from(before, "latin1"), Buffer.from(after, "latin1")), "x.ed");
        expect(applyEdScript(Buffer.from(before, "latin1"), script, WHERE).toString("latin1")).toBe(after);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a script made from git's own difference", () => {
  it("gives the new file, also where a newline at the end comes or goes", () => {
    const ending = fc.boolean();
    fc.assert(
      fc.property(text, text, ending, ending, (left, right, cutLeft, cutRight) => {
        const before = Buffer.from(cutLeft ? left.slice(0, -1) : left, "latin1");
        const after = Buffer.from(cutRight ? right.slice(0, -1) : right, "latin1");
        const folder = temporaryFolder();
        writeFiles(folder, { before, after });
        const diff = spawnSync("git", ["diff", "--no-index", "--text", "-U0", "before", "after"], { cwd: folder }).stdout;
        const script = parseEdScript(formatEdScript(edScriptOf(parseHunks(diff.toString("latin1")))), "x.ed");
        expect(applyEdScript(before, script, WHERE)).toEqual(after);
      }),
      { numRuns: 60 },
    );
  });
});
