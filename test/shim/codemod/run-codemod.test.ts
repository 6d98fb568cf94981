/** Holds the codemod to its fixtures: `before/` becomes `after/`, a second run changes nothing. */
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { shimCodemodSchema } from "../../../src/model/shim-codemod.js";
import { readShimManifest } from "../../../src/shim/read-manifest.js";
import { type CodemodResult, runCodemod } from "../../../src/shim/codemod/run-codemod.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { readTree, writeTree } from "../../helpers/tree.js";

const FIXTURES = fileURLToPath(new URL("../../fixtures/codemod", import.meta.url));

async function codemod(app: string, manifest: string, more: { apply?: boolean; targets?: string[] } = {}): Promise<CodemodResult> {
  return await runCodemod({
    app,
    manifest: readShimManifest(manifest),
    shimFolder: "/nowhere",
    targets: more.targets ?? [],
    exclude: [],
    commands: undefined,
    includes: [],
    apply: more.apply ?? true,
    jobs: 1,
  });
}

function copyOf(name: string): { app: string; manifest: string } {
  const app = join(temporaryFolder(), "app");
  cpSync(join(FIXTURES, name, "before"), app, { recursive: true });
  return { app, manifest: join(FIXTURES, name, "shim.json") };
}

/** Of files written here under the manifest of the names. */
async function changed(
  table: Readonly<Record<string, string>>,
  fixture = "names",
): Promise<{ text: Record<string, string>; result: CodemodResult }> {
  const app = join(temporaryFolder(), "app");
  writeTree(app, table);
  const result = await codemod(app, join(FIXTURES, fixture, "shim.json"));
  return { result, text: Object.fromEntries(Object.keys(table).map((path) => [path, readFileSync(join(app, path), "latin1")])) };
}

describe.each(["names", "globals"])("the fixture %s", (name) => {
  it("becomes what stands in after/, byte by byte, and its report fits the schema", async () => {
    const { app, manifest } = copyOf(name);
    const { report } = await codemod(app, manifest);
    const expected = join(temporaryFolder(), "after");
    cpSync(join(FIXTURES, name, "after"), expected, { recursive: true });
    expect(readTree(app)).toEqual(readTree(expected));
    expect(shimCodemodSchema.parse(report)).toEqual(report);
    expect(report.sites.kept + report.sites.left).toBe(report.sites.all);
  });

  it("is not changed by a second run", async () => {
    const { app, manifest } = copyOf(name);
    await codemod(app, manifest);
    const once = readTree(app);
    const { report, diff } = await codemod(app, manifest);
    expect(readTree(app)).toEqual(once);
    expect(diff).toBe("");
    expect(report.sites.kept).toBe(0);
    expect(report.collisions).toEqual([]);
  });

  it("is left alone by a dry run, whose diff says what would be", async () => {
    const { app, manifest } = copyOf(name);
    const before = readTree(app);
    const { report, diff } = await codemod(app, manifest, { apply: false });
    expect(readTree(app)).toEqual(before);
    expect(report.files.every(({ status }) => status === "would change")).toBe(true);
    expect(diff).toMatch(/^--- a\/.*\n\+\+\+ b\/.*\n@@ -/);
  });
});

