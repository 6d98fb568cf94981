/** Owns what a loaded part tells the others: the names its files introduce, and answers about names of the whole tree. */
import { basename, join } from "node:path";

import { anyNameGlob } from "../../support/glob.js";
import { scan } from "../../tokens/scan.js";
import { asmExports } from "../constructs/asm-symbols.js";
import {
  buildPrefixes,
  isBuildFile,
  isExactSymbol,
  isPrefixedSymbol,
  type PrefixedSymbols,
  prefixedSymbols,
} from "../constructs/x86-prefix.js";
import { type M4File, readM4 } from "../constructs/m4-assembler.js";
import { dialectOf, isAssembler, type Language } from "../code-files.js";
import { nestedNames } from "../survey/nested-namespaces.js";
import type { CodeFile, LoadedPart } from "./part-load.js";
import { pastingOf, pendingOf } from "./part-macros.js";
import { onlyQualified } from "./part-qualified.js";
import type { DeclaredPlace, NamedPlace, NestedWord, PartAnswer, PartQuestion, PartSurvey } from "./name-model.js";
import { lineAt } from "./rewrite.js";
import type { MacroFact } from "../survey/macro-facts.js";
import { pragmaLabel } from "../survey/pragma-facts.js";
import { surveyNamespaced } from "../survey/survey.js";
import type { Introduced } from "../survey/survey-model.js";

/** The names of a part's files. */
export function surveyPart(part: LoadedPart): PartSurvey {
  const { files } = part;
  return {
    defined: files.flatMap((file) => [
      ...file.survey.defined.map((introduced) => placeOf(part, file, introduced)),
      ...asmPlaces(part, file),
    ]),
    constants: files.flatMap((file) => file.survey.constants.map((introduced) => placeOf(part, file, introduced))),
    declaredExtern: namesOf(part, (file) => file.survey.declaredExtern),
    declaredC: namesOf(part, (file) => declaredInside(file.survey)),
    matching: matching(part),
    called: namesOf(part, (file) => [...file.survey.called]),
    defines: namesOf(part, (file) => file.survey.macroNames),
    macros: files.flatMap((file) => [...file.survey.macros, ...labelFacts(part, file)].map((fact) => withPlace(file, fact))),
    opened: namesOf(part, (file) =>
      file.survey.namespaces.filter(({ around }) => around.length === 0).flatMap(({ words }) => words.slice(0, 1)),
    ),
    spaces: namesOf(part, (file) => file.survey.namespaces.flatMap(({ words }) => words)),
    nested: nested(part),
    pending: pendingOf(part),
    pasting: pastingOf(part),
    strings: files.flatMap(({ strings }) => strings),
    guards: namesOf(part, ({ headerMacros }) => (headerMacros?.guard === undefined ? [] : [headerMacros.guard])),
    headerMacros: namesOf(part, ({ headerMacros }) => headerMacros?.certain ?? []),
    code: files.flatMap((file) =>
      file.code === undefined
        ? []
        : [{ file: file.file.index, line: lineIn(file, file.code.offset), count: file.code.count, text: file.code.text }],
    ),
    modules: [...new Set(files.flatMap(({ edits }) => edits.modules.flatMap(({ name, declares }) => (declares ? [name] : []))))],
    m4: m4Files(part),
    prefixed: [
      ...files.flatMap(({ language, content }) => (language === "nasm" ? (prefixedSymbols(content.once()) ?? []) : [])),
      ...prefixesOfBuild(part),
    ],
  };
}

/** What the part's files of m4 tell. */
function m4Files({ request, read, files }: LoadedPart): M4File[] {
  const macros = request.files.flatMap((file) => {
    const bytes = file.format === "m4" ? read(join(request.source, file.path)).once() : NOTHING;
    return bytes.includes("PROLOGUE") ? [readM4({ file: file.index, path: file.path }, bytes)] : [];
  });
  const sources = files.flatMap(({ file, language, content }) =>
    language === "m4" ? [readM4({ file: file.index, path: file.path }, content.once())] : [],
  );
  return [...macros, ...sources];
}

const NOTHING = Buffer.alloc(0);

/** What the part's build files call the prefix of its assembler. */
function prefixesOfBuild({ request, read }: LoadedPart): PrefixedSymbols[] {
  const paths = request.files.flatMap(({ path, code }) => (!code && isBuildFile(path) ? [path] : []));
  return paths.flatMap((path) => buildPrefixes(read(join(request.source, path)).once()) ?? []);
}

