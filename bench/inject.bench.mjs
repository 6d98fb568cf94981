/**
 * Builds real components with deep ties to a library twice, by `unfork shim inject`, over two Debian releases of that library; links both flavors into one program
 * and compares what each does with the component as released over each release alone.
 * Usage: node bench/inject.bench.mjs [NAME …]. Sources: Debian's, checksummed, kept in the cache.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { fetchRelease } from "../dist/sources/fetch-release.js";
import { eachRecipe } from "./each-recipe.mjs";
import { RECIPES } from "./inject/recipes.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const UNFORK = join(HERE, "..", "bin", "unfork.js");
const FLAVORS = ["legacy", "latest"];
const COMPILERS = ["g++", "clang++"];

await eachRecipe({
  recipes: RECIPES,
  what: "component",
  prefix: "inject",
  head: [
    "| component | library | sources | flavored names | findings | CPU | compiler | library's names called, other names that both define | outputs |",
    "| --- | --- | ---: | ---: | ---: | ---: | --- | --- | --- |",
  ],
  measure,
});

async function measure(recipe, folder) {
  const component = join(folder, "component", recipe.name);
  await copyComponent(recipe, component);
  const { library } = recipe;
  const upstream = [];
  for (const [index, flavor] of FLAVORS.entries()) {
    upstream.push(await fetched(library.releases[index], folder));
    run("node", [UNFORK, "isolate", upstream[index], "--flavor", flavor, "--out", join(folder, flavor)], [0, 1]);
  }
  const out = join(folder, "flavored");
  const injected = timed([
    UNFORK,
    "shim",
    "inject",
    component,
    "--component",
    recipe.name,
    "--public",
    ...recipe.public,
    "--flavor",
    ...FLAVORS.map((flavor) => `${flavor}=${join(folder, flavor, library.include)}`),
    ...(recipe.flags ?? []).map((flag) => `--cxxflag=${flag}`),
    "--out",
    out,
    "--json",
  ]);
  const report = JSON.parse(injected.stdout);
  for (const { kind, path, line, text } of report.findings) console.error(`${recipe.name}: ${kind}: ${path}:${line}: ${text}`);
  const names = report.namespaces.length + report.names.length;
  for (const compiler of COMPILERS) {
    const alone = upstream.map((tree, index) => aloneOutput(recipe, compiler, component, tree, join(folder, `alone-${compiler}-${index}`)));
    const { outputs, calls, repeated } = bothOutputs(recipe, compiler, component, report.sources, out, folder);
    const same = outputs.every((one, index) => one === alone[index]);
    if (!same || repeated > 0) failed = true;
    const cells = [
      recipe.name,
      `${library.releases[0].package} ${library.releases.map(({ version }) => version).join(" / ")}`,
      report.sources.length,
      names,
      report.findings.length,
      `${(injected.ms / 1000).toFixed(1)} s`,
      compiler,
      `${calls.join(", ")}; ${repeated}`,
      same ? `equal (${outputs[0].length} and ${outputs[1].length} bytes)` : "differ",
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}

async function fetched(release, folder) {
  const cache = process.env["UNFORK_CACHE"] || join(homedir(), ".cache", "unfork");
  const source = { kind: "debian", package: release.package, version: release.version, suites: release.suites, into: "." };
  return (await fetchRelease({ id: `${release.package}-${release.version}`, keep: [], sources: [source] }, { cache, baseFolder: folder }))
    .path;
}

async function copyComponent(recipe, component) {
  const tree = await fetched(recipe.package, dirname(component));
  for (const [from, to, wants] of recipe.files) {
    mkdirSync(join(component, to), { recursive: true });
    for (const name of readdirSync(join(tree, from)))
      if (wants.test(name))
        copyFileSync(join(tree, from, name), join(component, to, name.replace(recipe.renamed?.[0] ?? name, recipe.renamed?.[1] ?? name)));
  }
  if (recipe.written !== undefined) writeFileSync(join(component, recipe.written[0]), recipe.written[1]);
}

/** The component as released, over one release. */
function aloneOutput(recipe, compiler, component, tree, folder) {
  mkdirSync(folder, { recursive: true });
  const includes = ["-I", component, "-I", join(tree, recipe.library.include)];
  const sources = readdirSync(component).filter((name) => /\.(?:c|cc|cpp)$/.test(name));
  const objects = [
    ...sources.map((name, index) =>
      compiled(compiler, join(component, name), join(folder, `c${index}.o`), [...includes, ...(recipe.flags ?? [])]),
    ),
    ...libraryObjects(recipe, compiler, tree, folder, "l"),
    compiled(compiler, join(HERE, "inject", recipe.driver), join(folder, "main.o"), [...includes, "-DALONE"]),
  ];
  run(compiler, [...objects, "-o", join(folder, "program"), "-lm"]);
  return run(join(folder, "program"), ["0", join(folder, "file")]);
}

