/** A candidate over layers: `r<release>` everywhere, and the root's carries the pins of the others; the same commits each time. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { candidateLayers } from "../../../src/patches/layers/candidate-layers.js";
import { portLayers } from "../../../src/patches/layers/port-layers.js";
import { type Fork, LAYERS, deps, fork, text } from "./layer-repositories.js";

async function ported(made: Fork): Promise<Fork> {
  await portLayers({ layers: made.layers, from: "M1", to: "M2", dryRun: false, upstreamed: true });
  return made;
}

const asked = { to: "M2", dryRun: false };

describe("a candidate over layers", () => {
  it("is in every repository, and the root's pins name the others'", async () => {
    const made = await ported(fork());
    const { root, codec, base, layers } = made;
    const candidate = await candidateLayers({ ...asked, layers });
    expect(candidate.layers.map(({ name, carriedBy, features }) => [name, carriedBy, features.map((one) => one.name).join()])).toEqual([
      ["app", null, "echo"],
      ["codec", "DEPS src/third_party/codec", "echo"],
      ["base", "submodule third_party/base", "zoom"],
    ]);
    const upstream = codec.git("rev-parse", "main");
    expect(root.git("show", "rM2:DEPS")).toBe(deps(upstream).replace(upstream, codec.git("rev-parse", "rM2")).trim());
    expect(root.git("ls-tree", "rM2", "third_party/base")).toBe(`160000 commit ${base.git("rev-parse", "rM2")}\tthird_party/base`);
    expect(root.git("show", "rM2:app.c")).toBe(text({ 3: "echo", 18: "M2" }).trim());
    expect(root.git("log", "--format=%s", "--first-parent", "base/M2..rM2").split("\n")).toEqual([
      "Pin the layers of rM2",
      "Merge echo into rM2",
    ]);
    expect(codec.git("log", "--format=%s", "--first-parent", "main..rM2")).toBe("Merge echo into rM2");
  });

  it("can be checked out with its submodules by git itself", async () => {
    const made = fork();
    for (const release of ["M1", "M2"])
      made.root.put(`refs/heads/base/${release}`, `base/${release}`, {
        ".gitmodules": `[submodule "base"]\n\tpath = third_party/base\n\turl = ${made.base.path}\n`,
      });
    made.root.put("refs/heads/echo/M1", "base/M1", { "app.c": text({ 3: "echo" }) }, "Echo\n\nOwner: audio team");
    await ported(made);
    await candidateLayers({ ...asked, layers: made.layers });
    const clone = join(made.folder, "clone");
    execFileSync("git", ["clone", "-q", "-b", "rM2", made.root.path, clone]);
    execFileSync("git", ["-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init"], { cwd: clone });
    const read = (path: string) => execFileSync("cat", [join(clone, path)], { encoding: "utf8" });
    expect(read("third_party/base/base.c")).toBe(text({ 5: "zoom", 15: "between" }));
    expect(read("app.c")).toBe(text({ 3: "echo", 18: "M2" }));
  });

  it("is the same commits in other repositories with the same inputs, and when it is made again", async () => {
    const commits = [];
    for (const made of [await ported(fork()), await ported(fork())]) {
      await candidateLayers({ ...asked, layers: made.layers });
      const refs = made.all();
      commits.push((await candidateLayers({ ...asked, layers: made.layers })).layers.map(({ commit }) => commit));
      expect(made.all()).toEqual(refs);
    }
    expect(commits[0]).toEqual(commits[1]);
  });

  it("leaves the pin of a layer without patches as upstream has it", async () => {
    const made = fork();
    made.codec.git("update-ref", "-d", "refs/heads/echo/M1");
    await ported(made);
    const candidate = await candidateLayers({ ...asked, layers: made.layers });
    const upstream = made.codec.git("rev-parse", "main");
    expect(candidate.layers[1]).toMatchObject({ commit: upstream, pin: upstream, carriedBy: null, features: [] });
    expect(made.root.git("show", "rM2:DEPS")).toBe(deps(upstream).trim());
  });

  it("of one series per layer is the ported series, pinned", async () => {
    const made = fork();
    writeFileSync(made.layers, LAYERS.replace("pin: submodule", "pin: submodule\n    series: zoom/{release}"));
    await ported(made);
    await candidateLayers({ ...asked, layers: made.layers });
    expect(made.base.git("rev-parse", "rM2")).toBe(made.base.git("rev-parse", "zoom/M2"));
    expect(made.root.git("rev-parse", "rM2:third_party/base")).toBe(made.base.git("rev-parse", "rM2"));
  });

  it("of one series per layer takes the place of the earlier one, which only the notes know", async () => {
    const made = fork();
    writeFileSync(made.layers, LAYERS.replace("pin: submodule", "pin: submodule\n    series: zoom/{release}"));
    await ported(made);
    await candidateLayers({ ...asked, layers: made.layers });
    const first = made.base.git("rev-parse", "rM2");
    made.base.put("refs/heads/zoom/M1", "zoom/M1", { "base.c": text({ 5: "zoom", 7: "more" }) }, "More");
    await ported(made);
    await candidateLayers({ ...asked, layers: made.layers });
    expect(made.base.git("rev-parse", "rM2")).toBe(made.base.git("rev-parse", "zoom/M2"));
    expect(made.base.git("rev-parse", "rM2")).not.toBe(first);
  });

  it("with --dry-run writes nothing at all", async () => {
    const made = await ported(fork());
    const before = [made.all(), made.root.git("count-objects", "-v")];
    const candidate = await candidateLayers({ ...asked, layers: made.layers, dryRun: true });
    expect([candidate.written, candidate.layers[0]?.ref, candidate.clashes]).toEqual([false, null, []]);
    expect([made.all(), made.root.git("count-objects", "-v")]).toEqual(before);
  });
});

describe("a candidate in conflict", () => {
  it("names layer, features, owners and file, and moves no branch in any repository", async () => {
    const made = fork();
    const { codec } = made;
    codec.put("refs/heads/tuner/M1", codec.git("rev-parse", "main~2"), { "codec.c": text({ 3: "tuner" }) }, "Tuner\n\nOwner: radio team");
    await ported(made);
    const before = made.all();
    const candidate = await candidateLayers({ ...asked, layers: made.layers });
    expect(candidate.clashes).toEqual([
      {
        layer: "codec",
        features: [
          { name: "tuner", owner: "radio team" },
          { name: "echo", owner: "audio team" },
        ],
        files: ["codec.c"],
        what: "change the same places",
      },
    ]);
    expect([candidate.written, made.all()]).toEqual([false, before]);
  });

  it("names the feature of the root that moves the pin of a layer with patches itself", async () => {
    const made = fork();
    const { root, codec } = made;
    const own = codec.put("refs/heads/other", "main~2", { x: "x" });
    const [old, upstream] = [codec.git("rev-parse", "main~2"), codec.git("rev-parse", "main")];
    root.put("refs/heads/roll/M1", "base/M1", { DEPS: deps(old).replace(old, own) }, "Roll codec\n\nOwner: build team");
    root.put("refs/heads/link/M1", "base/M1", { "third_party/base": `link:${own}` }, "Link\n\nOwner: link team");
    root.put("refs/heads/base/M2", "base/M1", {
      DEPS: deps(old),
      "third_party/base": root.git("rev-parse", "base/M1:third_party/base").replace(/^/, "link:"),
    });
    await ported(made);
    const before = made.all();
    const candidate = await candidateLayers({ ...asked, layers: made.layers });
    expect(candidate.clashes.map(({ layer, features, files }) => [layer, features[0]?.name, features[0]?.owner, files])).toEqual([
      ["app", "roll", "build team", ["DEPS"]],
      ["app", "link", "link team", ["third_party/base"]],
    ]);
    expect(candidate.clashes[0]?.what).toContain("moves the pin of codec (DEPS src/third_party/codec)");
    expect(made.all()).toEqual(before);
    expect(upstream).not.toBe(old);
  });

  it("leaves a branch of its name alone that somebody made in any repository, and moves none", async () => {
    const made = await ported(fork());
    made.codec.git("update-ref", "refs/heads/rM2", "main~1");
    const before = made.all();
    const error: unknown = await candidateLayers({ ...asked, layers: made.layers }).catch((one: unknown) => one);
    expect(String(error)).toMatch(/layer codec: rM2 is [0-9a-f]{10}, which is no candidate that was made here/);
    expect(made.all()).toEqual(before);
  });

  it("waits for what the port left in conflict, and for a feature whose branch is gone", async () => {
    const made = await ported(fork({ clash: true }));
    made.base.git("update-ref", "-d", "refs/heads/zoom/M2");
    const candidate = await candidateLayers({ ...asked, layers: made.layers });
    expect(candidate.clashes.map(({ layer, features, what }) => [layer, features[0]?.name, what.slice(0, 9)])).toEqual([
      ["codec", "echo", "waits for"],
      ["base", "zoom", "is not po"],
    ]);
  });

  it("is refused where a pin moved since the port", async () => {
    const made = await ported(fork());
    made.root.put("refs/heads/base/M2", "base/M2", { "third_party/base": `link:${made.base.git("rev-parse", "main~1")}` });
    const before = made.all();
    await expect(candidateLayers({ ...asked, layers: made.layers })).rejects.toThrow(
      /layer (app|base) was ported onto [0-9a-f]{10}, and .* names/,
    );
    expect(made.all()).toEqual(before);
  });
});
