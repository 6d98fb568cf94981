/**
 * Makes shims over real libraries, two releases of each: isolates both, takes snapshots, generates, compiles with g++ and clang++, and
 * runs the generated tests under AddressSanitizer and UBSan. Usage: node bench/real-shims.bench.mjs [NAME …]. Sources: Debian's, checksummed, kept in the cache.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { fetchRelease } from "../dist/sources/fetch-release.js";
import { eachRecipe } from "./each-recipe.mjs";
import { RECIPES } from "./real-shims/recipes.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const UNFORK = join(HERE, "..", "bin", "unfork.js");
const RUNTIME = join(HERE, "..", "runtime", "include");
const FLAVORS = ["legacy", "latest"];
const SANITIZED = ["-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

await eachRecipe({
  recipes: RECIPES,
  what: "library",
  prefix: "shim",
  head: [
    "| library | releases | classes + structs + enums | items | generated | snapshots + generate, CPU | compiler | checks, failed, not tested (legacy; latest) |",
    "| --- | --- | --- | ---: | ---: | ---: | --- | --- |",
  ],
  measure,
});

async function measure(recipe, folder) {
  for (const [index, flavor] of FLAVORS.entries()) await isolate(recipe, recipe.releases[index], flavor, folder);
  const cpu = FLAVORS.map((flavor) => snapshot(recipe, flavor, folder)).reduce((sum, one) => sum + one, 0);
  const out = join(folder, "shim");
  const surface = recipe.surface === undefined ? ["--library", recipe.library ?? recipe.name] : ["--surface", surfaceFile(recipe, folder)];
  const archives = FLAVORS.map((flavor) => `${flavor}=${libraryOf(recipe, flavor, folder)}`);
  const made = timed([
    UNFORK,
    "shim",
    "generate",
    "--json",
    "--flavor",
    ...FLAVORS.map((flavor) => `${flavor}=${join(folder, `${flavor}.json`)}`),
    ...surface,
    "--archive",
    ...archives,
    "--out",
    out,
  ]);
  const { coverage } = JSON.parse(made.stdout);
  const items = coverage.generated + coverage.handWritten + coverage.unsupported;
  const name = JSON.parse(readFileSync(join(out, "shim.json"), "utf8")).namespace;
  for (const compiler of ["g++", "clang++"]) {
    const said = test(recipe, compiler, name, out, folder);
    const cells = [
      recipe.name,
      recipe.releases.map(({ version }) => version).join(" / "),
      `${coverage.classes} + ${coverage.structs} + ${coverage.enums}`,
      items,
      `${(Math.floor(coverage.percentGenerated * 10) / 10).toFixed(1)} %`,
      `${((cpu + made.ms) / 1000).toFixed(1)} s`,
      compiler,
      said,
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}

async function isolate({ prepare, written = {} }, release, flavor, folder) {
  const cache = process.env["UNFORK_CACHE"] || join(homedir(), ".cache", "unfork");
  const source = { kind: "debian", package: release.package, version: release.version, suites: release.suites, into: "." };
  const fetched = await fetchRelease(
    { id: `${release.package}-${release.version}`, keep: [], sources: [source] },
    { cache, baseFolder: folder },
  );
  run("node", [UNFORK, "isolate", fetched.path, "--flavor", flavor, "--out", join(folder, flavor)], [0, 1]);
  for (const [path, text] of Object.entries(written)) writeFileSync(join(folder, flavor, path), text);
  if (prepare !== undefined) run("sh", ["-c", `cd '${join(folder, flavor)}' && chmod -R u+w . && ${prepare}`]);
}

function snapshot({ headers, root, language, std, flags = [], surface }, flavor, folder) {
  const tree = join(folder, flavor, root);
  const args = [
    "--headers",
    ...headers.map((one) => join(tree, one)),
    "--root",
    tree,
    "--include",
    tree,
    "--language",
    language,
    "--std",
    std,
    ...(surface === undefined ? [] : ["--surface", surfaceFile({ surface }, folder)]),
  ];
  return timed([UNFORK, "api", "snapshot", ...args, ...flags.map((flag) => `--cxxflag=${flag}`), "--out", join(folder, `${flavor}.json`)])
    .ms;
}

/** Processor time of a command and its children. */
function timed(args) {
  const { stdout, stderr, status } = spawnSync("bash", ["-c", 'TIMEFORMAT="%U %S"; time node "$@"', "bash", ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const times = /([\d.]+) ([\d.]+)\n?$/.exec(stderr);
  if (status !== 0 || times === null) throw new Error(`${args.slice(1, 3).join(" ")} ended with ${status}: ${stderr}`);
  return { stdout, ms: (Number(times[1]) + Number(times[2])) * 1000 };
}

function surfaceFile({ surface }, folder) {
  const path = join(folder, "surface.json");
  writeFileSync(path, JSON.stringify(surface));
  return path;
}

/** Compiles the library in both flavors and the tests, all under sanitizers, and says what the tests print. */
/** The library by itself, so that what its headers declare and nobody defines is known. */
function libraryOf(recipe, flavor, folder) {
  const tree = join(folder, flavor);
  const archive = join(folder, `lib${flavor}.a`);
  const objects = sourcesOf(recipe, tree).map((source, index) => {
    const object = join(folder, `${flavor}-${index}.o`);
    const flags = [`-std=${recipe.std.replace("c11", "gnu11")}`, "-O0", "-w", ...includesOf(recipe, tree)];
    run(recipe.language === "c" ? "gcc" : "g++", [...flags, "-c", source, "-o", object]);
    return object;
  });
  run("ar", ["rcs", archive, ...objects]);
  return archive;
}

function test(recipe, compiler, name, out, folder) {
  const objects = [];
  const cc = recipe.language === "c" ? { "g++": "gcc", "clang++": "clang" }[compiler] : compiler;
  const compile = (command, source, args) => {
    const object = join(folder, `${compiler}-${objects.length}.o`);
    objects.push(object);
    run(command, [...args, "-c", source, "-o", object]);
  };
  for (const flavor of FLAVORS) {
    const tree = join(folder, flavor);
    const includes = includesOf(recipe, tree);
    for (const source of sourcesOf(recipe, tree))
      compile(cc, source, [...SANITIZED, `-std=${recipe.std.replace("c11", "gnu11")}`, "-w", ...includes]);
    compile(compiler, join(out, "tests", `${name}_test_${flavor}.cc`), [
      ...SANITIZED,
      "-std=c++17",
      "-I",
      join(out, "include"),
      "-I",
      RUNTIME,
      ...includes,
    ]);
  }
  compile(compiler, join(out, "tests", `${name}_test.cc`), [...SANITIZED, "-std=c++17"]);
  const program = join(folder, `test-${compiler}`);
  run(compiler, [...SANITIZED, ...objects, "-o", program, "-lpthread"]);
  const { stdout, stderr, status, signal } = spawnSync(program, [], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${compiler}: the tests end with ${status ?? signal}: ${stdout} ${stderr}`);
  return stdout
    .split("\n")
    .filter((line) => line.includes("checks"))
    .map((line) => /(\d+) checks, (\d+) failed, (\d+) not/.exec(line)?.slice(1).join(", "))
    .join("; ");
}

function run(command, args, good = [0]) {
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (!good.includes(status ?? -1)) {
    const errors = stderr.split("\n").filter((line) => /error|undefined/.test(line));
    throw new Error(
      `${command} ${args.at(-1)} ended with ${status}: ${(errors.length > 0 ? errors : stderr.split("\n")).slice(0, 8).join("\n")}`,
    );
  }
  return stdout;
}

function includesOf({ root, include = [], flags = [] }, tree) {
  return [...[root, ...include].flatMap((one) => ["-I", join(tree, one)]), ...flags];
}

function sourcesOf({ sources, except = [] }, tree) {
  const unwanted = except.map(wanting);
  return sources.flatMap((pattern) => matching(tree, pattern)).filter((path) => !unwanted.some((one) => one.test(basename(path))));
}

function wanting(name) {
  return new RegExp(`^${name.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
}

/** Files of a tree by a pattern whose last part may hold a star. */
function matching(tree, pattern) {
  const wants = wanting(basename(pattern));
  return readdirSync(join(tree, dirname(pattern)))
    .filter((one) => wants.test(one))
    .toSorted()
    .map((one) => join(tree, dirname(pattern), one));
}
