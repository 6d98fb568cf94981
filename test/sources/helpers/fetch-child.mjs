/** Owns a fetch in a process of its own: node fetch-child.mjs '{"release": …, "options": …}' prints the tree or the error as JSON. */
import { createJiti } from "jiti";

const { fetchRelease } = await createJiti(import.meta.url).import("../../../src/sources/fetch-release.ts");
const { release, options } = JSON.parse(process.argv[2]);
const answer = await fetchRelease(release, options).then(
  (tree) => ({ tree }),
  (error) => ({ error: { code: error.code, message: error.message, hint: error.hint } }),
);
process.stdout.write(JSON.stringify(answer));
