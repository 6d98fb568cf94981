/** Strings that hold code with the name of a renamed namespace: told by the run with the rule that changes them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { codeTest } from "../../src/isolate/generated-code.js";
import { scanTree } from "../../src/isolate/inventory/scan-tree.js";
import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const isCode = codeTest(["lib", "io"]);

describe("a string", () => {
  it.each([
    "namespace lib {\\n",
    "::lib::Message* $name$;",
    "lib::internal::",
    "using io::Printer;\\n",
    "  lib::f($x$);\\n",
    "Box<::lib::T>",
  ])("holds code: %s", (text) => expect(isCode(text)).toBe(true));

  it.each([
    "lib::Message failed",
    "leak:lib::Audio",
    "other::lib::x;",
    "glib::x;",
    "returns lib::{weak,strong}_order",
    "#include <lib/a.h>",
    "lib: {}",
    "namespace library {",
  ])("holds none, or no name of the tree: %s", (text) => expect(isCode(text)).toBe(false));
});

const GENERATOR =
  'namespace lib { void print(const char*); }\nvoid f() {\n  lib::print("namespace lib {\\n");\n  lib::print("lib::X $x$;");\n}\n';

describe("a generator of code", () => {
  it("is told of with the number of its strings and the rule, which ends the warning", async () => {
    const source = temporaryFolder();
    writeTree(source, { "gen.cc": GENERATOR });
    const run = async (strings: { match: string; files: string[] }[]) => {
      const target = join(temporaryFolder(), "out");
      const plan = isolationPlanSchema.parse({ namespaces: ["lib"], strings });
      const { warnings } = await isolateTree({ flavor: "legacy", release: "R", source, target, plan });
      return { warnings, text: readFileSync(join(target, "gen.cc"), "utf8") };
    };
    const first = await run([]);
    expect(first.warnings.join("\n")).toMatch(/^2 strings hold code .*gen\.cc:3/);
    expect(first.text).toContain('"lib::X $x$;"');
    const [, match = ""] = /match: "(.*?)", files/.exec(first.warnings[0] ?? "") ?? [];
    const second = await run([{ match: match.replaceAll("\\\\", "\\"), files: ["gen.cc"] }]);
    expect(second.warnings).toEqual([]);
    expect(second.text).toContain('"namespace lib_legacy {\\n"');
    expect(second.text).toContain('"lib_legacy::X $x$;"');
  });

  it("is a class of its own for the scan", async () => {
    const source = temporaryFolder();
    writeTree(source, { "gen.cc": GENERATOR });
    const { strings } = await scanTree({ tree: source, plan: isolationPlanSchema.parse({ namespaces: ["lib"] }) });
    expect(strings.map(({ class: name, count }) => [name, count])).toEqual([["generated-code", 2]]);
  });
});
