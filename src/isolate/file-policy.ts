/** Owns what a policy's rules for single files do to that file's edits: names kept or renamed here only, undecided tokens settled. */
import type { NameRule, SettleRule } from "../model/isolation.js";
import type { Interner } from "../tokens/interner.js";
import type { FileEdits, Undecided } from "./decide/file-edits.js";
import type { SplitName } from "./engine/part-model.js";
import { lineAt } from "./engine/rewrite.js";
import { nameRulesOf, type Verdict } from "./name-rules.js";
import { anyPathGlob } from "./path-glob.js";

/** The rules that tell files apart; plain values that another thread can receive. */
export interface FileRules {
  readonly rename: readonly NameRule[];
  readonly keep: readonly NameRule[];
  /** Names that are renamed only where a limited rule says so. */
  readonly limited: readonly string[];
  readonly settle: readonly Settlement[];
  /** Names that stay in some files and are renamed in others that mean the same symbol. */
  readonly split: readonly SplitName[];
}

/** A rule of the policy, or a decision on the one token at a byte offset. */
export type Settlement = SettleRule & { readonly offset?: number };

/** Changes the edits of a file; `names` are the identifiers that they speak of. */
export type AdjustEdits = (edits: FileEdits, bytes: Buffer, names: Pick<Interner, "name" | "find">) => FileEdits;

/** Gives for a file what the rules change there, or undefined when they change nothing. */
export function fileRulesOf(rules: FileRules): (file: { readonly path: string; readonly index: number }) => AdjustEdits | undefined {
  const byPath = nameRulesOf(rules).inFile;
  const limited = new Set(rules.limited);
  const settle = rules.settle.map((rule) => ({ rule, covers: anyPathGlob([rule.file]) }));
  return ({ path, index }) => {
    const verdict = byPath(path);
    const settled = settle.filter(({ covers }) => covers(path)).map(({ rule }) => rule);
    if (verdict === undefined && settled.length === 0 && limited.size === 0) return undefined;
    const split = new Map(rules.split.flatMap(({ name, files, why }) => (files.includes(index) ? [[name, why]] : [])));
    return (edits, bytes, names) => settledEdits(keptOut(edits, { verdict, limited, split }, names.name), settled, bytes, names.find);
  };
}

/** What the rules say of the names in one file. */
interface Verdicts {
  readonly verdict: ((name: string) => Verdict | undefined) | undefined;
  readonly limited: ReadonlySet<string>;
  /** Names that must not stay here alone, each with the reason. */
  readonly split: ReadonlyMap<string, string>;
}

/** Without the edits of names that stay here. */
function keptOut(edits: FileEdits, { verdict, limited, split }: Verdicts, nameOf: (id: number) => string): FileEdits {
  const stays = (name: string): boolean => (verdict?.(name) ?? (limited.has(name) ? "keep" : "rename")) === "keep";
  const kept = edits.ids.map((id) => stays(nameOf(id)));
  const extra = edits.extra?.filter(({ names }) => names.length === 0 || !names.every(stays));
  if (!kept.includes(true) && extra?.length === edits.extra?.length) return edits;
  const torn = split.size === 0 ? [] : tornNames(edits, stays, split, nameOf);
  const rest = withEdits(edits, (_, index) => kept[index] !== true);
  return { ...rest, ...(extra === undefined ? {} : { extra }), undecided: inOrder([...edits.undecided, ...torn]) };
}

/** The first place of each name that others rename. */
function tornNames(
  { offsets, ids, extra = [] }: FileEdits,
  stays: (name: string) => boolean,
  split: ReadonlyMap<string, string>,
  nameOf: (id: number) => string,
): Undecided[] {
  const first = new Map<string, Undecided>();
  const note = (token: string, offset: number): void => {
    const why = stays(token) ? split.get(token) : undefined;
    if (why !== undefined && !((first.get(token)?.offset ?? Infinity) <= offset)) first.set(token, { offset, token, why });
  };
  for (const [index, id] of ids.entries()) note(nameOf(id), (offsets[index] as number) - nameOf(id).length);
  for (const { names, offset } of extra) for (const name of names) note(name, offset);
  return [...first.values()];
}

function inOrder(undecided: readonly Undecided[]): Undecided[] {
  return undecided.toSorted((a, b) => a.offset - b.offset);
}

function withEdits(edits: FileEdits, test: (offset: number, index: number) => boolean): FileEdits {
  return {
    ...edits,
    offsets: edits.offsets.filter(test),
    ids: edits.ids.filter((_, index) => test(edits.offsets[index] as number, index)),
  };
}

/** Undecided tokens as the rules settle them. */
function settledEdits(edits: FileEdits, rules: readonly Settlement[], bytes: Buffer, idOf: (name: string) => number): FileEdits {
  if (rules.length === 0 || edits.undecided.length === 0) return edits;
  const settled = edits.undecided.map((undecided) => {
    const line = rules.some((rule) => rule.line !== undefined) ? lineAt(bytes, undecided.offset) : 0;
    return rules.find((rule) => isMeant(rule, undecided, line))?.as;
  });
  const added = edits.undecided.flatMap(({ offset, token }, index) =>
    settled[index] === "rename" ? [{ offset: offset + token.length, id: idOf(token) }] : [],
  );
  return { ...withAdded(edits, added), undecided: edits.undecided.filter((_, index) => settled[index] === undefined) };
}

/** A rule's `file` has been looked at already. */
function isMeant(rule: Settlement, { token, offset }: FileEdits["undecided"][number], line: number): boolean {
  if (rule.token !== token || (rule.offset !== undefined && rule.offset !== offset)) return false;
  return rule.line === undefined || rule.line === line;
}

function withAdded(edits: FileEdits, added: readonly { offset: number; id: number }[]): FileEdits {
  if (added.length === 0) return edits;
  const all = [...edits.offsets.map((offset, index) => ({ offset, id: edits.ids[index] as number })), ...added];
  const sorted = all.toSorted((a, b) => a.offset - b.offset);
  return { ...edits, offsets: sorted.map(({ offset }) => offset), ids: sorted.map(({ id }) => id) };
}
