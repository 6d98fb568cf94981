/** Owns the reading of a policy file, JSON or YAML: every problem with the line it stands on. */
import type { z } from "zod";

import { type IsolationPlan, isolationPlanSchema } from "../../model/isolation.js";
import { UnforkError } from "../../support/errors.js";
import { explainIssues } from "../../support/explain-issues.js";
import { readText } from "../../support/fs.js";
import { parseYaml, yamlLine, type YamlSource } from "../../support/yaml-source.js";
import { checkPolicy } from "./check-policy.js";

/** Reads, checks and fills in the defaults. Throws `input-missing`, or `config-invalid` with `file:line` of each problem. */
export async function loadPolicy(file: string): Promise<IsolationPlan> {
  const source = parseYaml(file, await readText(file), {
    expected: "neither JSON nor YAML",
    hint: "a policy is one JSON or YAML object",
  });
  const input: unknown = source.document.toJS() ?? {};
  const parsed = isolationPlanSchema.safeParse(input);
  if (!parsed.success) throw invalid(source, problemsOf(parsed.error.issues, input, source));
  checkPolicy(parsed.data, file);
  return parsed.data;
}

interface Problem {
  readonly line: number;
  readonly text: string;
}

function problemsOf(issues: readonly z.core.$ZodIssue[], input: unknown, source: YamlSource): Problem[] {
  return issues.flatMap((issue) => {
    const line = yamlLine(source, issue.path);
    return explainIssues([issue], input, isolationPlanSchema).map((text) => ({ line, text }));
  });
}

function invalid({ file }: YamlSource, problems: readonly Problem[]): UnforkError {
  const sorted = problems.toSorted((a, b) => a.line - b.line);
  const text = sorted.map((problem) => `  ${file}:${problem.line}: ${problem.text}`).join("\n");
  return new UnforkError(
    "config-invalid",
    `the policy has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:\n${text}`,
    {
      hint: "schema/isolation-policy.schema.json says what a policy may hold; docs/isolation/policy.md explains it",
      context: { file, line: sorted[0]?.line ?? 1 },
    },
  );
}
