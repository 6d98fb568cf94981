/** Owns what the parts of a tree told about macros, and the rounds of questions until nothing is missing. */
import type { MacroAnswer, MacroArgument, MacroDefinition, MacroQuestion, MacroUse, WantedUses } from "./macro-model.js";
import { maySpell } from "./word-meanings.js";

/** Asks all parts of the tree. */
export type AskMacros = (question: MacroQuestion) => Promise<readonly MacroAnswer[]>;

/** How often a macro may be handed on to another until its meaning counts as unknown. */
const ROUNDS = 8;

/** What is known of the files that macros stand in. */
export interface MacroFiles {
  /** By source file that others include: the files that may see its macros. */
  readonly seenBy: ReadonlyMap<number, ReadonlySet<number>>;
  /** The name of a file without its folder. */
  readonly nameOf: (file: number) => string;
  /** Whether a file may see what another one defines. */
  readonly sees: (file: number, defining: number) => boolean;
  /** Whether a macro of the tree has the name. */
  readonly isMacro: (name: string) => boolean;
}

const NO_FILES: MacroFiles = { seenBy: new Map(), nameOf: () => "", sees: () => true, isMacro: () => false };

export interface MacroKnowledge {
  readonly definitionsOf: (macro: string) => readonly MacroDefinition[];
  /** Those that a file may see. */
  readonly definitionsIn: (macro: string, file: number) => readonly MacroDefinition[];
  /** Those that it sees by its include lines. */
  readonly definitionsBefore: (macro: string, file: number) => readonly MacroDefinition[];
  /** The uses of a macro; `from` is the place of its definition, which other files may not see. */
  readonly usesOf: (macro: string, from: Pick<MacroDefinition, "file" | "local">) => readonly MacroUse[];
}

/** Collects definitions and uses of the macros of `first`, and of those that these hand words on to or are used in. */
export async function collectMacros(first: MacroQuestion, ask: AskMacros, files: MacroFiles = NO_FILES): Promise<MacroKnowledge> {
  const definitions = new Map<string, MacroDefinition[]>();
  const uses = new Map<string, MacroUse[]>();
  /** What the files of local macros include: these see their macros, too. */
  const included = new Map(
    first.uses.flatMap(({ file, includes }) => (file >= 0 && includes !== undefined ? [[file, includes] as const] : [])),
  );
  /** Uses that are wanted once the definition says that they matter. */
  const waiting = new Map<string, WantedUses>();
  let wanted = first;
  for (let round = 0; round < ROUNDS && wanted.definitions.length + wanted.uses.length > 0; round++) {
    for (const name of wanted.definitions) definitions.set(name, []);
    for (const place of wanted.uses) uses.set(keyOf(place), []);
    const answers = await ask(wanted);
    const next = { definitions: new Set<string>(), uses: new Map<string, WantedUses>() };
    const want = (place: WantedUses): unknown => next.uses.set(keyOf(place), withIncludes(place, included));
    for (const definition of answers.flatMap((answer) => answer.definitions)) {
      definitions.get(definition.name)?.push(definition);
      for (const { macro } of definition.uses.flatMap(({ passed }) => passed)) next.definitions.add(macro);
      for (const macro of calledAlone(definition, files)) next.definitions.add(macro);
    }
    for (const use of answers.flatMap((answer) => answer.uses)) {
      if (use.from === undefined) uses.get(keyOf({ macro: use.macro, file: -1 }))?.push(use);
      uses.get(keyOf({ macro: use.macro, file: use.from ?? use.file }))?.push(use);
      for (const macro of (use.arguments ?? []).flatMap((argument) => called(argument, files))) next.definitions.add(macro);
      if (typeof use.place === "object") next.definitions.add("alone" in use.place ? use.place.alone : use.place.macro);
      if (use.within !== undefined && handsOn(use)) next.definitions.add(use.within);
      for (const further of outwards(use)) want(further);
      for (const place of handedTo(use)) waiting.set(keyOf(place), place);
    }
    for (const place of waiting.values()) if (definitions.get(place.macro)?.some(usesTell) === true) want(place);
    wanted = {
      definitions: [...next.definitions].filter((name) => !definitions.has(name)).toSorted(),
      uses: [...next.uses].filter(([key]) => !uses.has(key)).map(([, place]) => place),
    };
  }
  sortByPlace(definitions);
  sortByPlace(uses);
  return {
    definitionsOf: (macro) => definitions.get(macro) ?? [],
    definitionsIn: (macro, file) => visibleIn(file, definitions.get(macro) ?? [], files),
    definitionsBefore: (macro, file) =>
      visibleIn(file, definitions.get(macro) ?? [], files).filter((one) => one.file === file || one.local || files.sees(file, one.file)),
    usesOf: (macro, from) => {
      const found = uses.get(keyOf({ macro, file: from.local ? from.file : -1 })) ?? [];
      return from.local || from.file < 0 ? found : found.filter((use) => isMeant(use, from.file, definitions.get(macro) ?? [], files));
    },
  };
}

