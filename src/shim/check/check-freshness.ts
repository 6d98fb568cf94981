/** Owns whether a shim's folder is what its inputs give today: nothing missing, nothing stale, no edit in the way. */
import { join, resolve } from "node:path";

import type { ShimManifest } from "../../model/shim-manifest.js";
import { UnforkError } from "../../support/errors.js";
import { exists } from "../../support/fs.js";
import { sha256, sha256File } from "../../support/hash.js";
import { loadShim, type ShimRequest } from "../load-shim.js";
import { planRegeneration } from "../regenerate/regenerate.js";
import { folderFiles } from "../shim-folder.js";
import type { ShimFinding } from "./finding.js";

/** Throws `input-invalid` for a manifest that does not say what it was made from. */
export async function checkFreshness(folder: string, manifest: ShimManifest): Promise<ShimFinding[]> {
  const { inputs } = manifest;
  if (inputs === undefined)
    throw new UnforkError("input-invalid", `${join(folder, "shim.json")} does not say what the shim was made from`, {
      hint: "generate it again: unfork shim generate",
    });
  const files = [...inputs.snapshots, ...(inputs.surface === null ? [] : [inputs.surface])];
  const gone: ShimFinding[] = [];
  const changed: ShimFinding[] = [];
  for (const { file, digest } of files) {
    const path = resolve(folder, file);
    if (!(await exists(path))) gone.push({ kind: "input", path: file, line: 0, text: "the shim was made from it, and it is not there" });
    else if ((await sha256File(path)) !== digest)
      changed.push({ kind: "stale", path: file, line: 0, text: "it changed since the shim was made: generate again" });
  }
  for (const file of [...inputs.archives.flat(), ...inputs.apps])
    if (!(await exists(resolve(folder, file))))
      gone.push({ kind: "input", path: file, line: 0, text: "the shim was made from it, and it is not there" });
  if (gone.length > 0) return gone;
  return [...changed, ...(await outdated(folder, manifest, requestOf(folder, manifest, inputs)))];
}

function requestOf(folder: string, { flavors }: ShimManifest, inputs: NonNullable<ShimManifest["inputs"]>): ShimRequest {
  const at = (path: string): string => resolve(folder, path);
  const [legacy, latest] = inputs.snapshots;
  const [old, one] = inputs.archives;
  return {
    flavors: [
      { name: flavors[0].name, release: flavors[0].release, file: at(legacy.file), archives: old.map(at) },
      { name: flavors[1].name, release: flavors[1].release, file: at(latest.file), archives: one.map(at) },
    ],
    surface: inputs.surface === null ? undefined : at(inputs.surface.file),
    library: inputs.library ?? undefined,
    apps: inputs.apps.map(at),
  };
}

async function outdated(folder: string, manifest: ShimManifest, request: ShimRequest): Promise<ShimFinding[]> {
  const files = folderFiles(await loadShim(request));
  const digests = new Map(manifest.files.map(({ path, digest }) => [path, digest]));
  const now = new Map(files.flatMap(({ path, text, once }) => (once === true ? [] : [[path, sha256(text)] as const])));
  const { changes } = await planRegeneration(folder, files);
  return changes.flatMap(({ path, outcome }): ShimFinding[] => {
    if (outcome.status === "problem") return [{ kind: "conflict", path, line: outcome.line, text: outcome.reason }];
    if (outcome.status === "new" || outcome.status === "restored")
      return [{ kind: "missing", path, line: 0, text: "it is not there: generate again" }];
    if (outcome.status === "removed") return [{ kind: "stale", path, line: 0, text: "it is not generated any more: generate again" }];
    if (now.get(path) !== digests.get(path))
      return [{ kind: "stale", path, line: 0, text: "what is generated now is another text: generate again" }];
    return [];
  });
}