/** What strings of `asm` export: symbols as those of assembler files. */
function asmPlaces(part: LoadedPart, file: CodeFile): NamedPlace[] {
  if (file.edits.asm.length === 0) return [];
  const exported = asmExports(file.content.once(), file.edits.asm);
  return exported.map(({ name, offset }) =>
    placeOf(part, file, {
      id: part.interner.internText(name),
      kind: "asm",
      offset,
      instead: undefined,
      wrapper: undefined,
      first: undefined,
    }),
  );
}

/** Told in place: there are many, and nobody else has them. */
function withPlace(file: CodeFile, fact: MacroFact): MacroFact {
  const line = fact.kind === "label" && fact.offset !== undefined ? { line: lineIn(file, fact.offset) } : undefined;
  return Object.assign(fact, { file: file.file.index }, line);
}

/** The symbols that declarations of the file are given by a label, and the sections that it names. */
function labelFacts({ interner }: LoadedPart, file: CodeFile): MacroFact[] {
  const text = (start: number, end: number): string => file.content.once().toString("latin1", start, end);
  const sections = file.edits.asm
    .filter(({ is }) => is === "section")
    .map(({ start, end }): MacroFact => ({ kind: "section", name: text(start, end), line: lineIn(file, start) }));
  const labels = file.edits.asm.filter(({ of }) => of !== undefined);
  return labels
    .map(({ of, ofMember, start, end }): MacroFact => {
      const name = interner.name(of as number);
      return { kind: "label", name, target: text(start, end), line: lineIn(file, start), ofMember };
    })
    .concat(sections, pragmaLabels(file, text));
}

/** The symbols of `_Pragma("weak a = b")` and `_Pragma("redefine_extname b a")`. */
function pragmaLabels(file: CodeFile, text: (start: number, end: number) => string): MacroFact[] {
  return file.edits.asm.flatMap(({ is, start, end }): MacroFact[] => {
    const found = is === "options" ? pragmaLabel(text(start, end)) : undefined;
    return found === undefined ? [] : [{ kind: "label", ...found, line: lineIn(file, start) }];
  });
}

function placeOf({ interner }: LoadedPart, codeFile: CodeFile, found: Introduced): NamedPlace {
  const { file, language } = codeFile;
  const { id, kind, offset, instead, wrapper, first, isInside, isTemplate, isImplicit } = found;
  return {
    name: interner.name(id),
    kind,
    file: file.index,
    line: lineIn(codeFile, offset),
    where: whereIs(language),
    instead: instead?.map((word) => interner.name(word)),
    wrapper: wrapper === undefined ? undefined : interner.name(wrapper),
    first: first === undefined ? undefined : interner.name(first),
    isInside,
    isTemplate,
    ...(isImplicit === true ? { isImplicit: true as const } : {}),
  };
}

/** The line of a byte offset, remembered so that an unchanged file need not be read for it again. */
function lineIn({ content, lines }: CodeFile, offset: number): number {
  const known = lines.get(offset);
  if (known !== undefined) return known;
  const line = lineAt(content.once(), offset);
  lines.set(offset, line);
  return line;
}

export function whereIs(language: Language): NamedPlace["where"] {
  return language === "header" || language === "fragment" ? language : "source";
}

/** Each name once. */
function namesOf({ files, interner }: LoadedPart, idsOf: (file: CodeFile) => readonly number[]): string[] {
  const ids = new Set<number>();
  for (const file of files) for (const id of idsOf(file)) ids.add(id);
  return [...ids].map((id) => interner.name(id));
}

function matching({ interner, indexer, request }: LoadedPart): string[] {
  if (request.names.length === 0) return [];
  const matches = anyNameGlob(request.names);
  const used = Array.from({ length: interner.size() }, (_, id) => id).filter((id) => indexer.isUsed(id));
  return used.map((id) => interner.name(id)).filter(matches);
}