/** Whether a use may mean the definition in the file: where others are nearer, or only some files see it, that is looked into. */
function isMeant(use: MacroUse, file: number, all: readonly MacroDefinition[], { seenBy, sees }: MacroFiles): boolean {
  const seen = seenBy.get(file);
  if (seen !== undefined) return seen.has(use.file);
  const isNearer = use.file !== file && all.some((other) => other.file === use.file);
  return !isNearer || sees(use.file, file);
}

function visibleIn(file: number, all: readonly MacroDefinition[], { seenBy, nameOf }: MacroFiles): readonly MacroDefinition[] {
  const isSeen = (one: MacroDefinition): boolean =>
    one.local ? one.includes.includes(nameOf(file)) : (seenBy.get(one.file)?.has(file) ?? true);
  return all.filter((one) => one.file === file || isSeen(one));
}

function keyOf({ macro, file }: WantedUses): string {
  return `${file}/${macro}`;
}

function withIncludes(place: WantedUses, included: ReadonlyMap<number, readonly string[]>): WantedUses {
  const includes = included.get(place.file);
  return includes === undefined ? place : { ...place, includes };
}

/** The macros around a use whose own uses tell what it gets: the one that its call hands parameters of, the one that stands for it. */
function outwards(use: MacroUse): WantedUses[] {
  const file = fileOf(use);
  const around = use.within !== undefined && handsOn(use) ? [{ macro: use.within, file }] : [];
  return typeof use.place === "object" && "alone" in use.place ? [...around, { macro: use.place.alone, file }] : around;
}

/** The macro that a use is handed to. */
function handedTo(use: MacroUse): WantedUses[] {
  return typeof use.place === "object" && "macro" in use.place ? [{ macro: use.place.macro, file: fileOf(use) }] : [];
}

/** Whether it matters what the calls of a macro hand in: it calls what it gets, or pastes it. Else the definition alone tells. */
function usesTell({ uses, pastes }: MacroDefinition): boolean {
  return pastes.length > 0 || uses.some(({ calls }) => calls.length > 0);
}

function fileOf({ local, file }: MacroUse): number {
  return local ? file : -1;
}

function handsOn(use: MacroUse): boolean {
  return use.arguments?.some(hasParameter) === true;
}

/** Whether an argument holds a parameter of the macro around it. */
export function hasParameter({ parts }: MacroArgument): boolean {
  return parts?.some((part) => part.type === "parameter" || (part.type === "call" && part.arguments.some(hasParameter))) === true;
}

/** The macros that an argument calls, or that may stand for it. */
function called({ parts }: Pick<MacroArgument, "parts">, files: MacroFiles): string[] {
  return (parts ?? []).flatMap((part) => {
    if (part.type === "text") return maySpell(part.text) || files.isMacro(part.text) ? [part.text] : [];
    return part.type === "call" ? [part.macro].concat(part.arguments.flatMap((argument) => called(argument, files))) : [];
  });
}

/** The macros in what stands for a word: `SUFFIX(NAME)`, and for words that it gives. */
function calledAlone({ result }: MacroDefinition, files: MacroFiles): string[] {
  const [only, ...more] = result ?? [];
  return only?.type === "call" && more.length === 0 ? called({ parts: [only] }, files) : [];
}

/** So that the result does not depend on which part answered first. */
function sortByPlace(lists: ReadonlyMap<string, { readonly file: number; readonly offset: number }[]>): void {
  for (const list of lists.values()) list.sort((a, b) => a.file - b.file || a.offset - b.offset);
}
