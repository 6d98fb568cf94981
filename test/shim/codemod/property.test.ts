/** Holds the codemod on code of any shape: nothing but names of the library changes, and a second run changes nothing. */
import { assert, asyncProperty, array, constantFrom } from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, it, expect } from "vitest";

import { readShimManifest } from "../../../src/shim/read-manifest.js";
import { runCodemod } from "../../../src/shim/codemod/run-codemod.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { writeTree } from "../../helpers/tree.js";

const FIXTURES = fileURLToPath(new URL("../../fixtures/codemod", import.meta.url));

const PIECES = [
  "meter::Gauge g;",
  "meter::Gauge::Config c;",
  "::meter::Open();",
  "using namespace meter;",
  "using meter::Gauge;",
  "namespace m = meter;",
  "namespace meter { class Gauge; }",
  "namespace meter {",
  "namespace app {",
  "class Zip {",
  "void f(int crc) {",
  "if (x) {",
  "}",
  "};",
  ")",
  "(",
  "<",
  "#if A",
  "#else",
  "#endif",
  "#define X meter::Gauge",
  "Gauge plain;",
  "Printer p;",
  "old_meter::Scale s;",
  "deflate(a, PACK_OK);",
  "int compress();",
  "x->crc + y.deflate;",
  '"meter::Gauge"',
  "// meter::Gauge",
  "/* meter::Gauge */",
  'R"(meter::Gauge)"',
  '#include "meter/gauge.h"',
  "#include <pack.h>",
  "'",
  '"',
  "\\",
  "::",
  "meter",
  "enum class E { PACK_BEST, kOther };",
];

async function run(app: string, fixture: string, apply: boolean) {
  const manifest = readShimManifest(join(FIXTURES, fixture, "shim.json"));
  const common = { targets: [], exclude: [], commands: undefined, includes: [], jobs: 1 };
  return await runCodemod({ app, manifest, shimFolder: "/nowhere", apply, ...common });
}

/** The text with the shim's words taken back, and lines that were put in left out. */
function undone(text: string): string {
  return text
    .split("\n")
    .filter((line) => !/^#include ["<](?:meter_shim\/gauge|pack_shim)\.h[">]$/.test(line))
    .join("\n")
    .replaceAll("meter_shim::GaugeConfig", "meter::Gauge::Config")
    .replaceAll("meter_shim::Scale", "old_meter::Scale")
    .replaceAll("meter_shim", "meter")
    .replaceAll("meter::Printer", "Printer")
    .replaceAll(/pack_shim::(\w+)/g, (_, word: string) => ({ Stream: "pack_stream", kOk: "PACK_OK", kBest: "PACK_BEST" })[word] ?? word);
}

describe.each(["names", "globals"])("any code under the manifest of %s", (fixture) => {
  it("changes in names of the library only, and only once", async () => {
    await assert(
      asyncProperty(array(constantFrom(...PIECES), { maxLength: 25 }), async (pieces) => {
        const source = `${pieces.join("\n")}\n`;
        const app = join(temporaryFolder(), "app");
        writeTree(app, { "a.cc": source });
        await run(app, fixture, true);
        const once = readFileSync(join(app, "a.cc"), "latin1");
        const plain = source
          .split("\n")
          .filter((line) => !line.startsWith("#include"))
          .join("\n");
        expect(
          undone(once)
            .split("\n")
            .filter((line) => !line.startsWith("#include"))
            .join("\n"),
        ).toBe(plain.replaceAll("meter::Printer", "Printer"));
        expect((await run(app, fixture, true)).diff).toBe("");
      }),
      { numRuns: 150 },
    );
  });
});
