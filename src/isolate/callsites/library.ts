/** Owns what a library's tree declares: its namespaces with their names, its global names, its headers, its macros for a namespace. */
import { createInterner } from "../../tokens/interner.js";
import { DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { scan } from "../../tokens/scan.js";
import { createStream } from "../../tokens/stream.js";
import { type Language, dialectOf, isAssembler, languageIn } from "../code-files.js";
import { isFixedName } from "../decide/system-names.js";
import { scopesById } from "../macros/known-macros.js";
import type { Reading } from "../survey/heads.js";
import type { MacroFact } from "../survey/macro-facts.js";
import { scopeMacros } from "../survey/scope-macros.js";
import { surveyFile } from "../survey/survey.js";
import type { GlobalKind, Survey } from "../survey/survey-model.js";
import { wordsOf } from "../survey/words.js";
import { textOf } from "./declaration.js";
import { befriended, includePaths } from "./token-facts.js";
import { type FileWalk, walkFile, type WalkMacros } from "./walk-file.js";

/** What a name of a namespace is; several may hold. `definedType`: a header has its body. */
export const NAME = { type: 1, function: 2, variable: 4, alias: 8, namespace: 16, header: 32, definedType: 64 } as const;

/** One file's path and bytes. */
export interface CodeInput {
  readonly path: string;
  readonly bytes: Buffer;
}

export interface LibraryNames {
  /** Top-level namespaces, without the flavor. */
  readonly roots: ReadonlySet<string>;
  /** Roots of an older release → the root that has taken them in. */
  readonly map: ReadonlyMap<string, string>;
  /** `a::b` → name → bits of {@link NAME}; only below the roots. */
  readonly namespaces: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Names with symbols of their own at global scope, without the flavor. */
  readonly globals: ReadonlyMap<string, GlobalKind>;
  /** Those of {@link globals} that a header declares or defines. */
  readonly visible: ReadonlySet<string>;
  /** File name → paths of the headers that bear it. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Macros without parameters whose body is one of the roots. */
  readonly namespaceMacros: ReadonlyMap<string, string>;
  /** Include paths that the library's own files use. */
  readonly includes: ReadonlySet<string>;
}

export interface LibraryRequest {
  /** `_<flavor>`, taken off the names of an isolated tree. */
  readonly suffix: string;
  /** Whether the tree is isolated: only what bears the suffix counts. */
  readonly isolated: boolean;
  /** Top-level namespaces; empty: those that a file of the tree opens and fills. */
  readonly namespaces: readonly string[];
  /** Namespaces of an older release that the application still uses → those of this tree that have taken them in. */
  readonly map: ReadonlyMap<string, string>;
}

interface Gathered {
  readonly namespaces: Map<string, Map<string, number>>;
  /** Root → the number of files that define something in it. */
  readonly filled: Map<string, number>;
  /** Number of code files. */
  files: number;
  /** Roots that are opened with the suffix. */
  readonly suffixed: Set<string>;
  readonly globals: Map<string, GlobalKind>;
  readonly headers: Map<string, string[]>;
  readonly macros: Map<string, string>;
  readonly includes: Set<string>;
  /** Global names in headers. */
  readonly inHeaders: Set<string>;
}

/** Reads the files of a library, one after the other; those that macros open namespaces in twice. */
export function readLibrary(files: () => Iterable<CodeInput>, request: LibraryRequest): LibraryNames {
  const interner = createInterner();
  const words = wordsOf(interner);
  const stream = createStream();
  const found: Gathered = {
    namespaces: new Map(),
    filled: new Map(),
    files: 0,
    suffixed: new Set(),
    globals: new Map(),
    headers: new Map(),
    macros: new Map(),
    includes: new Set(),
    inHeaders: new Set(),
  };
  const facts: MacroFact[] = [];
  for (const { path, bytes } of files()) {
    const language = languageIn(path, bytes);
    if (language === undefined) continue;
    found.files++;
    if (isIncluded(language)) add(found.headers, path.slice(path.lastIndexOf("/") + 1), path);
    scan(bytes, interner, stream, dialectOf(language));
    facts.push(...gather({ stream, bytes, words }, language, interner.name, request, found));
  }
  const opening = scopeMacros(facts).filter((macro) => macro.opening === "namespace" && !macro.called);
  const macros: WalkMacros = { scopes: scopesById(interner, facts), inline: new Set(facts.flatMap(inlineWords)) };
  for (const { path, bytes } of opening.length === 0 ? [] : files()) {
    const language = languageIn(path, bytes);
    if (!isCpp(language) || !opening.some(({ name }) => bytes.includes(name))) continue;
    scan(bytes, interner, stream, dialectOf(language));
    gatherNames({ stream, bytes, words }, walkFile({ stream, bytes, words }, interner.name, macros), language, request.suffix, found);
  }
  const own = rootsOf(found, request);
  const roots = new Set([...own, ...request.map.keys()]);
  const namespaces = [...found.namespaces].filter(([path]) => own.has(path.split("::")[0] as string));
  return {
    roots,
    map: request.map,
    namespaces: new Map([...namespaces, ...mapped(namespaces, request.map)]),
    globals: found.globals,
    visible: new Set([...found.globals.keys()].filter((name) => found.inHeaders.has(name))),
    headers: found.headers,
    namespaceMacros: new Map([...found.macros].filter(([, body]) => roots.has(body))),
    includes: found.includes,
  };
}

/** What the mapped names of older namespaces hold: the same as those that have taken them in. */
function mapped(namespaces: readonly [string, Map<string, number>][], map: ReadonlyMap<string, string>): [string, Map<string, number>][] {
  return [...map].flatMap(([old, target]) =>
    namespaces
      .filter(([path]) => path === target || path.startsWith(`${target}::`))
      .map(([path, names]): [string, Map<string, number>] => [old + path.slice(target.length), names]),
  );
}

function isIncluded(language: Language): boolean {
  return language === "header" || language === "fragment";
}

function gather(
  reading: Reading,
  language: Language,
  nameOf: (id: number) => string,
  request: LibraryRequest,
  found: Gathered,
): readonly MacroFact[] {
  const { suffix } = request;
  for (const path of includePaths(reading)) found.includes.add(path);
  const survey = surveyFile(reading, language);
  gatherGlobals(survey, isIncluded(language), nameOf, request, found);
  if (isIncluded(language)) gatherTags(reading, nameOf, suffix, found.inHeaders);
  if (!isCpp(language)) return [];
  gatherMacros(reading, suffix, found.macros);
  gatherNames(reading, walkFile(reading, nameOf), language, suffix, found);
  return survey.macros;
}

function isCpp(language: Language | undefined): language is Language {
  return language !== undefined && !isAssembler(language) && language !== "c";
}

/** `v1` of a macro's `inline namespace v1`. */
function inlineWords(fact: MacroFact): string[] {
  if (fact.kind !== "scope") return [];
  return fact.body.filter((_, at) => fact.body[at - 1] === "namespace" && fact.body[at - 2] === "inline");
}

/** What the namespaces of a file declare. */
function gatherNames(reading: Reading, { blocks, declarations }: FileWalk, language: Language, suffix: string, found: Gathered): void {
  const flag = isIncluded(language) ? NAME.header : 0;
  for (const { path } of blocks) {
    if (path.includes("")) continue;
    for (let depth = 2; depth <= path.length; depth++)
      note(found, path.slice(0, depth - 1), path[depth - 1] as string, NAME.namespace | flag, suffix);
  }
  for (const { block, name, bits } of befriended(reading, blocks)) note(found, block.path, name, bits | flag, suffix);
  const filled = new Set<string>();
  for (const { declaration, block } of declarations) {
    if (block === undefined || block.path.includes("") || block.path.length === 0) continue;
    const { form, chain, template, defines } = declaration;
    const bits = BITS[form];
    if (bits === undefined || chain.words.length > 1 || chain.operator || template === "specialisation" || template === "instantiation")
      continue;
    const defined = defines && form === "type" && flag !== 0 ? NAME.definedType : 0;
    note(found, block.path, textOf(reading, chain.words[0]), bits | flag | defined, suffix);
    if (defines || form !== "type") filled.add(withoutSuffix(block.path[0] as string, suffix));
  }
  for (const root of filled) found.filled.set(root, (found.filled.get(root) ?? 0) + 1);
}

function gatherGlobals(survey: Survey, header: boolean, nameOf: (id: number) => string, request: LibraryRequest, found: Gathered): void {
  const { suffix, isolated } = request;
  for (const { id, kind } of survey.defined) {
    const name = nameOf(id);
    if (isolated && name.endsWith(suffix)) found.globals.set(name.slice(0, -suffix.length), kind);
    else if (!isolated && !isFixedName(name)) found.globals.set(name, kind);
  }
  if (!header) return;
  const ids = [...survey.defined.map(({ id }) => id), ...survey.declaredGlobal, ...survey.declaredC, ...survey.declaredExtern];
  for (const id of ids) found.inHeaders.add(withoutSuffix(nameOf(id), suffix));
}

/** Types that a header only declares: `struct lib_job;`, `typedef struct lib_job lib_job;`. */
function gatherTags({ stream, words }: Reading, nameOf: (id: number) => string, suffix: string, inHeaders: Set<string>): void {
  const { kinds, values, count } = stream;
  for (let i = 1; i < count; i++) {
    const isTag = kinds[i] === KIND.identifier && kinds[i - 1] === KIND.identifier && words.aggregate.has(values[i - 1] as number);
    if (isTag) inHeaders.add(withoutSuffix(nameOf(values[i] as number), suffix));
  }
}

const BITS: Readonly<Record<string, number>> = {
  type: NAME.type,
  function: NAME.function,
  variable: NAME.variable,
  alias: NAME.alias,
  "using-declaration": NAME.alias,
  "namespace-alias": NAME.namespace,
};

function note({ namespaces, suffixed }: Gathered, path: readonly string[], name: string, bits: number, suffix: string): void {
  if (withoutSuffix(path[0] as string, suffix) !== path[0]) suffixed.add(withoutSuffix(path[0] as string, suffix));
  const key = [withoutSuffix(path[0] as string, suffix), ...path.slice(1)].join("::");
  const names = namespaces.get(key) ?? new Map<string, number>();
  names.set(name, (names.get(name) ?? 0) | bits);
  namespaces.set(key, names);
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** `#define NAME word`. */
function gatherMacros(reading: Reading, suffix: string, macros: Map<string, string>): void {
  const { kinds, values, count } = reading.stream;
  for (let i = 0; i + 3 < count; i++) {
    if (kinds[i] !== KIND.directive || values[i] !== DIRECTIVE.define || kinds[i + 3] !== KIND.directiveEnd) continue;
    if (kinds[i + 1] === KIND.identifier && kinds[i + 2] === KIND.identifier)
      macros.set(textOf(reading, i + 1), withoutSuffix(textOf(reading, i + 2), suffix));
  }
}

export function withoutSuffix(word: string, suffix: string): string {
  return suffix !== "" && word.endsWith(suffix) ? word.slice(0, -suffix.length) : word;
}

function rootsOf(found: Gathered, { namespaces: given, isolated }: LibraryRequest): ReadonlySet<string> {
  if (given.length > 0) return new Set(given);
  if (isolated) return found.suffixed;
  const opened = [...found.namespaces.keys()].filter((path) => !path.includes("::"));
  return new Set(opened.filter((path) => found.filled.has(path) && !isForeign(path, found)));
}

/** Another library's: the implementation's, or one that trees often extend and that few files of this one fill. */
function isForeign(root: string, { filled, files }: Gathered): boolean {
  if (STANDARD.has(root)) return true;
  return EXTENDED.has(root) && (filled.get(root) ?? 0) < Math.min(FILES_OF_AN_OWNER, Math.max(2, files / 4));
}

const STANDARD: ReadonlySet<string> = new Set(["std", "__gnu_cxx", "__cxxabiv1"]);

/** Opened by many libraries; a tree that fills one in {@link FILES_OF_AN_OWNER} files, or a quarter of its own, owns it. */
const EXTENDED: ReadonlySet<string> = new Set(["testing", "Json", "fuzzer"]);

const FILES_OF_AN_OWNER = 10;
