import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { configSchema } from "../../src/model/config.js";
import { flavorRange } from "../../src/pipeline/flavor-range.js";
import { projectOf } from "../../src/pipeline/project.js";
import { temporaryFolder } from "../helpers/temp.js";
import { validConfig } from "../helpers/valid-config.js";

const root = temporaryFolder();

/** Three commits, of which the first and the last are tagged. */
function upstream(): string {
  const folder = join(root, "upstream");
  mkdirSync(folder);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], { cwd: folder, encoding: "utf8" });
  git("init", "--quiet");
  for (const [index, tag] of ["v1", undefined, "v2"].entries()) {
    writeFileSync(join(folder, "a.cc"), `int a = ${String(index)};\n`);
    git("add", "a.cc");
    git("commit", "--quiet", "-m", `change ${String(index)}`);
    if (tag !== undefined) git("tag", tag);
  }
  return folder;
}

describe("what lies between the flavors", () => {
  it("is counted in upstream's history where both releases come from one repository, and said to be unknown elsewhere", async () => {
    const url = upstream();
    const releases = ["v1", "v2"].map((ref) => ({ id: ref, sources: [{ kind: "git" as const, url, ref }] }));
    const config = configSchema.parse({ ...validConfig(), upstream: { releases } });
    const project = { ...projectOf({ config, file: join(root, "unfork.config.json"), root } as never), cache: join(root, "cache") };
    const [from, to] = config.upstream.releases;
    if (from === undefined || to === undefined) throw new Error("two releases");
    const between = await flavorRange({ project, configFile: undefined, from, to });
    expect(between).toMatchObject({ range: { commits: 2, from: { release: "v1" }, to: { release: "v2" } }, features: [], unknown: [] });
    const folders = { ...to, sources: [{ kind: "folder" as const, path: "x", into: "." }] };
    expect(await flavorRange({ project, configFile: undefined, from, to: folders })).toEqual({
      features: [],
      unknown: ["upstream's history: both releases do not come from one git repository"],
    });
  });
});
