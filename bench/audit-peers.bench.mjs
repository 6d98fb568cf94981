/**
 * Holds the audit's battery (test/fixtures/audit) against what linkers and other tools say of the same cases: how many of the cases
 * with an error or a warning each tool speaks up on, and on how many of the others.
 * Usage: node bench/audit-peers.bench.mjs [--json]. Tools that are not installed are left out and named.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BATTERY = fileURLToPath(new URL("../test/fixtures/audit", import.meta.url));
const BIN = fileURLToPath(new URL("../bin/unfork.js", import.meta.url));
const FLAVORS = ["legacy", "latest"];
const FLAGS = ["-g", "-O1", "-w"];

const TOOLS = [
  { name: "unfork audit", needs: [], speaks: byUnfork },
  { name: "ld.bfd", needs: ["ld.bfd"], speaks: (build) => byLinker(build, "bfd", []) },
  { name: "gold --detect-odr-violations", needs: ["ld.gold"], speaks: (build) => byLinker(build, "gold", ["-Wl,--detect-odr-violations"]) },
  { name: "ld.lld", needs: ["ld.lld"], speaks: (build) => byLinker(build, "lld", []) },
  { name: "g++ -flto -Wodr", needs: ["g++"], speaks: byLto },
  { name: "abidiff", needs: ["abidiff"], speaks: byAbidiff },
];

const folder = mkdtempSync(join(tmpdir(), "unfork-bench-"));
try {
  main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function main() {
  const tools = TOOLS.filter(({ needs }) => needs.every(isThere));
  const cases = readdirSync(BATTERY).toSorted().map(readCase);
  const rows = cases.map((one) => {
    const build = buildCase(one);
    return Object.assign(one, { said: Object.fromEntries(tools.map((tool) => [tool.name, tool.speaks(build)])) });
  });
  if (process.argv.includes("--json")) console.log(JSON.stringify(rows, null, 2));
  else printTable(rows, tools);
  for (const { name } of TOOLS.filter((tool) => !tools.includes(tool))) console.log(`not installed: ${name}`);
}

function isThere(tool) {
  return spawnSync(tool, ["--version"], { stdio: "ignore" }).error === undefined;
}

function readCase(name) {
  const given = JSON.parse(readFileSync(join(BATTERY, name, "case.json"), "utf8"));
  const findings = Array.isArray(given.findings) ? given.findings : given.findings["g++"];
  return { name, given, category: categoryOf(findings), wants: findings.some((finding) => !finding.startsWith("note ")) };
}

/** The category of the gravest finding, or "nothing". */
function categoryOf(findings) {
  const worst = findings.find((one) => one.startsWith("error ")) ?? findings.find((one) => one.startsWith("warning ")) ?? findings[0];
  return worst === undefined ? "nothing" : worst.split(" ")[1];
}

function buildCase({ name, given }) {
  const place = join(folder, name);
  const sides = [...FLAVORS, "shared"].map((flavor) => [flavor, buildSide(place, name, given, flavor)]);
  return { name, given, place, sides: Object.fromEntries(sides) };
}

/** The sources and objects of one flavor. */
function buildSide(place, name, given, flavor) {
  mkdirSync(join(place, flavor), { recursive: true });
  const from = flavor === "shared" ? ["shared"] : ["both", flavor];
  const sources = from.flatMap((side) => {
    const home = join(BATTERY, name, side);
    return (existsSync(home) ? readdirSync(home).toSorted() : []).map((file) => {
      const source = join(place, flavor, file);
      writeFileSync(source, readFileSync(join(home, file), "utf8").replaceAll("FLAVOR", flavor));
      return source;
    });
  });
  const flags = (given.flags ?? []).concat(given.flagsOf?.[flavor] ?? []);
  const objects = sources.map((source) => compile(source, flags, FLAGS, ".o"));
  for (const object of objects) redefine(object, given.redefine?.[flavor] ?? {});
  const archive = join(place, flavor, "lib.a");
  if (objects.length > 0) must("ar", ["rcsD", archive, ...objects]);
  return { sources, objects, archive, flags };
}

