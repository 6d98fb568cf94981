/** What the command says of each case is what compilers say: it fails with the compatibility header, and builds and runs once mended. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { inspectCallsites, writeChanged } from "../../../src/isolate/callsites/callsites.js";
import { isolateTree } from "../../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../../src/model/isolation.js";
import { run, runOk } from "../../../src/support/exec.js";
import { missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { callsiteCases, COMPATIBILITY, LIBRARY } from "./cases.js";

const KINDS = ["using", "alias"] as const;
const missing = await missingTools("g++", "clang++");
const compilers = ["g++", "clang++"].filter((compiler) => !missing.includes(compiler));
const root = temporaryFolder();
const isolated = join(root, "isolated");

beforeAll(async () => {
  await isolateTree({
    flavor: "legacy",
    release: "R1",
    source: LIBRARY,
    target: isolated,
    plan: isolationPlanSchema.parse({ namespaces: ["meter"] }),
  });
  for (const kind of KINDS) writeFileSync(join(root, `${kind}.h`), COMPATIBILITY[kind]);
});

/** The library's objects, compiled once for each compiler and tree. */
const objects = new Map<string, Promise<string[]>>();

async function libraryObjects(library: string, compiler: string, define: readonly string[]): Promise<string[]> {
  const folder = temporaryFolder();
  const [cc, c] = [join(folder, "gauge.o"), join(folder, "c.o")];
  const include = ["-I", join(library, "include"), ...define, "-c"];
  await runOk({ command: compiler, args: ["-std=c++20", ...include, join(library, "src/gauge.cc"), "-o", cc] });
  await runOk({ command: compiler, args: ["-x", "c", ...include, join(library, "src/c.c"), "-o", c] });
  return [cc, c];
}

/** Compiles, links and runs; gives what the first step that failed said, or "". */
async function build(source: string, library: string, compiler: string, flags: readonly string[]): Promise<string> {
  const define = flags.filter((flag) => flag.startsWith("-D"));
  const key = [library, compiler, ...define].join(" ");
  const known = objects.get(key) ?? libraryObjects(library, compiler, define);
  objects.set(key, known);
  const args = ["-std=c++20", "-w", "-I", join(library, "include"), ...flags, source, ...(await known), "-o", `${source}.${compiler}`];
  const compiled = await run({ command: compiler, args });
  if (compiled.code !== 0) return compiled.stderr.toString();
  const ran = await run({ command: `${source}.${compiler}`, args: [] });
  return ran.code === 0 ? "" : `ended with ${ran.code}`;
}

describe.skipIf(compilers.length === 0).each(callsiteCases())("the case $name", ({ name, source, expected, flags, original }) => {
  it.runIf(original)("is a program that works with the library as released", async () => {
    const file = join(root, `${name}.original.cc`);
    writeFileSync(file, source);
    for (const compiler of compilers) expect(await build(file, LIBRARY, compiler, flags), compiler).toBe("");
  });

  it.each(KINDS)("is told, fails and is mended where the header imports by %s", async (kind) => {
    const app = join(root, `${name}.${kind}`);
    mkdirSync(app);
    const file = join(app, "app.cc");
    writeFileSync(file, source);
    const request = {
      app,
      library: isolated,
      namespaces: [],
      import: kind,
      map: new Map<string, string>(),
      namesServed: false,
      exclude: [],
    };
    const { report, changed } = await inspectCallsites(request);
    expect(report.findings.map(({ construct, line, column }) => `${construct} ${line}:${column}`)).toEqual(expected[kind]);
    const withHeader = ["-include", join(root, `${kind}.h`), ...flags];
    const before = await Promise.all(compilers.map((compiler) => build(file, isolated, compiler, withHeader)));
    if (report.findings.length > 0) expect(before.join("")).not.toBe("");
    await writeChanged(app, changed);
    for (const compiler of compilers) expect(await build(file, isolated, compiler, withHeader), compiler).toBe("");
    expect((await inspectCallsites(request)).report.findings).toEqual([]);
    expect(readFileSync(file, "utf8").split("\n").length).toBe(source.split("\n").length);
  });
});

describe.skipIf(compilers.length === 0)("objects of the compatibility header alone", () => {
  it.each(KINDS)("hold no byte when it imports by %s", async (kind) => {
    const file = join(root, `${kind}-alone.cc`);
    writeFileSync(file, COMPATIBILITY[kind]);
    await runOk({ command: compilers[0] as string, args: ["-c", file, "-o", `${file}.o`] });
    const { stdout } = await runOk({ command: "size", args: [`${file}.o`] });
    expect(stdout.toString("utf8").split("\n")[1]?.trim().split(/\s+/).slice(0, 3)).toEqual(["0", "0", "0"]);
  });
});
