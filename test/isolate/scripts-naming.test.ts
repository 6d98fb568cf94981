/** Scripts that name renamed symbols: they are not edited, and the run says so. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { temporaryFolder } from "../helpers/temp.js";

const PLAN = isolationPlanSchema.parse({});
const TABLE = "# the functions that get a table\nadd_proto('int', 'pump_start');\nadd_proto('int', 'pump_stop', 'pump_start');\n";

function tree(files: Readonly<Record<string, string>>): string {
  const source = temporaryFolder();
  mkdirSync(join(source, "tools"));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(source, path), text);
  return source;
}

async function isolated(source: string) {
  const target = join(temporaryFolder(), "out");
  return { target, result: await isolateTree({ flavor: "legacy", release: "R1", source, target, plan: PLAN }) };
}

describe("a tree with scripts", () => {
  const code = { "pump.c": "int pump_start(void) { return 1; }\nint pump_stop(void) { return 0; }\nint pump;\n" };

  it("is told which of them name renamed symbols, with the first place; they stay as they are", async () => {
    const { target, result } = await isolated(tree({ ...code, "tools/table.pl": TABLE, "tools/other.py": "print('pump')\n" }));
    expect(result.warnings).toEqual([
      "1 script names renamed symbols and is not read, what comes of it keeps the old names: tools/table.pl:2 'pump_start' and 1 more",
    ]);
    expect(readFileSync(join(target, "tools/table.pl"), "utf8")).toBe(TABLE);
  });

  it("is told of the scripts with the most names where there are several, and of nothing when none names any", async () => {
    const several = Object.fromEntries(["a", "b", "c", "d"].map((name) => [`tools/${name}.sh`, "nm pump_stop\n"]));
    const { result } = await isolated(tree({ ...code, ...several, "tools/z.pl": TABLE }));
    expect(result.warnings).toEqual([
      "5 scripts name renamed symbols and are not read, what comes of it keeps the old names: " +
        "tools/z.pl:2 'pump_start' and 1 more, tools/a.sh:1 'pump_stop', tools/b.sh:1 'pump_stop'",
    ]);
    expect((await isolated(tree({ ...code, "tools/none.pl": "print 'pump_stopped';\n" }))).result.warnings).toEqual([]);
  });

  it("is told which grammars, interfaces and sources of other languages do", async () => {
    const grammar = "%%\nunit: WORD { pump_start(); } ;\n%%\n";
    const { target, result } = await isolated(tree({ ...code, "units.y": grammar, "tools/x.swift": "let a = pump_stop()\n" }));
    expect(result.warnings).toEqual([
      "2 sources of a generator or another language name renamed symbols and are not read, what comes of it keeps the old names: " +
        "tools/x.swift:1 'pump_stop', units.y:2 'pump_start'",
    ]);
    expect(readFileSync(join(target, "units.y"), "utf8")).toBe(grammar);
  });

  it("is told of namespaces in such files, which scripts may have as packages", async () => {
    const source = tree({
      "a.cc": "namespace rig { int f() { return 1; } }\n",
      "w.l": "%%\nx { rig::f(); }\n",
      "tools/p.pl": "rig::f();\n",
    });
    const plan = isolationPlanSchema.parse({ namespaces: ["rig"] });
    const { warnings } = await isolateTree({ flavor: "legacy", release: "R1", source, target: join(temporaryFolder(), "out"), plan });
    expect(warnings).toEqual([
      "1 source of a generator or another language names renamed symbols and is not read, what comes of it keeps the old names: w.l:2 'rig'",
    ]);
  });
});
