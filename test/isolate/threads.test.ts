/** That the compiled program gives the same tree with any number of threads, and the same errors. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { MARKER_FILE } from "../../src/isolate/marker.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { run } from "../../src/support/exec.js";
import { listFiles } from "../../src/support/fs.js";
import { packageRoot } from "../../src/support/version.js";
import { temporaryFolder } from "../helpers/temp.js";

const root = temporaryFolder();
const source = join(root, "source");
const plan = isolationPlanSchema.parse({ namespaces: ["lib"], rename: ["MADE_*"] });

/** Names of one file are used in the next, so that every thread needs what the others found. */
function makeTree(): void {
  mkdirSync(source);
  for (let i = 0; i < 300; i++) {
    const next = (i + 1) % 300;
    const header = `namespace lib { int f${i}(); }\nextern "C" int c_entry_${i}(void);\nstruct Global${i} { int x; };\n`;
    const code = `#include "h${next}.h"\nint lib::f${i}() { return c_entry_${next}() + lib::f${next}() + MADE_${i}; }\nint c_entry_${i}(void) { Global${next} g; return g.x; }\n`;
    writeFileSync(join(source, `h${i}.h`), header);
    writeFileSync(join(source, `c${i}.cc`), i % 7 === 0 ? `namespace outer { namespace lib { } int u = lib::f1(); }\n${code}` : code);
  }
}

function isolateCompiled(jobs: number, target: string, namespaces: readonly string[]) {
  const script = `import { isolateTree } from ${JSON.stringify(join(packageRoot(), "dist/isolate/isolate-tree.js"))};
const request = JSON.parse(process.argv[1]);
isolateTree(request).then((result) => console.log(JSON.stringify(result)), (error) => {
  console.log(JSON.stringify({ name: error.name, code: error.code, message: error.message, hint: error.hint, context: error.context }));
});`;
  const request = { flavor: "latest", release: "R", source, target, plan: { ...plan, namespaces }, jobs };
  return run({ command: process.execPath, args: ["--input-type=module", "-e", script, JSON.stringify(request)] });
}

async function printed(jobs: number, target: string, namespaces: readonly string[] = ["lib"]): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await isolateCompiled(jobs, target, namespaces);
  expect(stderr).toBe("");
  return JSON.parse(stdout.toString("utf8")) as Record<string, unknown>;
}

describe("threads", () => {
  beforeAll(makeTree);

  it("make no difference to any byte or figure", async () => {
    const here = await isolateTree({ flavor: "latest", release: "R", source, target: join(root, "here"), plan });
    expect(here.edits).toBeGreaterThan(1500);
    expect(here.names.length).toBeGreaterThan(600);
    for (const jobs of [1, 2, 3, 5]) {
      const target = join(root, `jobs-${jobs}`);
      expect(await printed(jobs, target)).toEqual({ ...here, path: target });
      const files = await listFiles(join(root, "here"));
      for (const path of files.filter((name) => !name.startsWith(".unfork-isolation.state"))) {
        expect(readFileSync(join(target, path), "utf8"), path).toBe(readFileSync(join(root, "here", path), "utf8"));
      }
      expect(await listFiles(target)).toContain(MARKER_FILE);
    }
  });

  it("hand on what went wrong as it was", async () => {
    const one = await printed(1, join(root, "none"), ["libb"]);
    expect(one).toMatchObject({ name: "UnforkError", code: "input-invalid", hint: "did you mean 'lib'?" });
    expect(await printed(3, join(root, "none"), ["libb"])).toEqual(one);
    writeFileSync(join(root, "in-the-way"), "");
    const blocked = await printed(3, join(root, "in-the-way", "target"));
    expect(blocked).toMatchObject({ name: "UnforkError", code: "disk" });
  });
});
