/** Owns what the macros of a tree's headers do to the scopes around them, for surveys of these headers. */
import type { Interner } from "../../tokens/interner.js";
import { NO_EXPORTERS } from "../survey/assembler.js";
import type { MacroFact } from "../survey/macro-facts.js";
import { scopeMacros } from "../survey/scope-macros.js";
import { surveyFile } from "../survey/survey.js";
import type { Introduced, KnownMacros } from "../survey/survey-model.js";
import { type Words, wordsOf } from "../survey/words.js";
import type { Tokens, TokenReader } from "./tokens-of.js";

export interface HeaderMacros {
  readonly words: Words;
  readonly known: KnownMacros;
  /** The id of the name that a survey introduces, where macros that stand for attributes are no names; undefined: none. */
  readonly nameOf: (introduced: Introduced) => number | undefined;
}

/** Surveys the headers that `read` gives one after the other. */
export function headerMacros({ interner }: TokenReader, paths: Iterable<string>, read: (path: string) => Tokens): HeaderMacros {
  const words = wordsOf(interner);
  const facts: MacroFact[] = [];
  for (const path of paths) {
    const { stream, bytes } = read(path);
    facts.push(...surveyFile({ stream, bytes, words }, "header").macros);
  }
  const attributes = new Set(facts.flatMap(({ kind, name }) => (kind === "attribute" ? [interner.internText(name)] : [])));
  return {
    words,
    known: { scopes: scopesById(interner, facts), exporters: NO_EXPORTERS },
    nameOf: ({ id, instead }) => (attributes.has(id) ? instead?.find((word) => !attributes.has(word)) : id),
  };
}

/** The macros that open and close scopes, by the ids of the interner. */
export function scopesById(interner: Interner, facts: readonly MacroFact[]): KnownMacros["scopes"] {
  const idOf = (word: string | number): number => (typeof word === "number" ? -1 - word : interner.internText(word));
  return new Map(
    scopeMacros(facts).map((macro) => [
      interner.internText(macro.name),
      { ...macro, words: macro.words.filter((word) => word !== "").map(idOf) },
    ]),
  );
}
