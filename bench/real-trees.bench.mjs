/**
 * Isolates whole libraries, two releases of each, by the command alone; builds both by their own means, links them into one
 * program and runs it. Usage: node bench/real-trees.bench.mjs [NAME …]. Sources: Debian's, checksummed, kept in the cache.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { fetchRelease } from "../dist/sources/fetch-release.js";
import { RECIPES } from "./real-trees/recipes.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const SIDES = join(HERE, "real-trees");
const UNFORK = join(HERE, "..", "bin", "unfork.js");

const wanted = process.argv.slice(2);
const recipes = RECIPES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (recipes.length === 0) {
  console.error(`no library is called ${wanted.join(", ")}; there are ${RECIPES.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}
console.log("| library | releases | files | edits | undecided | isolated in | names defined | defined by both | one program says |");
console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
let failed = false;
for (const recipe of recipes) {
  const folder = mkdtempSync(join(tmpdir(), `unfork-${recipe.name}-`));
  try {
    console.log(await measure(recipe, folder));
  } catch (error) {
    failed = true;
    console.log(`| ${recipe.name} | failed: ${String(error.message).split("\n").slice(0, 4).join(" ").slice(0, 400)} |`);
  } finally {
    if (process.env["KEEP"] === undefined) rmSync(folder, { recursive: true, force: true });
  }
}
process.exit(failed ? 1 : 0);

async function measure(recipe, folder) {
  for (const tool of recipe.tools ?? []) {
    if (spawnSync(tool, ["--version"]).error !== undefined) return `| ${recipe.name} | not measured: ${tool} is not installed |`;
  }
  const sides = [];
  for (const release of recipe.releases) sides.push(await oneSide(recipe, release, folder));
  const [first, second] = sides.map(({ names }) => names);
  const common = [...first].filter((name) => second.has(name) && !isToolchains(name));
  const said = program(recipe, sides, folder);
  const each = (of) => sides.map(of).join(" / ");
  const cells = [
    recipe.title ?? recipe.name,
    each(({ version }) => version),
    each(({ isolated }) => isolated.files),
    each(({ isolated }) => isolated.edits),
    each(({ isolated }) => isolated.undecided.length),
    each(({ ms }) => `${(ms / 1000).toFixed(1)} s`),
    `${first.size} / ${second.size}`,
    common.length === 0 ? "0" : `${common.length}: ${common.slice(0, 4).join(", ")}`,
    said.join("<br>"),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Isolates and builds one release, and compiles its side of the program. */
async function oneSide(recipe, release, folder) {
  const cache = process.env["UNFORK_CACHE"] || join(homedir(), ".cache", "unfork");
  const source = { kind: "debian", package: release.package, version: release.version, suites: release.suites, into: "." };
  const fetched = await fetchRelease(
    { id: `${release.package}-${release.version}`, keep: [], sources: [source] },
    { cache, baseFolder: folder },
  );
  const tree = join(folder, release.flavor);
  const policy = join(folder, "policy.json");
  if (recipe.policy !== undefined) writeFileSync(policy, JSON.stringify(recipe.policy));
  const rules = recipe.policy === undefined ? [] : ["--policy", policy];
  const since = performance.now();
  const ran = spawnSync(
    process.execPath,
    [UNFORK, "isolate", fetched.path, "--flavor", release.flavor, "--out", tree, "--json", ...rules],
    {
      encoding: "utf8",
      maxBuffer: 1 << 30,
    },
  );
  const ms = performance.now() - since;
  if (ran.status !== 0 && ran.status !== 1) throw new Error(`isolate ended with ${ran.status}: ${ran.stderr}`);
  const isolated = JSON.parse(ran.stdout);
  run("chmod", ["-R", "u+w", tree], folder);
  for (const line of recipe.build ?? []) run("sh", ["-c", line], tree);
  const object = join(folder, `${release.flavor}.o`);
  const compiler = recipe.side.endsWith(".c") ? ["gcc", "-O1"] : ["g++", "-O1", "-std=c++17"];
  const macros = [`-DFLAVOR=${release.flavor}`, `-DRELEASE="${release.version}"`, "-w"];
  run(
    compiler[0],
    [...compiler.slice(1), ...macros, ...(recipe.flags ?? []), `-I${SIDES}`, "-c", join(SIDES, recipe.side), "-o", object],
    tree,
  );
  const archives = (recipe.archives ?? []).map((name) => join(tree, name));
  return {
    ...release,
    version: fetched.origin.split(" ")[1],
    isolated,
    ms,
    tree,
    object,
    archives,
    names: definedNames([...archives, object], folder),
  };
}

/** Links both sides into one program and gives the lines that it prints. */
function program(recipe, sides, folder) {
  const [legacy, latest] = sides.map(({ flavor }) => flavor);
  const main = join(SIDES, recipe.main ?? "main.c");
  const object = join(folder, "main.o");
  run("gcc", ["-O1", `-Dversion_legacy=version_${legacy}`, `-Dversion_latest=version_${latest}`, "-c", main, "-o", object], folder);
  const inputs = sides.flatMap(({ object: side, archives }) => [side, ...archives]);
  mkdirSync(join(folder, "bin"), { recursive: true });
  run("g++", [object, ...inputs, ...(recipe.link ?? []), "-o", join(folder, "bin", "both")], folder);
  return run(join(folder, "bin", "both"), [], folder)
    .trim()
    .split("\n");
}

/** Global names that archives and objects define, as `nm` tells them. */
function definedNames(files, folder) {
  const lines = run("nm", ["-g", "--defined-only", ...files], folder).split("\n");
  return new Set(lines.flatMap((line) => /^[0-9a-f]+ [A-Za-z] (\S+)$/.exec(line)?.[1] ?? []));
}

/** A name of the compiler's or of `std::` alone, with nothing of a library in it. */
function isToolchains(name) {
  if (/^(DW\.ref\.|__clang_call_terminate|__odr_asan|_ZdlPv|_Znwm)/.test(name)) return true;
  const text = spawnSync("c++filt", ["--", name], { encoding: "utf8" }).stdout.trim();
  const heads = [...text.matchAll(/(?<![\w:])([A-Za-z_]\w*)::/g)].map(([, head]) => head);
  return heads.length > 0 && heads.every((head) => ["std", "__gnu_cxx", "__cxxabiv1"].includes(head));
}

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync("nice", ["-n", "10", command, ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (error !== undefined) throw error;
  if (status === 0) return stdout;
  const why = stderr.split("\n").filter((line) => /error|undefined reference|multiple definition|\*\*\*/.test(line));
  throw new Error(
    `${command} ${args.join(" ").slice(0, 120)} ended with ${status}: ${(why.length > 0 ? why : [stderr]).slice(0, 3).join(" · ")}`,
  );
}