function nested({ files, interner, request }: LoadedPart): NestedWord[] {
  const external = new Set(request.namespaces.map((name) => interner.find(name)));
  const found = files.flatMap(({ file, survey, edits }) =>
    nestedNames({ namespaces: survey.namespaces, types: edits.types }, external).map(({ word, path, declares }): NestedWord => ({
      word: interner.name(word),
      path: path.map((id) => bareName(id, interner.name, request)),
      file: declares ? basename(file.path) : undefined,
    })),
  );
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

/** The name without the flavor, where it is an external namespace's. */
export function bareName(id: number, nameOf: (id: number) => string, { namespaces, suffix }: LoadedPart["request"]): string {
  if (id < 0) return "";
  const name = nameOf(id);
  const bare = name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
  return namespaces.includes(bare) ? bare : name;
}

/** Answers when the surveys of all parts are there. */
export function answerPart(part: LoadedPart, { candidates, unresolved, inside, spaces, prefixed }: PartQuestion): PartAnswer {
  const { interner, indexer, request } = part;
  const qualified = onlyQualified(part, inside, spaces);
  const members = candidates.filter((name) => indexer.isMember(interner.find(name)) && !qualified.has(name));
  return {
    members,
    macros: calledMacros(part, candidates),
    declared: declarationsOf(part, candidates),
    taken: candidates.filter((name) => indexer.isUsed(interner.find(name + request.suffix))),
    namespaced: namespacedDefinitions(part, unresolved),
    prefixed: prefixed === undefined ? [] : prefixedNames(part, prefixed),
  };
}

/** Declared with C linkage in a namespace: a definition there inherits it (ISO C++ [dcl.link]); one of a global declaration does not. */
function declaredInside({ declaredC, declaredGlobal }: CodeFile["survey"]): number[] {
  const outside = new Set(declaredGlobal);
  return declaredC.filter((id) => !outside.has(id));
}

/** Those of the names, written in capitals, that a macro of the part's files has. */
function calledMacros({ interner, files }: LoadedPart, names: readonly string[]): string[] {
  const ids = new Map(names.filter((name) => !/[a-z]/.test(name)).map((name) => [interner.find(name), name]));
  const found = files.flatMap(({ survey }) => survey.macroNames.flatMap((id) => ids.get(id) ?? []));
  return [...new Set(found)];
}

/** The functions and variables, declared in C, that are symbols which NASM macros join; such a name is the same in every file. */
function prefixedNames({ interner, indexer, files }: LoadedPart, prefixed: PrefixedSymbols): NamedPlace[] {
  const [isSymbol, isExact] = [isPrefixedSymbol(prefixed), isExactSymbol(prefixed)];
  const declared = new Set(files.flatMap(({ survey }) => survey.declaredGlobal.concat(survey.declaredC)));
  /** With the words of C: assembler builds names of its own from such words. */
  const used = new Set(declared);
  for (const { language, ids } of files) if (!isAssembler(language)) indexer.has(ids, (id) => (used.add(id), false));
  return [...used]
    .map((id) => ({ id, name: interner.name(id) }))
    .filter(({ id, name }) => (declared.has(id) ? isSymbol(name) : isExact(name)))
    .map(({ name }) => name)
    .map((name) => ({ name, kind: "asm", file: 0, line: 1, where: "header", instead: undefined, wrapper: undefined, first: undefined }));
}

function declarationsOf({ files, interner }: LoadedPart, names: readonly string[]): DeclaredPlace[] {
  const wanted = new Set(names.map((name) => interner.find(name)));
  return files.flatMap(({ file, language, survey }) =>
    survey.declaredGlobal
      .filter((id) => wanted.has(id))
      .map((id) => ({ name: interner.name(id), file: file.index, where: whereIs(language) })),
  );
}

/**
 * Definitions inside namespaces of names that are declared with C linkage elsewhere: looked for only in files that have such a name,
 * and in none that declares it outside of all namespaces, too: what it defines inside is a wrapper.
 */
function namespacedDefinitions(part: LoadedPart, names: readonly string[]): NamedPlace[] {
  const { interner, indexer, stream, words, files } = part;
  const wanted = new Set(names.map((name) => interner.find(name)).filter((id) => id >= 0));
  if (wanted.size === 0) return [];
  return files.flatMap((file) => {
    if (!indexer.has(file.ids, (id) => wanted.has(id))) return [];
    const bytes = file.content.once();
    scan(bytes, interner, stream, dialectOf(file.language));
    const found = surveyNamespaced({ stream, bytes, words }, file.language, part.macros);
    const outside = new Set(file.survey.declaredGlobal);
    return found.filter(({ id }) => wanted.has(id) && !outside.has(id)).map((introduced) => placeOf(part, file, introduced));
  });
}
