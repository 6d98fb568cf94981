/** Fixtures that say how they are compiled: both sides compile, and define the same names apart from the flavor. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { runOk } from "../../src/support/exec.js";
import { unflavorFor } from "../../src/tokens/unflavor.js";
import { missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";

const cases = fileURLToPath(new URL("../fixtures/isolate/", import.meta.url));

interface Compiled {
  readonly plan: unknown;
  /** Whether all its C and C++ sources make one program. */
  readonly program?: boolean;
  /** Files and flags by compiler. */
  readonly compile?: readonly { readonly tools: readonly string[]; readonly file: string; readonly flags: readonly string[] }[];
}

const units = readdirSync(cases).flatMap((name) => {
  const { compile = [], plan } = JSON.parse(readFileSync(join(cases, name, "case.json"), "utf8")) as Compiled;
  return compile.flatMap(({ tools, file, flags }) =>
    tools.map((tool) => ({ name, tool, file, flags, plan: isolationPlanSchema.parse(plan) })),
  );
});

async function definedNames(tool: string, root: string, file: string, flags: readonly string[]): Promise<string[]> {
  const object = join(temporaryFolder(), `${basename(file)}.o`);
  await runOk({
    command: tool,
    args: [...flags, ...(tool === "nasm" ? [] : ["-w", "-c"]), "-I", `${root}/`, join(root, file), "-o", object],
  });
  const { stdout } = await runOk({ command: "nm", args: ["-g", "--defined-only", "-P", object] });
  return stdout
    .toString("latin1")
    .split("\n")
    .map((line) => line.split(" ")[0] ?? "");
}

describe.each(units)("$name/$file by $tool", async ({ name, tool, file, flags, plan }) => {
  const missing = await missingTools(tool, "nm");

  it.skipIf(missing.length > 0)(
    `defines the same names before and after${missing.length > 0 ? ` (needs ${missing.join(", ")})` : ""}`,
    async () => {
      const before = await definedNames(tool, join(cases, name, "before"), file, flags);
      const target = join(temporaryFolder(), "out");
      const result = await isolateTree({ flavor: "legacy", release: "R1", source: join(cases, name, "before"), target, plan });
      const ofNames = unflavorFor("legacy", [...result.namespaces, ...result.names]);
      // Macros build names that no token spells.
      const unflavor = (symbol: string): string =>
        symbol.startsWith("_Z") ? ofNames(symbol) : ofNames(symbol).replaceAll(/_legacy(?=_|$)/g, "");
      const after = await definedNames(tool, target, file, flags);
      expect(after.filter((symbol) => symbol.includes("_legacy_legacy"))).toEqual([]);
      expect(after.map(unflavor).toSorted()).toEqual(before.toSorted());
    },
  );
});

const programs = readdirSync(cases).flatMap((name) => {
  const { program, plan } = JSON.parse(readFileSync(join(cases, name, "case.json"), "utf8")) as Compiled;
  return program === true ? [{ name, plan: isolationPlanSchema.parse(plan) }] : [];
});

/** What the program of all sources in a folder prints. */
async function printed(root: string): Promise<string> {
  const folder = temporaryFolder();
  const sources = readdirSync(root).filter((file) => /\.(c|cc)$/.test(file));
  for (const file of sources)
    await runOk({ command: file.endsWith(".c") ? "gcc" : "g++", args: ["-w", "-c", join(root, file), "-o", join(folder, `${file}.o`)] });
  await runOk({ command: "g++", args: [...sources.map((file) => join(folder, `${file}.o`)), "-o", join(folder, "program")] });
  const { stdout } = await runOk({ command: join(folder, "program"), args: [] });
  return stdout.toString();
}

describe.each(programs)("the program of $name", async ({ name, plan }) => {
  const missing = await missingTools("gcc", "g++");

  it.skipIf(missing.length > 0)(
    `prints the same before and after${missing.length > 0 ? ` (needs ${missing.join(", ")})` : ""}`,
    async () => {
      const source = join(cases, name, "before");
      const before = await printed(source);
      expect(before).not.toBe("");
      const target = join(temporaryFolder(), "out");
      await isolateTree({ flavor: "legacy", release: "R1", source, target, plan });
      expect(await printed(target)).toBe(before);
    },
  );
});