/** Both flavors in one program. */
function bothOutputs(recipe, compiler, component, sources, out, folder) {
  const made = join(folder, `both-${compiler}`);
  mkdirSync(made, { recursive: true });
  const flavored = FLAVORS.map((flavor) => {
    const tree = join(folder, flavor);
    const own = [
      "-include",
      join(out, "include", recipe.name, "flavored.h"),
      `-D${recipe.name.toUpperCase()}_FLAVOR_${flavor.toUpperCase()}=1`,
    ];
    const args = [...own, "-I", component, "-I", join(tree, recipe.library.include), ...(recipe.flags ?? [])];
    return sources.map((name, index) => compiled(compiler, join(component, name), join(made, `${flavor}-${index}.o`), args));
  });
  const libraries = FLAVORS.map((flavor) => libraryObjects(recipe, compiler, join(folder, flavor), made, `library-${flavor}`));
  const program = join(made, "program");
  const includes = ["-I", join(out, "include"), "-I", component, "-I", dirname(component)];
  const main = compiled(compiler, join(HERE, "inject", recipe.driver), join(made, "main.o"), includes);
  run(compiler, [main, ...flavored.flat(), ...libraries.flat(), "-o", program, "-lm"]);
  const outputs = FLAVORS.map((_, index) => run(program, [String(index), join(made, `file-${index}`)]));
  const calls = FLAVORS.map((flavor, index) => {
    const defined = new Set(symbols(libraries[index], "T", "B", "D", "R", "V", "W"));
    const called = symbols(flavored[index], "U").filter((name) => defined.has(name));
    const strange = called.filter((name) => !name.includes(`_${flavor}`));
    if (strange.length > 0) throw new Error(`${flavor} calls ${strange.join(", ")}`);
    return new Set(called).size;
  });
  const [first, second] = flavored.map((objects) => new Set(symbols(objects, "T", "B", "D", "R")));
  return { outputs, calls, repeated: [...first].filter((name) => second.has(name)).length };
}

function libraryObjects({ library }, compiler, tree, folder, prefix) {
  const args = ["-I", join(tree, library.include), ...(library.flags ?? [])];
  return library.sources.map((name, index) => compiled(compiler, join(tree, name), join(folder, `${prefix}-${index}.o`), args));
}

function compiled(compiler, source, object, args) {
  const language = source.endsWith(".c") ? ["-x", "c", "-std=gnu11"] : ["-std=c++17"];
  run(compiler, [...language, "-O1", "-w", ...args, "-c", source, "-o", object]);
  return object;
}

function symbols(objects, ...kinds) {
  return run("nm", ["-P", ...objects])
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([name, kind]) => name !== "" && kinds.includes(kind))
    .map(([name]) => name);
}

/** Processor time of a command and its children. */
function timed(args) {
  const { stdout, stderr, status } = spawnSync("bash", ["-c", 'TIMEFORMAT="%U %S"; time node "$@"', "bash", ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const times = /([\d.]+) ([\d.]+)\n?$/.exec(stderr);
  if (![0, 1].includes(status) || times === null) throw new Error(`${args.slice(1, 3).join(" ")} ended with ${status}: ${stderr}`);
  return { stdout, ms: (Number(times[1]) + Number(times[2])) * 1000 };
}

function run(command, args, good = [0]) {
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (good.includes(status ?? -1)) return stdout;
  const errors = stderr.split("\n").filter((line) => /error|undefined|multiple/.test(line));
  throw new Error(
    `${command} ${args.at(-1)} ended with ${status}: ${(errors.length > 0 ? errors : stderr.split("\n")).slice(0, 8).join("\n")}`,
  );
}
