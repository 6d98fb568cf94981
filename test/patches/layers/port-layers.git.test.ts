/** A fork over several repositories is ported as one: each layer onto its own pin, all refs or none. */
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { layersStateSchema } from "../../../src/model/patch-layers.js";
import { continuePort, editPatch, skipPatch } from "../../../src/patches/alone/going-on.js";
import { portLayers } from "../../../src/patches/layers/port-layers.js";
import { layersPortText } from "../../../src/report/patch-layers.js";
import { type Fork, LAYERS, deps, fork, layerRepository, text } from "./layer-repositories.js";

const asked = { from: "M1", to: "M2", dryRun: false, upstreamed: true };

function fates(port: Awaited<ReturnType<typeof portLayers>>) {
  return port.layers.map(({ name, stacks }) => [name, ...stacks.map((stack) => `${stack.name} ${stack.fate}`)]);
}

function hook({ path }: { path: string }, script: string): void {
  mkdirSync(join(path, "hooks"), { recursive: true });
  writeFileSync(join(path, "hooks", "reference-transaction"), `#!/bin/sh\ncat > /dev/null\n${script}\n`);
  chmodSync(join(path, "hooks", "reference-transaction"), 0o755);
}

function unhook({ path }: { path: string }): void {
  rmSync(join(path, "hooks"), { recursive: true });
}

