/** In a project the patch commands find its repository and its folder of features by themselves. */
import { describe, expect, it } from "vitest";

import { quickProject } from "../helpers/quick-project.js";

describe("unfork patch list in a project", () => {
  it("shows the features of the folder, and takes one that upstream has for no stale one", () => {
    const project = quickProject();
    expect(project.unfork("patch", "list").err).toContain("unfork upgrade --until features");
    expect(project.unfork("upgrade", "--until", "features").code).toBe(0);
    const list = JSON.parse(project.unfork("patch", "list", "--json").out);
    const states = list.features.map((one: { name: string; kind: string; releases: { state: string }[] }) => [
      one.name,
      one.kind,
      one.releases.map(({ state }) => state).join(" "),
    ]);
    expect(states).toEqual([
      ["lamp-colours", "folder", "there there"],
      ["longer-hold", "folder", "there there"],
      ["silence-guard", "folder", "there upstreamed"],
      ["studio-scale", "folder", "there there"],
    ]);
    expect(project.unfork("patch", "list", "--stale").code).toBe(0);
    expect(project.unfork("patch", "card", "studio-scale", "--set", "owner=x").err).toContain("stands in its feature.yaml");
  });
});
