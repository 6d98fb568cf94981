/**
 * Ports real series of patches to the release to which people carried them, and holds each result against people's patch.
 * Usage: node bench/patch-series.bench.mjs [NAME …]. Debian's sources come by checksum through the cache; clones out of the
 * folder CLONES (bare repositories). DETAILS=FOLDER writes what became of each patch, KEEP=1 leaves the repositories.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { git, makeRepository, tryGit } from "./patch-series/git.mjs";
import { measureSeries } from "./patch-series/measure.mjs";
import { RECIPES } from "./patch-series/recipes.mjs";
import { details, headRow, seriesRows } from "./patch-series/table.mjs";

const wanted = process.argv.slice(2);
const recipes = RECIPES.filter(({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)));
if (recipes.length === 0) {
  console.error(`no series is called ${wanted.join(", ")}; there are ${RECIPES.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}
console.log(headRow());
let failed = false;
const skipped = [];
for (const recipe of recipes) {
  const missing = whatIsMissing(recipe);
  if (missing !== undefined) {
    skipped.push(`${recipe.name} is skipped: ${missing}`);
    continue;
  }
  const folder = mkdtempSync(join(process.env["SCRATCH"] ?? tmpdir(), `unfork-${recipe.name}-`));
  try {
    const repo = makeRepository(join(folder, "series.git"), recipe.clone === undefined ? undefined : join(cloneOf(recipe), "objects"));
    const built = await recipe.build(repo);
    git(repo, ["repack", "-a", "-d", "-l", "-q"]);
    const measured = await measureSeries(repo, built);
    console.log(seriesRows(recipe, built, measured));
    failed ||= isWorse(recipe, measured) || !measured.asGit;
    if (process.env["DETAILS"] !== undefined) {
      mkdirSync(process.env["DETAILS"], { recursive: true });
      writeFileSync(join(process.env["DETAILS"], `${recipe.name}.txt`), details(built, measured));
    }
  } catch (error) {
    failed = true;
    console.log(`| ${recipe.name} | failed: ${String(error.stack).slice(0, 800)} |`);
  } finally {
    if (process.env["KEEP"] === undefined) rmSync(folder, { recursive: true, force: true });
    else console.log(`kept: ${folder}`);
  }
}
if (skipped.length > 0) console.log(`\n${skipped.join("\n")}`);
process.exit(failed ? 1 : 0);

function cloneOf({ clone }) {
  return resolve(process.env["CLONES"] ?? ".", clone);
}

function whatIsMissing(recipe) {
  if (recipe.clone === undefined) return undefined;
  if (process.env["CLONES"] === undefined) return `CLONES names no folder with ${recipe.clone} (git clone --bare ${recipe.from})`;
  const path = cloneOf(recipe);
  if (!existsSync(join(path, "objects"))) return `there is no ${path} (git clone --bare ${recipe.from})`;
  const lacks = recipe.needs.find((commit) => tryGit(path, ["cat-file", "-e", `${commit}^{commit}`]).status !== 0);
  return lacks === undefined ? undefined : `${path} has no commit ${lacks}`;
}

/** Fewer patches merged and equal to people's than were known before. */
function isWorse({ known }, { helped }) {
  return known !== undefined && helped.filter(({ equal, by }) => equal === true && by === undefined).length < known.equal;
}