describe("a port over layers", () => {
  it("puts each layer's features onto the pin that the new release has of it, as git rebase does", async () => {
    const made = fork();
    const port = await portLayers({ ...asked, layers: made.layers });
    expect(fates(port)).toEqual([
      ["app", "echo ported"],
      ["codec", "echo ported"],
      ["base", "zoom ported"],
    ]);
    expect(port.layers.map(({ path, to, upstream }) => [path, to.by, upstream])).toEqual([
      [".", "base/M2", { gained: 1, lost: 0 }],
      ["third_party/codec", "DEPS src/third_party/codec", { gained: 2, lost: 0 }],
      ["third_party/base", "submodule third_party/base", { gained: 2, lost: 0 }],
    ]);
    expect(made.codec.git("show", "echo/M2:codec.c")).toBe(text({ 3: "echo", 15: "between" }).trim());
    expect(made.codec.git("rev-parse", "echo/M2^")).toBe(made.codec.git("rev-parse", "main"));
    expect(made.codec.git("rev-parse", "base/M2")).toBe(made.codec.git("rev-parse", "main"));
    expect(made.root.git("show", "echo/M2:app.c")).toBe(text({ 3: "echo", 18: "M2" }).trim());
    expect(made.base.git("log", "--format=%an %s", "main..zoom/M2")).toBe("A U Thor Zoom");
  });

  it("tells in the root's notes which pins and results there are, so that a clone carries it", async () => {
    const made = fork();
    const port = await portLayers({ ...asked, layers: made.layers });
    const state = layersStateSchema.parse(JSON.parse(made.root.git("show", "refs/notes/unfork:layers/M2.json")));
    expect(state.layers.map(({ name, pins, stacks }) => [name, pins.to, stacks.map(({ commit }) => commit)])).toEqual(
      port.layers.map(({ name, to, stacks }) => [name, to.commit, stacks.map(({ commit }) => commit)]),
    );
    expect(JSON.stringify(state)).not.toContain(made.folder);
  });

  it("gives the same commits when it is done again, and moves nothing then", async () => {
    const made = fork();
    const first = await portLayers({ ...asked, layers: made.layers });
    const refs = made.all();
    expect(await portLayers({ ...asked, layers: made.layers })).toEqual(first);
    expect(made.all()).toEqual(refs);
  });

  it("with --dry-run writes nothing at all", async () => {
    const made = fork();
    const before = [made.all(), made.codec.git("count-objects", "-v")];
    const port = await portLayers({ ...asked, layers: made.layers, dryRun: true });
    expect([port.written, fates(port)[1]]).toEqual([false, ["codec", "echo ported"]]);
    expect([made.all(), made.codec.git("count-objects", "-v")]).toEqual(before);
  });

  it("with a conflict in one layer ports the others, and goes on when it is settled there", async () => {
    const made = fork({ clash: true });
    const port = await portLayers({ ...asked, layers: made.layers });
    expect(fates(port)).toEqual([
      ["app", "echo ported"],
      ["codec", "echo waiting"],
      ["base", "zoom ported"],
    ]);
    expect(port.layers[1]?.stacks[0]?.patches[0]?.culprits).toHaveLength(1);
    expect(made.codec.git("branch", "--list", "echo/M2")).toBe("");
    const place = { repo: made.codec.path, name: "echo-M2" };
    const laid = await editPatch(place, undefined);
    writeFileSync(laid.files[0]?.workFile ?? "", text({ 3: "echo and upstream's", 15: "between" }));
    await continuePort(place, { explain: "both in one line" });
    const again = await portLayers({ ...asked, layers: made.layers });
    expect(fates(again)[1]).toEqual(["codec", "echo ported"]);
    expect(made.codec.git("show", "echo/M2:codec.c")).toBe(text({ 3: "echo and upstream's", 15: "between" }).trim());
  });

  it("keeps what somebody left out of a layer", async () => {
    const made = fork({ clash: true });
    await portLayers({ ...asked, layers: made.layers });
    await skipPatch({ repo: made.codec.path, name: "echo-M2" }, undefined, "the device is gone");
    const again = await portLayers({ ...asked, layers: made.layers });
    expect(fates(again)[1]).toEqual(["codec", "echo dropped"]);
    expect(again.layers[1]?.stacks[0]?.patches[0]?.evidence).toEqual(["left out by hand: the device is gone"]);
  });

  it("takes a layer's patches as one series, too, and a pin from a table", async () => {
    const made = fork();
    const tools = layerRepository(made.folder, "tools");
    const v1 = tools.commit({ "tool.c": text() }, null);
    const v2 = tools.commit({ "tool.c": text({ 9: "v2" }) }, v1);
    tools.git("update-ref", "refs/tags/1.10", v1);
    tools.git("update-ref", "refs/tags/468e2611", v2);
    tools.put("refs/heads/ours/M1", tools.put("refs/heads/ours/M1", v1, { "tool.c": text({ 2: "a" }) }), { "new.c": "new\n" });
    writeFileSync(
      made.layers,
      `${LAYERS}  - name: tools\n    repo: tools\n    path: tools\n    pin: table\n    releases: { M1: 1.10, M2: 468e2611 }\n    series: ours/{release}\n`,
    );
    const port = await portLayers({ ...asked, layers: made.layers });
    expect(port.layers[3]?.stacks.map(({ kind, fate, patches, ref }) => [kind, fate, patches.length, ref])).toEqual([
      ["series", "ported", 2, "refs/heads/ours/M2"],
    ]);
    expect(tools.git("show", "ours/M2:tool.c")).toBe(text({ 2: "a", 9: "v2" }).trim());
    expect(tools.git("rev-parse", "ours/M2")).toBe(tools.git("rev-parse", "refs/unfork/M2"));
  });

  it("ports what one builds on first, also two that a third merges, and lets it wait where one is in conflict", async () => {
    const made = fork();
    const { codec } = made;
    const first = codec.git("rev-parse", "main~2");
    codec.put("refs/heads/adapt/M1", first, { "codec.c": text({ 10: "adapt" }) }, "Adapt");
    codec.git("read-tree", "echo/M1");
    const both = codec.git(
      "commit-tree",
      codec.git("merge-tree", "--write-tree", "echo/M1", "adapt/M1"),
      "-p",
      "echo/M1",
      "-p",
      "adapt/M1",
      "-m",
      "both",
    );
    codec.put("refs/heads/third/M1", both, { "third.c": "third\n" }, "Third");
    const port = await portLayers({ ...asked, layers: made.layers });
    expect(fates(port)[1]).toEqual(["codec", "adapt ported", "echo ported", "third ported"]);
    expect(codec.git("show", "third/M2:codec.c")).toBe(text({ 3: "echo", 10: "adapt", 15: "between" }).trim());
    expect(codec.git("merge-base", "--all", "third/M2", "adapt/M2")).toBe(codec.git("rev-parse", "adapt/M2"));

    const stuck = fork({ clash: true });
    const { codec: other } = stuck;
    other.put("refs/heads/third/M1", "echo/M1", { "third.c": "third\n" }, "Third");
    expect(fates(await portLayers({ ...asked, layers: stuck.layers }))[1]).toEqual(["codec", "echo waiting", "third waiting"]);
  });

  it("moves a branch that an earlier port made, also after a conflict in between; tells what stays of a feature that is gone", async () => {
    const made = fork();
    const { codec, layers } = { codec: made.codec, layers: made.layers };
    await portLayers({ ...asked, layers });
    const first = codec.git("rev-parse", "echo/M2");
    codec.put("refs/heads/echo/M1", "main~2", { "codec.c": text({ 15: "in the way" }) }, "Echo\n\nOwner: audio team");
    expect(fates(await portLayers({ ...asked, layers }))[1]).toEqual(["codec", "echo waiting"]);
    expect(codec.git("rev-parse", "echo/M2")).toBe(first);
    codec.put("refs/heads/echo/M1", "main~2", { "codec.c": text({ 4: "again" }) }, "Echo\n\nOwner: audio team");
    expect(fates(await portLayers({ ...asked, layers }))[1]).toEqual(["codec", "echo ported"]);
    expect(codec.git("show", "echo/M2:codec.c")).toBe(text({ 4: "again", 15: "between" }).trim());
    codec.git("update-ref", "-d", "refs/heads/echo/M1");
    const last = await portLayers({ ...asked, layers });
    expect([last.layers[1]?.left, codec.git("rev-parse", "--verify", "echo/M2")]).toEqual([["echo"], codec.git("rev-parse", "echo/M2")]);
    expect(layersPortText(last, { color: false, verbose: false, layersFile: "layers.yaml" })).toContain(
      "! echo/M2 stays from an earlier port",
    );
  });

  it("follows a pin that moved", async () => {
    const made = fork();
    await portLayers({ ...asked, layers: made.layers });
    const other = made.base.git("rev-parse", "main~1");
    made.root.git("update-ref", "refs/heads/base/M3", made.root.git("rev-parse", "base/M2"));
    writeFileSync(made.layers, LAYERS.replace("repo: root", "repo: root\n  releases: { M2: base/M3 }"));
    made.root.put("refs/heads/base/M3", "base/M2", { "third_party/base": `link:${other}` });
    await portLayers({ ...asked, layers: made.layers });
    expect([made.base.git("rev-parse", "base/M2"), made.base.git("rev-parse", "zoom/M2^")]).toEqual([other, other]);
  });

  it("leaves a branch that somebody moved since, or has checked out", async () => {
    const made = fork();
    const { codec, layers } = made;
    await portLayers({ ...asked, layers });
    codec.put("refs/heads/echo/M1", "main~2", { "codec.c": text({ 4: "again" }) }, "Echo");
    codec.git("worktree", "add", "-q", join(made.folder, "work"), "echo/M2");
    const before = made.all();
    await expect(portLayers({ ...asked, layers })).rejects.toThrow(/layer codec: echo\/M2 is checked out in .*work/);
    codec.git("worktree", "remove", join(made.folder, "work"));
    expect(made.all()).toEqual(before);
    codec.put("refs/heads/echo/M2", "echo/M2", { "more.c": "more\n" });
    await expect(portLayers({ ...asked, layers })).rejects.toThrow(/echo\/M2 is [0-9a-f]{10}, which no port of these layers made/);
  });

  it("works on layers that are checked out inside of another, where the file says so", async () => {
    const made = fork();
    writeFileSync(
      made.layers,
      LAYERS.replaceAll("third_party/base", "third_party/codec/base").replace(
        "pin: submodule",
        "pin: table\n    inside: codec\n    releases: { M1: main~2, M2: main }",
      ),
    );
    expect(fates(await portLayers({ ...asked, layers: made.layers }))[2]).toEqual(["base", "zoom ported"]);
  });

  it("drops what upstream has, and its branch", async () => {
    const made = fork();
    const { codec, root } = made;
    const has = codec.put("refs/heads/main", "main", { "codec.c": text({ 3: "echo", 15: "between" }) }, "Echo upstream");
    root.put("refs/heads/base/M2", "base/M2", { DEPS: deps(has) });
    const port = await portLayers({ ...asked, layers: made.layers });
    expect(fates(port)[1]).toEqual(["codec", "echo upstreamed"]);
    expect(codec.git("branch", "--list", "echo/M2")).toBe("");
  });
});