describe("what stays", () => {
  it("is told by name, reason and place: what the shim lacks, and what the manifest does not know", async () => {
    const { app, manifest } = copyOf("names");
    const { report } = await codemod(app, manifest, { apply: false });
    expect(report.missing).toEqual([
      { name: "meter::Printer", reason: "it writes to a stream of the library's own", places: [{ file: "src/app.h", line: 17 }] },
      { name: "meter::Unheard", reason: "the shim's manifest does not know this name", places: [{ file: "src/app.h", line: 18 }] },
    ]);
  });

  it("is told of uses that pass the shim by", async () => {
    const { app, manifest } = copyOf("names");
    const { report } = await codemod(app, manifest, { apply: false });
    expect(report.flavors).toEqual([
      { name: "meter_legacy", reason: "this is legacy's alone: it passes the shim by", places: [{ file: "src/app.h", line: 19 }] },
    ]);
  });

  it("is told of what the application adds to the library's namespace", async () => {
    const { app, manifest } = copyOf("names");
    const { report } = await codemod(app, manifest, { apply: false });
    const left = report.left.filter(({ kind }) => kind === "forward").map(({ line, reason }) => `${line}: ${reason}`);
    expect(left).toEqual([
      "8: it opens the library's namespace for more than declarations of classes",
      "12: it opens the library's namespace for more than declarations of classes",
    ]);
  });

  it("is told of names that text alone does not decide: members, the preprocessor, C files", async () => {
    const { app, manifest } = copyOf("globals");
    const { report } = await codemod(app, manifest, { apply: false });
    const undecided = report.left.filter(({ why }) => why === "undecided").map(({ file, line, name }) => `${file}:${line} ${name}`);
    expect(undecided).toContain("use.cc:11 compress");
    expect(undecided).toContain("use.cc:3 PACK_OK");
    expect(undecided).toContain("plain.c:2 deflate");
    expect(undecided).not.toContain("elsewhere.cc:3 deflate");
  });

  it("is a macro that is joined to a text, or pasted: in the shim it is none", async () => {
    const { text } = await changed(
      { "a.cc": '#include <pack.h>\nconst char* a = "v" PACK_OK;\n#define CALL(x) x ## crc\nint b = PACK_OK;\n' },
      "globals",
    );
    expect(text["a.cc"]).toContain('"v" PACK_OK;\n#define CALL(x) x ## crc\nint b = pack_shim::kOk;');
  });

  it("keeps the library's header beside the shim's in a file that keeps a name of the library", async () => {
    const { text } = await changed({ "a.cc": '#include "meter/gauge.h"\r\nmeter::Gauge* g;\r\nmeter::Printer* p;\r\n' });
    expect(text["a.cc"]).toBe(
      '#include "meter/gauge.h"\r\n#include "meter_shim/gauge.h"\r\nmeter_shim::Gauge* g;\r\nmeter::Printer* p;\r\n',
    );
  });

  it("names in full what a using-directive that moved no longer gives", async () => {
    const { text, result } = await changed({ "a.cc": "#include <meter/gauge.h>\nusing namespace meter;\nGauge* g;\nPrinter* p;\n" });
    expect(text["a.cc"]).toBe(
      "#include <meter/gauge.h>\n#include <meter_shim/gauge.h>\nusing namespace meter_shim;\nGauge* g;\nmeter::Printer* p;\n",
    );
    expect(result.report.missing.map(({ name }) => name)).toEqual(["meter::Printer"]);
  });

  it("are locals, parameters and members that only have a name of the library", async () => {
    const source =
      "#include <meter/gauge.h>\nusing namespace meter;\nint f(int Printer) { return Printer; }\nint g() { int Printer = 1; return Printer; }\n";
    const { text } = await changed({ "a.cc": source });
    expect(text["a.cc"]).toBe(source.replace("<meter/", "<meter_shim/").replace("namespace meter;", "namespace meter_shim;"));
  });

  it("is told of names of the application's own that clash with the shim's", async () => {
    const { result } = await changed({ "a.cc": "namespace meter_shim { int mine; }\nstruct GaugeConfig {};\nusing namespace meter;\n" });
    expect(result.report.collisions.map(({ name, places }) => `${name} ${places[0]?.line}`)).toEqual(["meter_shim 1", "GaugeConfig 2"]);
  });
});

describe("what moves", () => {
  it("keeps odd bytes, odd blanks and line ends around each name", async () => {
    const { text } = await changed({ "a.cc": "\xe9\r\n\tmeter\\\r\n::\r\n Gauge\tg;\xff" });
    expect(text["a.cc"]).toBe("\xe9\r\n\tmeter_shim\\\r\n::\r\n Gauge\tg;\xff");
  });

  it("follows a renamed name under a using-declaration in a header", async () => {
    const { text } = await changed({ "h.h": "using old_meter::Scale;\n", "a.cc": '#include "h.h"\nScale* s;\n' });
    expect(text).toEqual({ "h.h": "using meter_shim::Scale;\n", "a.cc": '#include "h.h"\nScale* s;\n' });
  });

  it("takes namespaces in namespaces along, each by its own word, also with lines of the preprocessor between", async () => {
    const { text } = await changed({
      "a.h":
        "namespace meter {\nclass Gauge;\n#if A\nnamespace units { class Volt; }  // units\n#endif\n}\nnamespace old_meter { class Scale; }\n",
    });
    expect(text["a.h"]).toBe(
      "namespace meter_shim {\nclass Gauge;\n#if A\nnamespace units { class Volt; }  // units\n#endif\n}\nnamespace meter_shim { class Scale; }\n",
    );
  });

  it("is only what a target names", async () => {
    const app = join(temporaryFolder(), "app");
    writeTree(app, { "one/a.cc": "meter::Gauge* g;\n", "two/b.cc": "meter::Gauge* g;\n" });
    await codemod(app, join(FIXTURES, "names", "shim.json"), { targets: ["one"] });
    expect(readFileSync(join(app, "one/a.cc"), "utf8")).toBe("meter_shim::Gauge* g;\n");
    expect(readFileSync(join(app, "two/b.cc"), "utf8")).toBe("meter::Gauge* g;\n");
    await expect(codemod(app, join(FIXTURES, "names", "shim.json"), { targets: ["three"] })).rejects.toThrow("--target three");
  });
});
