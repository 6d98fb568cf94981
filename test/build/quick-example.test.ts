import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { loadConfig } from "../../src/config/load-config.js";
import { applyEdScript } from "../../src/patches/ed-apply.js";
import { loadFeatures } from "../../src/patches/load-features.js";
import { sha256 } from "../../src/support/hash.js";
import { packageRoot } from "../../src/support/version.js";
import { loadUseCases } from "../../src/usecases/load-use-cases.js";

const quick = join(packageRoot(), "examples/quick");

function upstream(release: string, path: string): Promise<Buffer> {
  return readFile(join(quick, "upstream", release, path));
}

/** git's id of a file's content: SHA-1 over a header and the bytes (gitformat-pack, "blob"). */
function blobId(content: Buffer): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}

describe("the quick example", () => {
  it("has a configuration that loads", async () => {
    const { config } = await loadConfig(undefined, quick);
    expect(config.flavors.legacy.release + config.flavors.latest.release).toBe("v1v2");
  });

  it("has features whose scripts fit the files of v1", async () => {
    const features = await loadFeatures(join(quick, "features"));
    expect(features.map(({ feature }) => feature.name)).toEqual(["lamp-colours", "longer-hold", "silence-guard", "studio-scale"]);
    const edits = features.flatMap((loaded) => loaded.changes).filter((change) => change.kind === "edit");
    expect(edits).toHaveLength(4);
    for (const edit of edits) expect(sha256(await upstream("v1", edit.path))).toBe(edit.base);
  });

  it("has a recorded resolution for exactly the three contents it will meet", async () => {
    const features = await loadFeatures(join(quick, "features"));
    const studio = features.find(({ feature }) => feature.name === "studio-scale");
    const [resolution, change] = [studio?.resolutions[0], studio?.changes[0]];
    if (resolution === undefined || change?.kind !== "edit") throw new Error("studio-scale has changed its shape");
    const base = await upstream("v1", resolution.path);
    const theirs = applyEdScript(base, change.edits, { script: change.script, path: change.path });
    const ids = { base: blobId(base), ours: blobId(await upstream("v2", resolution.path)), theirs: blobId(theirs) };
    expect(resolution).toMatchObject(ids);
  });

  it("has use cases for every change of v2 that its README promises", async () => {
    const ids = (await loadUseCases(join(quick, "use-cases"))).map((useCase) => useCase.id);
    expect(ids).toHaveLength(9);
    const readme = await readFile(join(quick, "README.md"), "utf8");
    const promised = [...readme.matchAll(/^\|[^|]+\| `([a-z-]+)`\s*\|$/gm)].map((match) => match[1]);
    expect(promised).toEqual(["sudden-step", "converter-offset", "lopsided-voice", "clipped-microphone"]);
    expect(ids).toEqual(expect.arrayContaining(promised));
  });
});
