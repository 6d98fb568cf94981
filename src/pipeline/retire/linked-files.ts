/** Owns which objects and archives a project's program of both flavors is linked of, as its own ninja file names them. */
import { join, resolve } from "node:path";

import type { LinkedFile } from "../../objects/reach.js";
import { UnforkError } from "../../support/errors.js";
import { readTextIfThere } from "../../support/fs.js";
import type { Project } from "../project.js";

/** Those of the legacy flavor, its archive and its adapter, are what is looked for. Throws `state-invalid` where nothing is built. */
export async function linkedFiles(project: Project): Promise<LinkedFile[]> {
  const folder = join(project.paths.build, "program");
  const text = project.config.build.system === "own" ? await readTextIfThere(join(folder, "dual.ninja")) : undefined;
  const line = text?.split("\n").find((each) => each.startsWith("build ") && each.includes(": link "));
  if (line === undefined)
    throw new UnforkError("state-invalid", "it is not known what the dual program is linked of", {
      hint: "run `unfork upgrade --until link`; of a build system of your own, name objects and archives: --object FILE …, --legacy FILE …",
    });
  const words = line.slice(line.indexOf(": link ") + ": link ".length).split(/\s+/);
  const files = [...new Set(words.filter((word) => /\.(?:o|obj|a|lib)$/.test(word)))];
  const legacy = resolve(project.paths.build, "legacy");
  return files.map((file) => {
    const path = resolve(folder, file);
    return { path, wanted: path.startsWith(`${legacy}/`) || file.startsWith("obj/adapter-legacy/") };
  });
}
