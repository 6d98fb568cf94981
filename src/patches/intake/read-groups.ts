/** Owns the reading of a file of groups: which patch belongs to which feature, as a person left it. */
import { type PatchGroups, patchGroupsSchema } from "../../model/patch-groups.js";
import { UnforkError } from "../../support/errors.js";
import { explainIssues } from "../../support/explain-issues.js";
import { readText } from "../../support/fs.js";
import { parseYaml, yamlLine } from "../../support/yaml-source.js";

/** Throws `config-invalid` with file and line for what does not hold, `input-missing` for no such file. */
export async function readGroups(file: string): Promise<PatchGroups> {
  const source = parseYaml(file, await readText(file), { expected: "a file of features and their patches is wanted" });
  const input: unknown = source.document.toJS();
  const parsed = patchGroupsSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const line = yamlLine(source, parsed.error.issues[0]?.path ?? []);
  throw new UnforkError("config-invalid", `${file}:${line}: ${explainIssues(parsed.error.issues, input, patchGroupsSchema).join("\n  ")}`, {
    hint: "each feature has a name, a purpose, an owner and its patches; see docs/patches/intake.md",
    context: { file, line },
  });
}

/** The name of each patch's feature. */
export function featureOfPatch({ features }: PatchGroups): Map<string, string> {
  return new Map(features.flatMap(({ name, patches }) => patches.map((patch) => [patch, name] as const)));
}
