/** Owns the reading of a layers file: every problem by file and line, repositories as paths of this machine. */
import { dirname, resolve } from "node:path";

import { type LayersFile, type PinnedLayer, type RootLayer, layersFileSchema } from "../../model/layers-file.js";
import { UnforkError } from "../../support/errors.js";
import { explainIssues } from "../../support/explain-issues.js";
import { readText } from "../../support/fs.js";
import { parseYaml, yamlLine } from "../../support/yaml-source.js";
import { overlaps } from "./overlaps.js";

/** A layer with the folder of its repository, and where the file tells of it. */
export type Layer = Located & (({ readonly kind: "root" } & RootLayer) | ({ readonly kind: "layer" } & PinnedLayer));

interface Located {
  readonly folder: string;
  /** `file:line`. */
  readonly place: string;
}

export type Root = Extract<Layer, { kind: "root" }>;
export type Pinned = Extract<Layer, { kind: "layer" }>;

export interface Layers {
  readonly file: string;
  readonly root: Root;
  /** In the order of the file. */
  readonly pinned: readonly Pinned[];
}

/** Throws `config-invalid` for a file that does not hold: unknown keys, two layers of a name, at a path, one inside another. */
export async function readLayers(file: string): Promise<Layers> {
  const source = parseYaml(file, await readText(file), { expected: "a layers file is YAML", strings: true });
  const written: unknown = source.document.toJS() ?? {};
  const lineOf = (path: readonly PropertyKey[]) => yamlLine(source, path);
  const parsed = layersFileSchema.safeParse(written);
  if (!parsed.success) {
    const lines = parsed.error.issues.flatMap((issue) =>
      explainIssues([issue], written, layersFileSchema).map((text) => ({ line: lineOf(issue.path), text })),
    );
    throw invalid(lines.toSorted((a, b) => a.line - b.line).map(({ line, text }) => `${file}:${line}: ${text}`));
  }
  const problems = overlaps(parsed.data).map(({ path, text }) => `${file}:${lineOf(path)}: ${text}`);
  if (problems.length > 0) throw invalid(problems);
  return located(file, parsed.data, lineOf);
}

function located(file: string, { root, layers }: LayersFile, lineOf: (path: readonly PropertyKey[]) => number): Layers {
  const folder = (repo: string) => resolve(dirname(file), repo);
  return {
    file,
    root: { ...root, kind: "root", folder: folder(root.repo), place: `${file}:${lineOf(["root"])}` },
    pinned: layers.map((layer, at) => ({
      ...layer,
      kind: "layer",
      folder: folder(layer.repo),
      place: `${file}:${lineOf(["layers", at])}`,
    })),
  };
}

function invalid(problems: readonly string[]): UnforkError {
  return new UnforkError("config-invalid", problems.join("\n"), {
    hint: "root: name and repo; layers: a list of name, repo, path and pin (deps, submodule or table)",
  });
}