describe("refs of several repositories", () => {
  it("go back everywhere when a later repository refuses its own, and the error says so", async () => {
    const made = fork();
    hook(made.root, '[ "$1" = prepared ] && exit 1; exit 0');
    const before = made.all();
    await expect(portLayers({ ...asked, layers: made.layers })).rejects.toThrow(
      /layer app: .*the refs of codec, base, which had moved, are back where they were/s,
    );
    expect(made.all()).toEqual(before);
    expect(existsSync(join(made.root.path, "unfork-layers.json"))).toBe(false);
  });

  it("stay where somebody moved one while the layers were ported", async () => {
    const made = fork();
    // The second repository's own transaction makes the third's branch appear.
    hook(made.codec, `[ "$1" = committed ] && git --git-dir=${made.base.path} update-ref refs/heads/zoom/M2 main; exit 0`);
    const before = made.all();
    await expect(portLayers({ ...asked, layers: made.layers })).rejects.toThrow(
      /layer base: .*the refs of codec, which had moved, are back/s,
    );
    unhook(made.codec);
    made.base.git("update-ref", "-d", "refs/heads/zoom/M2");
    expect(made.all()).toEqual(before);
  });

  it("go back where a later repository's are locked by another git, told in that repository's words", async () => {
    const made = fork();
    writeFileSync(join(made.base.path, "refs/heads/zoom/M2.lock"), "");
    const before = made.all();
    await expect(portLayers({ ...asked, layers: made.layers })).rejects.toThrow(
      /^layer base: the refs of [^ ]*base are locked: .*; the refs of codec, which had moved, are back where they were$/,
    );
    expect(made.all()).toEqual(before);
  });

  it("are carried through by the next run after a kill between two repositories", async () => {
    const [made, plain] = [fork(), fork()];
    await portLayers({ ...asked, layers: plain.layers });
    hook(made.base, '[ "$1" = prepared ] && kill -9 $(ps -o ppid= -p $PPID); exit 1');
    const before = made.all();
    expect(await runChild(made)).toBe("SIGKILL");
    unhook(made.base);
    const [rootRefs, codecRefs, baseRefs] = made.all();
    expect([rootRefs, baseRefs]).toEqual([before[0], before[2]]);
    expect(codecRefs).not.toBe(before[1]);
    await portLayers({ ...asked, layers: made.layers });
    expect(branches(made)).toEqual(branches(plain));
    expect(existsSync(join(made.root.path, "unfork-layers.json"))).toBe(false);
    expect(made.codec.git("fsck", "--full", "--no-dangling")).toBe("");
  }, 60_000);

  it("are left as they are where somebody moved one after a kill, with both values named", async () => {
    const made = fork();
    hook(made.base, '[ "$1" = prepared ] && kill -9 $(ps -o ppid= -p $PPID); exit 1');
    await runChild(made);
    unhook(made.base);
    made.codec.git("update-ref", "refs/heads/echo/M2", "main");
    const before = made.all();
    await expect(portLayers({ ...asked, layers: made.layers })).rejects.toThrow(/refs\/heads\/echo\/M2 of layer codec was moved since/);
    expect(made.all()).toEqual(before);
  }, 60_000);
});

