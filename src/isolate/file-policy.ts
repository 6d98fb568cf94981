/** Owns what a policy's rules for single files do to that file's edits: names kept or renamed here only, undecided tokens settled. */
import type { NameRule, SettleRule } from "../model/isolation.js";
import type { Interner } from "../tokens/interner.js";
import type { FileEdits } from "./decide/edits.js";
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
}

/** A rule of the policy, or a decision on the one token at a byte offset. */
export type Settlement = SettleRule & { readonly offset?: number };

/** Changes the edits of a file; `names` are the identifiers that they speak of. */
export type AdjustEdits = (edits: FileEdits, bytes: Buffer, names: Pick<Interner, "name" | "find">) => FileEdits;

/** Gives for a path what the rules change there, or undefined when they change nothing. */
export function fileRulesOf(rules: FileRules): (path: string) => AdjustEdits | undefined {
  const byPath = nameRulesOf(rules).inFile;
  const limited = new Set(rules.limited);
  const settle = rules.settle.map((rule) => ({ rule, covers: anyPathGlob([rule.file]) }));
  return (path) => {
    const verdict = byPath(path);
    const settled = settle.filter(({ covers }) => covers(path)).map(({ rule }) => rule);
    if (verdict === undefined && settled.length === 0 && limited.size === 0) return undefined;
    return (edits, bytes, names) => settledEdits(keptOut(edits, verdict, limited, names.name), settled, bytes, names.find);
  };
}

/** Without the edits of names that stay here. */
function keptOut(
  edits: FileEdits,
  verdict: ((name: string) => Verdict | undefined) | undefined,
  limited: ReadonlySet<string>,
  nameOf: (id: number) => string,
): FileEdits {
  const stays = (name: string): boolean => (verdict?.(name) ?? (limited.has(name) ? "keep" : "rename")) === "keep";
  const kept = edits.ids.map((id) => stays(nameOf(id)));
  const extra = edits.extra?.filter(({ names }) => names.length === 0 || !names.every(stays));
  if (!kept.includes(true) && extra?.length === edits.extra?.length) return edits;
  return { ...withEdits(edits, (_, index) => kept[index] !== true), ...(extra === undefined ? {} : { extra }) };
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
