/** Layers as a user calls them: those of a project's tree, and those of several repositories; texts, exit codes, what is refused. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { packageRoot } from "../../src/support/version.js";
import { fork } from "../patches/layers/layer-repositories.js";
import { type QuickProject, quickProject } from "../helpers/quick-project.js";

const LAYERS = `layers: [
    { name: "meter", path: "." },
    { name: "sources", path: "src" },
    { name: "ballistics", path: "src/ballistics" },
  ],
  patches: { layersFile: "layers.yaml" },`;

function withLayers(layers = LAYERS): QuickProject {
  const project = quickProject();
  const config = join(project.root, "unfork.config.ts");
  writeFileSync(config, readFileSync(config, "utf8").replace('  features: "features",', `  features: "features",\n  ${layers}`));
  return project;
}

describe("layers of a project's tree", () => {
  it("are told with each feature by port, report, list and card, the nearest around each file", () => {
    const project = withLayers();
    const port = project.unfork("patch", "port", "--to", "v2");
    expect(port.code).toBe(0);
    expect(port.out).toMatch(/longer-hold \([^)]+\): .* · in ballistics$/m);
    expect(port.out).toMatch(/studio-scale \([^)]+\): .* · in sources$/m);
    expect(port.err).toContain("unfork patch port --layers layers.yaml --from v1 --to v2");
    const list = project.unfork("patch", "list", "--json");
    const { features } = JSON.parse(list.out) as { features: { name: string; layers: string[] }[] };
    expect(features.map(({ name, layers }) => `${name} in ${layers.join()}`)).toContain("longer-hold in sources");
    expect(project.unfork("patch", "list").err).toContain("unfork patch list --layers layers.yaml");
    expect(project.unfork("patch", "show", "studio-scale").out).toMatch(/^ {2}in sources$/m);
  });

  it("are exported one by one, with paths from the layer's root", () => {
    const project = withLayers();
    project.unfork("patch", "port", "--to", "v2");
    const out = join(project.root, "out");
    const exported = project.unfork("patch", "export", "longer-hold", "--release", "v2", "--layer", "ballistics", "--out", out);
    expect(exported.code).toBe(0);
    expect(readFileSync(join(out, "longer-hold.mbox"), "utf8")).toContain("\ndiff --git a/hold.cc b/hold.cc\n");
    const nothing = project.unfork("patch", "export", "longer-hold", "--release", "v2", "--layer", "meter", "--out", `${out}2`);
    expect([nothing.code, nothing.err]).toEqual([2, expect.stringContaining("feature longer-hold changes nothing in layer meter")]);
    const unknown = project.unfork("patch", "export", "longer-hold", "--release", "v2", "--layer", "metre", "--out", `${out}2`);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining("layers: meter, sources, ballistics")]);
  });

  it("at one path twice are refused", () => {
    const project = withLayers('layers: [{ name: "a", path: "src" }, { name: "b", path: "src" }],');
    const { code, err } = project.unfork("patch", "port", "--to", "v2");
    expect([code, err]).toEqual([2, expect.stringContaining("layers[1].path: lists 'src' twice")]);
  });
});

/** A call in the folder of the layers file. */
function unfork(folder: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(packageRoot(), "bin/unfork.js"), ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

describe("layers of several repositories", () => {
  it("are ported, merged, listed and exported, each step naming the next one", () => {
    const { folder } = fork();
    const port = unfork(folder, "patch", "port", "--layers", "layers.yaml", "--from", "M1", "--to", "M2");
    expect([port.code, port.out.split("\n")[0]]).toEqual([0, "3 layers M1 → M2: 3 clean"]);
    expect(port.out).toContain("next: unfork patch candidate --layers layers.yaml --to M2");
    expect(port.out).toMatch(/^codec \(third_party\/codec, by DEPS src\/third_party\/codec\) {2}\w{10} → \w{10} {2}2 upstream commits$/m);
    const candidate = unfork(folder, "patch", "candidate", "--layers", "layers.yaml", "--to", "M2");
    expect([candidate.code, candidate.out]).toEqual([0, expect.stringContaining("1 feature, pinned by submodule third_party/base")]);
    expect(unfork(folder, "patch", "list", "--layers", "layers.yaml").out).toContain("ported M1 → M2: app echo ported");
    const exported = unfork(folder, "patch", "export", "--layers", "layers.yaml", "--release", "M2", "--out", "out");
    expect(exported.out).toContain("out/codec/echo: 1 commits of echo, paths from third_party/codec");
  });

  it("that wait for somebody exit 1, with the commands that go on", () => {
    const { folder } = fork({ clash: true });
    const port = unfork(folder, "patch", "port", "--layers", "layers.yaml", "--from", "M1", "--to", "M2");
    expect(port.code).toBe(1);
    expect(port.out).toContain(
      "next: unfork patch edit --repo codec --name echo-M2, then unfork patch continue --repo codec --name echo-M2",
    );
    const candidate = unfork(folder, "patch", "candidate", "--layers", "layers.yaml", "--to", "M2");
    expect([candidate.code, candidate.out]).toEqual([1, expect.stringContaining("codec: echo (audio team): waits for somebody")]);
  });

  it("are refused with exit 2 where they are called wrongly", () => {
    const { folder } = fork();
    const calls: readonly (readonly [string, string])[] = [
      ["port --from M1", "--layers wants --from and --to"],
      ["port --from M1 --to M1", "--from and --to are both M1"],
      ["port --from M1 --to M2 --repo .", "leave --repo, --series, --onto and --upstream out"],
      ["port --from M1 --to M2 --resolver true", "are for one repository"],
      ["port --from M1 --to M9", "app has no release M9"],
      ["candidate --to M2 --repo .", "leave --repo out"],
      ["list --stale", "leave these out"],
      ["export --release M2 --out nowhere --repo .", "leave --repo out"],
    ];
    for (const [call, message] of calls) {
      const { code, err } = unfork(folder, "patch", ...call.split(" "), "--layers", "layers.yaml");
      expect([call, code, err]).toEqual([call, 2, expect.stringContaining(message)]);
    }
  }, 60_000);
});