function branches(made: Fork): string[] {
  return [made.root, made.codec, made.base].map(({ git }) => git("for-each-ref", "refs/heads", "refs/unfork"));
}

const CHILD = `
import { createJiti } from "jiti";
const { portLayers } = await createJiti(import.meta.url, { fsCache: false }).import(process.env.MODULE);
await portLayers({ layers: process.env.LAYERS, from: "M1", to: "M2", dryRun: false, upstreamed: true });
`;

function runChild({ layers }: Fork): Promise<string | null> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", CHILD], {
    cwd: fileURLToPath(new URL("../../..", import.meta.url)),
    env: { ...process.env, LAYERS: layers, MODULE: fileURLToPath(new URL("../../../src/patches/layers/port-layers.ts", import.meta.url)) },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve) => child.once("close", (_code, signal) => resolve(signal)));
}

describe("bad input", () => {
  const cases: readonly [string, (made: Fork) => void, RegExp][] = [
    [
      "a release that is not there",
      (made) => made.root.git("update-ref", "-d", "refs/heads/base/M2"),
      /layers\.yaml:2: app has no release M2/,
    ],
    [
      "a commit that the layer's repository lacks",
      (made) => made.root.put("refs/heads/base/M2", "base/M2", { DEPS: deps("1".repeat(40)) }),
      /layers\.yaml:5: layer codec: .*codec has no commit 1{40}, which DEPS src\/third_party\/codec names at M2/,
    ],
    [
      "an entry that DEPS lacks",
      (made) => inLayers(made, "pin: deps", "pin: deps\n    key: src/codec"),
      /DEPS: "src\/codec" is not in the DEPS file/,
    ],
    [
      "a submodule that is none",
      (made) => inLayers(made, "path: third_party/base", "path: app.c"),
      /app\.c is no submodule of app at M1: there is a file/,
    ],
    [
      "two layers at the same path",
      (made) => inLayers(made, "path: third_party/base", "path: third_party/codec"),
      /layers\.yaml:11: base and codec are both at third_party\/codec/,
    ],
    [
      "a layer inside another",
      (made) => inLayers(made, "path: third_party/base", "path: third_party/codec/base"),
      /base at third_party\/codec\/base lies inside of codec at third_party\/codec; say inside: codec/,
    ],
    [
      "a repository that is none",
      (made) => inLayers(made, "repo: codec", "repo: nowhere"),
      /layers\.yaml:5: layer codec: there is no folder .*nowhere/,
    ],
    [
      "two layers of one repository",
      (made) => inLayers(made, "repo: base", "repo: ./codec"),
      /layers codec and base are the same repository/,
    ],
    [
      "an unknown key",
      (made) => inLayers(made, "pin: deps", "pin: deps\n    kez: x"),
      /layers\.yaml:5: layers\[0\]\.kez: is not a known key \(did you mean 'key'\?\)/,
    ],
    [
      "an unknown way to pin",
      (made) => inLayers(made, "pin: deps", "pin: dep"),
      /layers\.yaml:8: layers\[0\]\.pin: "dep" is not one of 'deps', 'submodule', 'table'/,
    ],
    [
      "a feature that left its pin",
      (made) => made.codec.git("update-ref", "refs/heads/echo/M1", made.codec.commit({ x: "x" }, null)),
      /layer codec: feature echo\/M1 does not stand|no own commits/,
    ],
    [
      "a base that is not the pin",
      (made) => made.codec.git("update-ref", "refs/heads/base/M1", "main"),
      /base\/M1 is [0-9a-f]{10}, and DEPS src\/third_party\/codec names/,
    ],
    [
      "a branch that somebody made",
      (made) => made.codec.put("refs/heads/echo/M2", "main", { x: "x" }),
      /echo\/M2 is [0-9a-f]{10}, which no port of these layers made/,
    ],
  ];
  it.each(cases)("%s is refused, and no ref is touched", async (_name, spoil, message) => {
    const made = fork();
    spoil(made);
    const before = made.all();
    await expect(portLayers({ ...asked, layers: made.layers })).rejects.toThrow(message);
    expect(made.all()).toEqual(before);
  });

  it("all that is missing is told at once", async () => {
    const made = fork();
    made.root.put("refs/heads/base/M2", "base/M2", { DEPS: deps("1".repeat(40)), "third_party/base": `link:${"2".repeat(40)}` });
    await expect(portLayers({ ...asked, layers: made.layers })).rejects.toThrow(/has no commit 1{40}[^\n]*\n.*has no commit 2{40}/);
  });
});

function inLayers({ layers }: Fork, from: string, to: string): void {
  writeFileSync(layers, readFileSync(layers, "utf8").replace(from, to));
}