function compile(source, flags, more, ending) {
  const isC = /\.[cS]$/.test(source);
  const own = flags.filter((flag) => (isC ? !flag.startsWith("-std=c++") : flag !== "-fcommon"));
  must(isC ? "gcc" : "g++", [...more, "-fPIC", ...own, "-c", source, "-o", source + ending]);
  return source + ending;
}

function redefine(object, names) {
  if (Object.keys(names).length === 0) return;
  const symbols = spawnSync("nm", ["-P", object], { encoding: "utf8" })
    .stdout.split("\n")
    .map((line) => line.split(" ")[0]);
  const args = symbols.flatMap((symbol) => {
    const to = Object.entries(names).reduce((text, [a, b]) => text.replaceAll(`${a.length}${a}`, `${b.length}${b}`), symbol);
    return to === symbol ? [] : ["--redefine-sym", `${symbol}=${to}`];
  });
  must("objcopy", [...args, object]);
}

function byUnfork({ place, given, sides }) {
  const paths = FLAVORS.map((flavor) => [flavor, given.objects === true ? sides[flavor].objects : [sides[flavor].archive]]);
  const flavors = paths.flatMap(([flavor, files]) => files.flatMap((file) => ["--flavor", `${flavor}=${file}`]));
  const list = join(place, "allow.json");
  writeFileSync(list, JSON.stringify({ shared: given.allow ?? [] }));
  const alone = given.single === undefined ? flavors : ["--single", sides[given.single].archive, "--flavor", given.single];
  const shared = sides.shared.objects.length === 0 ? [] : ["--shared", sides.shared.archive];
  const { status } = spawnSync(process.execPath, [BIN, "audit", ...alone, ...shared, "--allow", list, "--fail-on", "warning"], {
    stdio: "ignore",
  });
  if (status !== 0 && status !== 1) throw new Error(`unfork audit ended with ${status} on ${place}`);
  return status === 1;
}

/** Both flavors whole in one shared library: whether the linker says anything at all. */
function byLinker({ place, sides }, linker, flags) {
  const archives = [...FLAVORS, "shared"].filter((side) => sides[side].objects.length > 0).map((side) => sides[side].archive);
  return says("g++", [
    `-fuse-ld=${linker}`,
    "-shared",
    "-o",
    join(place, `${linker}.so`),
    ...flags,
    "-Wl,--whole-archive",
    ...archives,
    "-Wl,--no-whole-archive",
  ]);
}

/** GCC's comparison of types and functions while it optimises the whole program. */
function byLto({ place, sides }) {
  const objects = [...FLAVORS, "shared"].flatMap((side) =>
    sides[side].sources.map((source) => compile(source, sides[side].flags, ["-g", "-O1", "-flto", "-Wodr"], ".lto.o")),
  );
  return says("g++", ["-flto", "-O1", "-Wodr", "-shared", "-fPIC", "-o", join(place, "lto.so"), ...objects]);
}

/** Each flavor as a shared library: whether it reports any difference between them. */
function byAbidiff({ place, sides }) {
  const libraries = FLAVORS.map((flavor) => {
    const library = join(place, `${flavor}.so`);
    must("g++", ["-shared", "-o", library, "-Wl,--whole-archive", sides[flavor].archive, "-Wl,--no-whole-archive"]);
    return library;
  });
  return spawnSync("abidiff", libraries, { stdio: "ignore" }).status !== 0;
}

function says(command, args) {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  return status !== 0 || /multiple definition|duplicate symbol|violation|odr|warning/i.test(stderr);
}

function must(command, args) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`);
}

function printTable(rows, tools) {
  const categories = [...new Set(rows.map(({ category }) => category))].toSorted();
  console.log(`| gravest finding of the case | cases | ${tools.map(({ name }) => name).join(" | ")} |`);
  console.log(`| --- | --- |${" --- |".repeat(tools.length)}`);
  for (const category of categories)
    row(
      category,
      rows.filter((one) => one.category === category),
      tools,
    );
  row(
    "**with an error or a warning**",
    rows.filter(({ wants }) => wants),
    tools,
  );
  row(
    "**with notes or nothing**",
    rows.filter(({ wants }) => !wants),
    tools,
  );
}

function row(title, cases, tools) {
  const cells = tools.map(({ name }) => cases.filter(({ said }) => said[name]).length);
  console.log(`| ${title} | ${cases.length} | ${cells.join(" | ")} |`);
}
