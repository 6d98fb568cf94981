/** Owns reading YAML, and so JSON, with the line of every value. */
import { type Document, isNode, LineCounter, parseDocument } from "yaml";

import { UnforkError } from "./errors.js";

/** A parsed file that knows its lines. */
export interface YamlSource {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/**
 * Parses YAML 1.2, which holds JSON. `expected` ends the sentence of the error. `strings`: every value is a text as it is written,
 * for files of names that may look like numbers (a commit `468e2611` does). Throws `config-invalid` with `file:line`.
 */
export function parseYaml(
  file: string,
  text: string,
  { expected, hint, strings = false }: { readonly expected: string; readonly hint?: string; readonly strings?: boolean },
): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, ...(strings ? { schema: "failsafe" } : {}) });
  const [error] = document.errors;
  if (error === undefined) return { file, document, lines };
  const { line } = lines.linePos(error.pos[0]);
  throw new UnforkError("config-invalid", `${file}:${line}: ${expected}: ${error.message}`, {
    ...(hint === undefined ? {} : { hint }),
    context: { file, line },
  });
}

/** The line of the value at a path, or of the nearest value around it that is written. */
export function yamlLine({ document, lines }: YamlSource, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
