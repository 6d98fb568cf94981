/** Owns the reading of a name map, YAML or JSON: every problem with its key and the line it stands on. */
import { type ApiNameMap, apiNameMapSchema } from "../model/api-name-map.js";
import { UnforkError } from "../support/errors.js";
import { explainIssues } from "../support/explain-issues.js";
import { readText } from "../support/fs.js";
import { parseYaml, type YamlSource, yamlLine } from "../support/yaml-source.js";

/** Throws `input-missing`, or `config-invalid` with `file:line` of each problem. */
export async function readNameMap(file: string): Promise<ApiNameMap> {
  return parseNameMap(file, await readText(file));
}

export function parseNameMap(file: string, text: string): ApiNameMap {
  const source = parseYaml(file, text, { expected: "neither JSON nor YAML", hint: HINT });
  const input: unknown = source.document.toJS() ?? {};
  const parsed = apiNameMapSchema.safeParse(input);
  const problems = parsed.success
    ? misspelled(parsed.data, source)
    : parsed.error.issues.flatMap((issue) =>
        explainIssues([issue], input, apiNameMapSchema).map((what) => ({ line: yamlLine(source, issue.path), what })),
      );
  if (parsed.success && problems.length === 0) return parsed.data;
  throw invalid(source, problems);
}

const HINT = "a name map is one YAML or JSON object of namespaces, names, headers and ignore; docs/api.md explains it";

interface Problem {
  readonly line: number;
  readonly what: string;
}

/** Names are C++ names, without `::` before them, without blanks; the common name may be "" for global scope. */
function misspelled({ namespaces, names }: ApiNameMap, source: YamlSource): Problem[] {
  return Object.entries({ namespaces, names }).flatMap(([section, renames]) =>
    Object.entries(renames).flatMap(([from, to]) => {
      const line = yamlLine(source, [section, from]);
      const what = isName(from) ? (isName(to) || (to === "" && section === "namespaces") ? null : to) : from;
      return what === null ? [] : [{ line, what: `${section}.${from}: '${what}' is no name, as in webrtc::AudioProcessing` }];
    }),
  );
}

function isName(text: string): boolean {
  return /^[A-Za-z_]\w*(?:::[~A-Za-z_]\w*)*$/.test(text);
}

function invalid({ file }: YamlSource, problems: readonly Problem[]): UnforkError {
  const sorted = problems.toSorted((a, b) => a.line - b.line);
  const text = sorted.map(({ line, what }) => `  ${file}:${line}: ${what}`).join("\n");
  const size = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  return new UnforkError("config-invalid", `the name map has ${size}:\n${text}`, {
    hint: HINT,
    context: { file, line: sorted[0]?.line ?? 1 },
  });
}
