/** Owns the second look at the files of a part in which macros of the tree open namespaces or linkage blocks. */
import { scan } from "../../tokens/scan.js";
import { dialectOf } from "../code-files.js";
import type { ScopeMacro } from "../survey/scope-macros.js";
import { type ScopeMacrosById, surveyFile } from "../survey/survey.js";
import type { CodeFile, LoadedPart } from "./part-load.js";

/** The part with such files surveyed anew; undefined when it has none. */
export function resurveyed(part: LoadedPart, macros: readonly ScopeMacro[]): LoadedPart | undefined {
  const known = byId(part, macros);
  const opening = [...known].flatMap(([id, { opens }]) => (opens > 0 ? [id] : []));
  let changed = false;
  const files = part.files.map((file) => {
    if (!opening.some((id) => file.survey.leading.has(id))) return file;
    changed = true;
    return again(part, file, known);
  });
  return changed ? { ...part, files, macros: known } : undefined;
}

function again({ interner, stream, words }: LoadedPart, file: CodeFile, macros: ScopeMacrosById): CodeFile {
  const { bytes } = file.content;
  scan(bytes, interner, stream, dialectOf(file.language));
  return { ...file, survey: surveyFile({ stream, bytes, words }, file.language, macros) };
}

function byId({ interner }: LoadedPart, macros: readonly ScopeMacro[]): ScopeMacrosById {
  const known = macros.filter(({ name }) => interner.find(name) >= 0);
  const idOf = (word: string | number): number => (typeof word === "number" ? -1 - word : interner.internText(word));
  return new Map(
    known.map((macro) => [interner.find(macro.name), { ...macro, words: macro.words.filter((word) => word !== "").map(idOf) }]),
  );
}
