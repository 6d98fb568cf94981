/** The commands of `verify` run for themselves: no repository of the caller's, nothing left of them. */
import { mkdirSync, readdirSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";

import { shellVerify, verifyFault } from "../../../src/patches/resolve/verify.js";
import { sha256 } from "../../../src/support/hash.js";
import { type StackRepository, stackRepository } from "../stack/stack-repository.js";

function world(): StackRepository {
  return stackRepository({ old: { "a.c": "1\n" }, new: { "a.c": "1\n" }, stack: [{ "a.c": "2\n" }] });
}

async function verified({ path, git }: StackRepository, command: string, timeoutMs = 60_000): Promise<string | undefined> {
  const root = path;
  const tree = git("rev-parse", "tip").trim();
  const what = { repository: { path: join(path, ".git") }, tree, feature: "f", release: "r", root, log: join(path, "..", "verify.log") };
  return await verifyFault(shellVerify(command, timeoutMs), what);
}

afterEach(() => vi.unstubAllEnvs());

describe("a verify command", () => {
  it("finds no repository, whatever git variables the caller has and wherever the checkout lies", async () => {
    const made = world();
    vi.stubEnv("GIT_DIR", join(made.path, ".git"));
    vi.stubEnv("GIT_WORK_TREE", made.path);
    vi.stubEnv("TMPDIR", made.path);
    expect(await verified(made, 'test -z "$GIT_DIR$GIT_WORK_TREE" && ! git rev-parse --git-dir')).toBeUndefined();
  });

  it("that leaves a daemon passes by its own exit", async () => {
    const since = performance.now();
    expect(await verified(world(), "setsid sleep 30 & exit 0")).toBeUndefined();
    expect(performance.now() - since).toBeLessThan(20_000);
  });

  it("leaves no checkout, nor does one that a kill ended, after the next", async () => {
    const made = world();
    vi.stubEnv("TMPDIR", join(made.path, ".."));
    const before = readdirSync(tmpdir());
    mkdirSync(join(tmpdir(), "unfork-verify.4194305-1-" + sha256(hostname()).slice(0, 6) + ".0123456789ab.new"));
    expect(await verified(made, "false")).toContain("ended with 1");
    expect(readdirSync(tmpdir()).filter((name) => !before.includes(name))).toEqual(["verify.log"]);
  });
});
