/** Owns the second look at the files of a part in which macros of the tree open scopes or export labels. */
import { basename } from "node:path/posix";

import { scan } from "../../tokens/scan.js";
import { dialectOf } from "../code-files.js";
import type { AssemblerLanguage } from "../survey/assembler-macros.js";
import type { ExportingMacro, ScopeMacro, TreeMacros } from "../survey/scope-macros.js";
import { surveyFile } from "../survey/survey.js";
import { emptySurvey, type KnownMacros, type ScopeMacrosById, type Survey } from "../survey/survey-model.js";
import type { CodeFile, LoadedPart } from "./part-load.js";

/** The part with such files surveyed anew; undefined when it has none. */
export function resurveyed(part: LoadedPart, { scopes, exporters, embedded, lists, nested, shared }: TreeMacros): LoadedPart | undefined {
  const known: KnownMacros = {
    scopes: scopesById(part, scopes),
    exporters: { gas: exportersById(part, exporters, "gas"), nasm: exportersById(part, exporters, "nasm") },
  };
  const opening = [...known.scopes].flatMap(([id, { opens }]) => (opens > 0 ? [id] : []));
  let changed = false;
  const fragments = new Set(embedded);
  const listed = new Set(lists);
  const inside = new Map(nested);
  const sources = new Set(shared);
  const files = part.files.map((loaded) => {
    const file = sources.has(loaded.file.index) ? withSharedMacros(loaded) : loaded;
    if (file !== loaded) changed = true;
    if (fragments.has(basename(file.file.path))) {
      changed = true;
      const survey = embeddedSurvey(file.survey, listed.has(basename(file.file.path)));
      return { ...file, survey, standing: { kind: "class" as const, words: [] } };
    }
    const words = inside.get(file.file.index);
    if (words !== undefined) {
      changed = true;
      return { ...again(part, file, { ...known, isNested: true }), standing: { kind: "namespace" as const, words } };
    }
    if (!opening.some((id) => file.survey.leading.has(id)) && !exportsByMacro(part, file, known)) return file;
    changed = true;
    return again(part, file, known);
  });
  return changed || sources.size > 0 ? { ...part, files, macros: known, shared: sources } : undefined;
}

/** Of a source that others include: its macros hold elsewhere, too. */
function withSharedMacros(file: CodeFile): CodeFile {
  return { ...file, pasting: file.pasting.map((definition) => Object.assign({}, definition, { local: false, includes: [] })) };
}

/** Of what stands in a class only the macros count; of a list that stands elsewhere, too, also what it calls. */
function embeddedSurvey({ namespaces, macros, leading, macroNames, called }: Survey, isList: boolean): Survey {
  return { ...emptySurvey(), namespaces, macros, leading, macroNames, ...(isList ? { called } : {}) };
}

function exportsByMacro({ indexer }: LoadedPart, { language, ids }: CodeFile, { exporters }: KnownMacros): boolean {
  const known = language === "gas" || language === "nasm" ? exporters[language] : undefined;
  return known !== undefined && known.size > 0 && indexer.has(ids, (id) => known.has(id));
}

function exportersById({ interner }: LoadedPart, exporters: readonly ExportingMacro[], wanted: AssemblerLanguage) {
  return new Map(exporters.flatMap((macro) => (macro.assembler === wanted ? [[interner.find(macro.name), macro] as const] : [])));
}

function again({ interner, stream, words }: LoadedPart, file: CodeFile, macros: KnownMacros): CodeFile {
  const bytes = file.content.once();
  scan(bytes, interner, stream, dialectOf(file.language));
  return { ...file, survey: surveyFile({ stream, bytes, words }, file.language, macros, basename(file.file.path)) };
}

function scopesById({ interner }: LoadedPart, macros: readonly ScopeMacro[]): ScopeMacrosById {
  const known = macros.filter(({ name }) => interner.find(name) >= 0);
  const idOf = (word: string | number): number => (typeof word === "number" ? -1 - word : interner.internText(word));
  return new Map(
    known.map((macro) => [interner.find(macro.name), { ...macro, words: macro.words.filter((word) => word !== "").map(idOf) }]),
  );
}
