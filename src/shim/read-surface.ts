/** Owns the reading of a surface file, YAML or JSON: every problem with its key and the line it stands on. */
import { type ShimSurface, shimSurfaceSchema } from "../model/shim-surface.js";
import { UnforkError } from "../support/errors.js";
import { explainIssues } from "../support/explain-issues.js";
import { readText } from "../support/fs.js";
import { parseYaml, yamlLine } from "../support/yaml-source.js";

const HINT = "a surface is one YAML or JSON object with library, headers, names, exclude …; docs/shim.md explains each key";

/** Throws `input-missing`, or `config-invalid` with `file:line` of each problem. */
export async function readSurface(file: string): Promise<PlacedSurface> {
  const text = await readText(file);
  const surface = parseSurface(file, text);
  const source = parseYaml(file, text, { expected: "neither JSON nor YAML", hint: HINT });
  return { surface, place: (path) => `${file}:${yamlLine(source, path)}: ${path.filter((part) => typeof part === "string").join(".")}` };
}

export interface PlacedSurface {
  readonly surface: ShimSurface;
  /** Where a key is written. */
  readonly place: (path: readonly (string | number)[]) => string;
}

export function parseSurface(file: string, text: string): ShimSurface {
  const source = parseYaml(file, text, { expected: "neither JSON nor YAML", hint: HINT });
  const input: unknown = source.document.toJS() ?? {};
  const parsed = shimSurfaceSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .flatMap((issue) => explainIssues([issue], input, shimSurfaceSchema).map((what) => ({ line: yamlLine(source, pathOf(issue)), what })))
    .toSorted((a, b) => a.line - b.line);
  const size = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  throw new UnforkError(
    "config-invalid",
    `the surface has ${size}:\n${problems.map(({ line, what }) => `  ${file}:${line}: ${what}`).join("\n")}`,
    {
      hint: HINT,
      context: { file, line: problems[0]?.line ?? 1 },
    },
  );
}

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
}

/** An unknown key stands where it is written, not where its object starts. */
function pathOf(issue: Issue): readonly PropertyKey[] {
  const [key] = issue.keys ?? [];
  return issue.code === "unrecognized_keys" && key !== undefined ? [...issue.path, key] : issue.path;
}
