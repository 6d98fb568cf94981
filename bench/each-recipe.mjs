/** The loop of benches that try real libraries: the recipes asked for by name, each in a folder of its own, a row of a table each. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Prints `head`, then lets `measure(recipe, folder)` print its rows; one that fails gets a row that says why, and the next is tried. `KEEP=1` keeps the folders. Ends the
 * process: 1 when one failed, 2 when no recipe has the name.
 */
export async function eachRecipe({ recipes: all, what, prefix, head, measure }) {
  const wanted = process.argv.slice(2);
  const recipes = all.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  if (recipes.length === 0) {
    console.error(`no ${what} is called ${wanted.join(", ")}; there are ${all.map(({ name }) => name).join(", ")}`);
    process.exit(2);
  }
  for (const line of head) console.log(line);
  let failed = false;
  for (const recipe of recipes) {
    const folder = mkdtempSync(join(tmpdir(), `unfork-${prefix}-${recipe.name}-`));
    try {
      await measure(recipe, folder);
    } catch (error) {
      failed = true;
      console.log(`| ${recipe.name} | failed: ${String(error.message).split("\n").slice(0, 12).join(" ").slice(0, 1500)} |`);
    } finally {
      if (process.env["KEEP"] === undefined) rmSync(folder, { recursive: true, force: true });
      else console.error(folder);
    }
  }
  process.exit(failed ? 1 : 0);
}
