/** Owns the reading of a policy file, JSON or YAML: every problem with the line it stands on. */
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";

import { type IsolationPlan, isolationPlanSchema } from "../../model/isolation.js";
import { UnforkError } from "../../support/errors.js";
import { explainIssues } from "../../support/explain-issues.js";
import { readText } from "../../support/fs.js";
import { checkPolicy } from "./check-policy.js";

interface Source {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** Reads, checks and fills in the defaults. Throws `input-missing`, or `config-invalid` with `file:line` of each problem. */
export async function loadPolicy(file: string): Promise<IsolationPlan> {
  const source = parse(file, await readText(file));
  const input: unknown = source.document.toJS() ?? {};
  const parsed = isolationPlanSchema.safeParse(input);
  if (!parsed.success) throw invalid(source, problemsOf(parsed.error.issues, input, source));
  checkPolicy(parsed.data, file);
  return parsed.data;
}

/** YAML 1.2 holds JSON. */
function parse(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error === undefined) return { file, document, lines };
  const { line } = lines.linePos(error.pos[0]);
  throw new UnforkError("config-invalid", `${file}:${line}: neither JSON nor YAML: ${error.message}`, {
    hint: "a policy is one JSON or YAML object",
    context: { file, line },
  });
}

interface Problem {
  readonly line: number;
  readonly text: string;
}

function problemsOf(issues: readonly z.core.$ZodIssue[], input: unknown, source: Source): Problem[] {
  return issues.flatMap((issue) => {
    const line = lineOf(source, issue.path);
    return explainIssues([issue], input, isolationPlanSchema).map((text) => ({ line, text }));
  });
}

/** Line of the value at a path, or of the nearest value around it that is written. */
function lineOf({ document, lines }: Source, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function invalid({ file }: Source, problems: readonly Problem[]): UnforkError {
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
