/** Layers listed and exported: each one's pins, features and patches, with paths from its own root. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { exportLayers } from "../../../src/patches/layers/export-layers.js";
import { listLayers } from "../../../src/patches/layers/list-layers.js";
import { portLayers } from "../../../src/patches/layers/port-layers.js";
import { layersListText } from "../../../src/report/patch-layers.js";
import { LAYERS, fork, text } from "./layer-repositories.js";

const asked = { from: "M1", to: "M2", dryRun: false, upstreamed: true };

describe("a list of layers", () => {
  it("tells each layer's pins and features before anything is ported, without a branch base/<release> there", async () => {
    const made = fork();
    const before = made.all();
    const list = await listLayers({ layers: made.layers, staleDays: 180 });
    expect(list.releases).toEqual(["M1", "M2"]);
    expect(list.layers.map(({ name, path, pins, features }) => [name, path, pins.length, features.map((one) => one.name).join()])).toEqual([
      ["app", ".", 2, "echo"],
      ["codec", "third_party/codec", 2, "echo"],
      ["base", "third_party/base", 2, "zoom"],
    ]);
    expect(list.layers[1]?.features[0]).toMatchObject({
      owner: "audio team",
      releases: [{ release: "M1", state: "there", patches: 1 }, { release: "M2" }],
    });
    expect(made.all()).toEqual(before);
  });

  it("tells an owner's name in its own letters", async () => {
    const made = fork();
    made.codec.put("refs/heads/wide/M1", "main~2", { "wide.c": "wide\n" }, "Wide\n\nOwner: Größe");
    const list = await listLayers({ layers: made.layers, staleDays: 180 });
    expect(list.layers[1]?.features.map(({ name, owner }) => `${name} ${owner ?? ""}`)).toEqual(["echo audio team", "wide Größe"]);
  });

  it("tells what was ported, and a pin that is not there", async () => {
    const made = fork({ clash: true });
    await portLayers({ ...asked, layers: made.layers });
    made.root.git("update-ref", "refs/heads/base/M3", made.root.commit({ "app.c": text() }, made.root.git("rev-parse", "base/M2")));
    const list = await listLayers({ layers: made.layers, staleDays: 180 });
    expect(
      list.ports.map(({ to, layers }) => [to, ...layers.map(({ name, stacks }) => `${name} ${stacks.map(({ fate }) => fate).join()}`)]),
    ).toEqual([["M2", "app ported", "codec waiting", "base ported"]]);
    expect(list.layers.map(({ missing }) => missing.map(({ release, why }) => `${release}: ${why}`))).toEqual([
      [],
      ["M3: app has no file DEPS at M3"],
      ["M3: third_party/base is no submodule of app at M3: there is nothing"],
    ]);
    const shown = layersListText(list, { color: false, width: 120 });
    expect(shown).toContain("ported M1 → M2: app echo ported; codec echo waiting; base zoom ported");
    expect((await listLayers({ layers: made.layers, staleDays: 180, release: "M2" })).releases).toEqual(["M2"]);
  });
});

describe("an export of layers", () => {
  const exporting = { release: "M1", format: "mbox" as const, replace: false };

  it("has a folder per layer that the feature touches, with paths from the layer's root", async () => {
    const made = fork();
    const out = join(made.folder, "out");
    const { exports } = await exportLayers({ ...exporting, layers: made.layers, feature: "echo", out });
    expect(exports.map(({ layer, out: folder, files }) => [layer, folder, files])).toEqual([
      ["app", join(out, "app"), ["echo.mbox"]],
      ["codec", join(out, "codec"), ["echo.mbox"]],
    ]);
    expect(readdirSync(out).toSorted()).toEqual(["app", "codec"]);
    expect(readFileSync(join(out, "codec", "echo.mbox"), "utf8")).toContain("diff --git a/codec.c b/codec.c");
  });

  it("without a feature has all of a release, a layer's series among them", async () => {
    const made = fork();
    writeFileSync(made.layers, LAYERS.replace("pin: submodule", "pin: submodule\n    series: zoom/{release}\n    owner: video team"));
    await portLayers({ ...asked, layers: made.layers });
    const out = join(made.folder, "out");
    const { exports } = await exportLayers({ ...exporting, release: "M2", format: "quilt", layers: made.layers, feature: undefined, out });
    expect(exports.map(({ layer, feature, out: folder }) => [layer, feature, folder.slice(out.length)])).toEqual([
      ["app", "echo", "/app/echo"],
      ["codec", "echo", "/codec/echo"],
      ["base", "base", "/base"],
    ]);
    expect(readdirSync(join(out, "base")).toSorted()).toEqual(["series", "zoom.patch"]);
  });

  it("is there whole or not at all", async () => {
    const made = fork();
    made.codec.put("refs/heads/empty/M1", "main~2", {}, "Changes nothing");
    const out = join(made.folder, "out");
    await expect(exportLayers({ ...exporting, format: "quilt", layers: made.layers, feature: undefined, out })).rejects.toThrow(
      "feature empty has no purpose",
    );
    expect(existsSync(out)).toBe(false);
    await expect(exportLayers({ ...exporting, layers: made.layers, feature: "nowhere", out })).rejects.toThrow(
      "no layer has a feature nowhere on M1",
    );
  });
});
