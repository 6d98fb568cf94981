/** Two releases of zlib, isolated whole without a policy, in one program: needs a C compiler, make and Debian's mirror (or a cache that has both). */
import { execFileSync, spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import type { FetchedTree } from "../../src/model/source.js";
import { fetchRelease } from "../../src/sources/fetch-release.js";
import { packageRoot } from "../../src/support/version.js";
import { nmCommonNames } from "../helpers/nm.js";
import { temporaryFolder } from "../helpers/temp.js";

const SIDES = join(packageRoot(), "bench", "real-trees");
const RELEASES = [
  { flavor: "legacy", version: "1.2.13", suite: "bookworm" },
  { flavor: "latest", version: "1.3", suite: "trixie" },
] as const;

type Side = (typeof RELEASES)[number] & { readonly fetched: FetchedTree };

/** The trees, or why they are not to be had. */
async function fetchBoth(): Promise<readonly Side[] | string> {
  for (const tool of ["cc", "make"]) if (spawnSync(tool, ["--version"]).error !== undefined) return `${tool} is not installed`;
  const given = process.env["UNFORK_CACHE"];
  const cache = given === undefined || given === "" ? join(homedir(), ".cache", "unfork") : given;
  try {
    const sides: Side[] = [];
    for (const release of RELEASES) {
      const source = { kind: "debian" as const, package: "zlib", version: release.version, suites: [release.suite], into: "." };
      const wanted = { id: `zlib-${release.version}`, keep: [], sources: [source] };
      sides.push({ ...release, fetched: await fetchRelease(wanted, { cache, baseFolder: packageRoot() }) });
    }
    return sides;
  } catch (error) {
    return `Debian's mirror does not serve: ${(error as Error).message.split("\n")[0] ?? ""}`;
  }
}

const both = await fetchBoth();
const why = typeof both === "string" ? ` (not here: ${both})` : "";

/** Isolates, builds the static library by its own means and compiles the flavor's side; gives what to link. */
async function built(folder: string, { flavor, fetched }: Side): Promise<readonly string[]> {
  const tree = join(folder, flavor);
  const plan = isolationPlanSchema.parse({});
  const result = await isolateTree({ flavor, release: fetched.release, source: fetched.path, target: tree, plan });
  expect(result.undecided).toEqual([]);
  execFileSync("chmod", ["-R", "u+w", tree]);
  execFileSync("sh", ["-c", "./configure --static && make libz.a"], { cwd: tree, stdio: "pipe" });
  const object = join(folder, `${flavor}.o`);
  execFileSync("cc", [`-DFLAVOR=${flavor}`, `-I${tree}`, `-I${SIDES}`, "-c", join(SIDES, "zlib.c"), "-o", object]);
  return [object, join(tree, "libz.a")];
}

describe.skipIf(typeof both === "string")(`zlib 1.2.13 and 1.3.1 in one program${why}`, () => {
  it("each tells its own version, inflates what the other compressed, and no name is defined twice", { timeout: 300_000 }, async () => {
    const folder = temporaryFolder();
    const sides = typeof both === "string" ? [] : both;
    const inputs: string[] = [];
    for (const side of sides) inputs.push(...(await built(folder, side)));
    execFileSync("cc", [join(SIDES, "zlib-main.c"), ...inputs, "-o", join(folder, "both")]);
    expect(execFileSync(join(folder, "both"), { encoding: "utf8" })).toBe("1.2.13\n1.3.1\n");
    expect(await nmCommonNames(join(folder, "legacy", "libz.a"), join(folder, "latest", "libz.a"))).toEqual([]);
  });
});
