/** Owns the reading of allow lists and baselines: every problem with the line it stands on. */
import type { z } from "zod";

import { type AllowList, type AuditBaseline, type AuditResult, allowListSchema, auditBaselineSchema } from "../model/audit.js";
import { UnforkError } from "../support/errors.js";
import { explainIssues } from "../support/explain-issues.js";
import { readText } from "../support/fs.js";
import { parseYaml, yamlLine } from "../support/yaml-source.js";

/** An allow list, YAML or JSON. Throws `input-missing`, or `config-invalid` with `file:line` of each problem. */
export async function loadAllowList(file: string): Promise<AllowList> {
  return load(file, allowListSchema, "an allow list holds `shared` (patterns with reasons) and `severity`; docs/audit.md explains it");
}

/** A baseline as `unfork audit baseline` writes it. */
export async function loadBaseline(file: string): Promise<AuditBaseline> {
  return load(file, auditBaselineSchema, "write it anew with `unfork audit baseline`");
}

async function load<T>(file: string, schema: z.ZodType<T>, hint: string): Promise<T> {
  const source = parseYaml(file, await readText(file), { expected: "neither JSON nor YAML", hint });
  const input: unknown = source.document.toJS() ?? {};
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.flatMap((issue) => {
    const line = yamlLine(source, issue.path);
    return explainIssues([issue], input, schema).map((text) => `  ${file}:${line}: ${text}`);
  });
  throw new UnforkError("config-invalid", `${file} cannot be used:\n${lines.join("\n")}`, { hint, context: { file } });
}

export function baselineOf({ findings }: AuditResult): AuditBaseline {
  return { schema: 1, findings: findings.map(({ id, category, symbol }) => ({ id, category, symbol })) };
}

/** The audit without the findings that the baseline knows. */
export function withoutKnown(audit: AuditResult, { findings: known }: AuditBaseline): AuditResult {
  const ids = new Set(known.map(({ id }) => id));
  const there = new Set(audit.findings.map(({ id }) => id));
  const findings = audit.findings.filter(({ id }) => !ids.has(id));
  const summary: Record<string, number> = {};
  for (const { category } of findings) summary[category] = (summary[category] ?? 0) + 1;
  const unused = audit.summary["shared-unused"];
  const gone = known.filter(({ id }) => !there.has(id)).length;
  return {
    ...audit,
    findings,
    summary: unused === undefined ? summary : { ...summary, "shared-unused": unused },
    baseline: { known: known.length - gone, gone },
  };
}
