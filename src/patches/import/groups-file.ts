/** Owns the reading of a groups file: features by hand, with their purposes and owners; every problem by file and line. */
import { type ImportGroups, importGroupsSchema } from "../../model/import-groups.js";
import { UnforkError } from "../../support/errors.js";
import { explainIssues } from "../../support/explain-issues.js";
import { readText } from "../../support/fs.js";
import { parseYaml, yamlLine } from "../../support/yaml-source.js";

export interface Groups {
  readonly features: ImportGroups["features"];
  readonly mayJoin: boolean;
  /** `file:line` of a feature, by its place in the list. */
  readonly placeOf: (index: number) => string;
}

export async function readGroups(file: string): Promise<Groups> {
  const source = parseYaml(file, await readText(file), { expected: "a groups file is YAML" });
  const written: unknown = source.document.toJS() ?? {};
  const placeOf = (...path: PropertyKey[]) => `${file}:${yamlLine(source, path)}`;
  const parsed = importGroupsSchema.safeParse(written);
  if (!parsed.success) {
    const lines = parsed.error.issues.flatMap((issue) =>
      explainIssues([issue], written, importGroupsSchema).map((text) => ({ line: yamlLine(source, issue.path), text })),
    );
    throw invalid(lines.toSorted((a, b) => a.line - b.line).map(({ line, text }) => `${file}:${line}: ${text}`));
  }
  const { features, mayJoin = false } = parsed.data;
  const seen = new Map<string, string>();
  const problems: string[] = [];
  for (const [index, feature] of features.entries())
    for (const [at, patch] of (feature.patches ?? []).entries()) {
      const other = seen.get(patch);
      if (other !== undefined) problems.push(`${placeOf("features", index, "patches", at)}: ${patch} is in ${other} already`);
      seen.set(patch, feature.name);
    }
  const names = features.map(({ name }) => name);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0) problems.push(`${placeOf("features", twice, "name")}: '${names[twice] ?? ""}' is there already`);
  if (problems.length > 0) throw invalid(problems);
  return { features, mayJoin, placeOf: (index) => placeOf("features", index) };
}

function invalid(problems: readonly string[]): UnforkError {
  return new UnforkError("config-invalid", problems.join("\n"), {
    hint: "features: a list of name, purpose, owner and patches; `unfork patch import --dry-run` shows the patches' names",
  });
}
