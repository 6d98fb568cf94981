/** Holds the check by the compiler: what no longer compiles goes back, what never did is not touched. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { readShimManifest } from "../../../src/shim/read-manifest.js";
import { type CodemodResult, runCodemod } from "../../../src/shim/codemod/run-codemod.js";
import { missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { writeTree } from "../../helpers/tree.js";

const MANIFEST = fileURLToPath(new URL("../../fixtures/codemod/names/shim.json", import.meta.url));
const missing = await missingTools("g++");

const LIBRARY = "#pragma once\nnamespace meter { class Gauge { public: int Read(); int Gone(); }; }\n";
const SHIM = "#pragma once\nnamespace meter_shim { class Gauge { public: int Read(); }; }\n";

async function run(app: Readonly<Record<string, string>>): Promise<CodemodResult & { text: (file: string) => string }> {
  const root = temporaryFolder();
  writeTree(root, { "lib/meter/gauge.h": LIBRARY, "shim/meter_shim/gauge.h": SHIM });
  writeTree(join(root, "app"), app);
  const sources = Object.keys(app).filter((file) => file.endsWith(".cc"));
  const result = await runCodemod({
    app: join(root, "app"),
    manifest: readShimManifest(MANIFEST),
    shimFolder: join(root, "shim"),
    targets: [],
    exclude: [],
    commands: sources.map((file) => ({
      directory: join(root, "app"),
      file: join(root, "app", file),
      source: file,
      arguments: ["g++", "-I../lib", "-c", file, "-o", "x.o", "-MD", "-MF", "x.d"],
    })),
    includes: [join(root, "shim")],
    apply: true,
    jobs: 2,
  });
  return { ...result, text: (file) => readFileSync(join(root, "app", file), "utf8") };
}

const GOOD = '#include "meter/gauge.h"\nint good(meter::Gauge& g) { return g.Read(); }\n';
const BREAKS = '#include "meter/gauge.h"\nint bad(meter::Gauge& g) { return g.Gone(); }\n';

describe.skipIf(missing.length > 0)("the check by the compiler (needs g++)", () => {
  it("keeps what compiles and takes back what no longer does, with the first error", async () => {
    const { report, text } = await run({ "good.cc": GOOD, "bad.cc": BREAKS });
    expect(text("good.cc")).toContain("meter_shim::Gauge& g");
    expect(text("bad.cc")).toBe(BREAKS);
    const [bad, good] = report.files;
    expect(good).toMatchObject({ file: "good.cc", status: "changed", error: null });
    expect(bad?.status).toBe("reverted");
    expect(bad?.error).toMatch(/^bad\.cc:2: .*Gone/);
    expect(report.sites).toMatchObject({ all: 4, moved: 4, kept: 2, left: 2, percent: 50 });
    expect(report.left.map(({ why }) => why)).toEqual(["reverted", "reverted"]);
  });

  it("takes a header back with the sources that need it to be what it was, and leaves others moved", async () => {
    const header = '#pragma once\n#include "meter/gauge.h"\nint shared(meter::Gauge& g);\n';
    const { report, text } = await run({
      "shared.h": header,
      "bad.cc": `#include "shared.h"\n${BREAKS}int call(meter::Gauge& g) { return shared(g); }\n`,
      "uses.cc": '#include "shared.h"\nint use(meter::Gauge& g) { return shared(g); }\n',
      "alone.cc": GOOD,
    });
    expect(text("shared.h")).toBe(header);
    expect(text("uses.cc")).toContain("meter::Gauge& g");
    expect(text("alone.cc")).toContain("meter_shim::Gauge& g");
    expect(report.files.map(({ file, status }) => `${file} ${status}`)).toEqual([
      "alone.cc changed",
      "bad.cc reverted",
      "shared.h reverted",
      "uses.cc reverted",
    ]);
  });

  it("does not touch what did not compile before, nor what no command compiles", async () => {
    const broken = `${GOOD}int broken() { return nothing; }\n`;
    const { report, text } = await run({ "broken.cc": broken, "never.h": "inline int f(meter::Gauge*) { return 1; }\n" });
    expect(text("broken.cc")).toBe(broken);
    expect(text("never.h")).toContain("meter::Gauge*");
    expect(report.files.map(({ file, status, error }) => `${file} ${status} ${error}`)).toEqual([
      expect.stringMatching(/^broken\.cc not compiling broken\.cc:3: /),
      "never.h not compiling no command of the compile database compiles it",
    ]);
  });
});
