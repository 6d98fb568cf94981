/** Owns the discovery of a tree's own global names, for callers that only want to know them. */
import { mayBeCode } from "./code-files.js";
import { discovered, questionOf } from "./decide/decide-names.js";
import { createLocalPart } from "./engine/part-local.js";
import { surveyParts } from "./engine/survey-parts.js";
import type { GlobalKind } from "./survey/survey-model.js";

/** A name that is defined in the tree, with one place of its definition. */
export interface GlobalName {
  readonly name: string;
  readonly kind: GlobalKind;
  /** Relative to the tree. */
  readonly file: string;
  readonly line: number;
}

/** The names that the code files among `files` (relative to `root`) define, sorted by name. Throws `input-missing` or `disk`. */
export async function discoverGlobalNames(root: string, files: readonly string[]): Promise<GlobalName[]> {
  const listed = files.map((path, index) => ({ index, path, code: mayBeCode(path) }));
  const part = createLocalPart({ source: root, suffix: "", namespaces: [], names: [], files: listed }, () => undefined);
  const { surveys } = await surveyParts([part], files);
  const answer = await part.answer(questionOf(surveys, []));
  await part.close();
  const names = [...discovered(surveys, [answer])].flatMap(([name, [place]]) =>
    place === undefined ? [] : [{ name, kind: place.kind, file: files[place.file] as string, line: place.line }],
  );
  return names.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
