/** Owns the only changes of isolation that replace bytes: a policy's rules over strings, and its patches. */
import type { PatchRule, StringRule } from "../model/isolation.js";
import { expressionOf, nameGlob } from "../support/glob.js";
import { anyPathGlob } from "./path-glob.js";
import { replaceSpans, reversibleText, type ReversibleText, type Span } from "./replace-spans.js";
import type { Replacement } from "./undo-record.js";

/** Plain values that another thread can receive. */
export interface TextRules {
  readonly flavor: string;
  readonly strings: readonly StringRule[];
  readonly patch: readonly PatchRule[];
}

/** Bytes between quotes. */
export type Quoted = readonly { readonly start: number; readonly end: number }[];

export interface ChangedText {
  readonly bytes: Buffer;
  /** Strings first, then one layer per patch rule that matched. */
  readonly layers: readonly (readonly Replacement[])[];
  /** Matches of each patch rule, by its index in the policy. */
  readonly patched: readonly (readonly [number, number])[];
  /** Changed strings of each string rule, by its index in the policy. */
  readonly strings: readonly (readonly [number, number])[];
}

/** The rules that concern one file. */
export interface FileTextRules {
  readonly wantsStrings: boolean;
  /** `quotedOf` is asked only for rules over strings; `renamed` are the tree's renamed names. */
  readonly change: (bytes: Buffer, quotedOf: (bytes: Buffer) => Quoted, renamed: ReadonlySet<string>) => ChangedText;
}

/** Gives for a path the rules that concern it, or undefined. `isCode` tells whether it has strings. */
export function textRulesOf({ flavor, strings, patch }: TextRules): (path: string, isCode: boolean) => FileTextRules | undefined {
  const stringRules = strings.map((rule, index) => ({ rule, index, covers: anyPathGlob(rule.files) }));
  const patchRules = patch.map((rule, index) => ({ rule, index, covers: anyPathGlob(rule.files) }));
  return (path, isCode) => {
    const forStrings = isCode ? stringRules.filter(({ covers }) => covers(path)) : [];
    const forPatches = patchRules.filter(({ covers }) => covers(path));
    if (forStrings.length === 0 && forPatches.length === 0) return undefined;
    return {
      wantsStrings: forStrings.length > 0,
      change: (bytes, quotedOf, renamed) => {
        const first = changeStrings(bytes, forStrings.length === 0 ? [] : quotedOf(bytes), forStrings, flavor, renamed);
        return applyPatches(first, forPatches, flavor);
      },
    };
  };
}

type Indexed<T> = readonly { readonly rule: T; readonly index: number }[];

function changeStrings(
  bytes: Buffer,
  quoted: Quoted,
  rules: Indexed<StringRule>,
  flavor: string,
  renamed: ReadonlySet<string>,
): ChangedText {
  const counts = new Map<number, number>();
  const spans: Span[] = [];
  const changes = rules.map(({ rule, index }) => ({ index, change: stringChange(rule, flavor, renamed) }));
  for (const { start, end } of quoted) {
    const content = reversibleText(bytes.subarray(start, end));
    const found = changes.map(({ index, change }) => ({ index, text: change(content) })).find(({ text }) => text !== undefined);
    if (found?.text === undefined) continue;
    counts.set(found.index, (counts.get(found.index) ?? 0) + 1);
    if (found.text !== content.text) spans.push({ start, end, text: content.encode(found.text) });
  }
  const none: ChangedText = { bytes, layers: [], patched: [], strings: [...counts] };
  if (spans.length === 0) return none;
  const { bytes: changed, layer } = replaceSpans(bytes, spans);
  return { ...none, bytes: changed, layers: [layer] };
}

/** The new text of a string, or undefined when the rule does not match it. */
function stringChange(rule: StringRule, flavor: string, renamed: ReadonlySet<string>): (content: ReversibleText) => string | undefined {
  const matches = nameGlob(rule.match);
  const expression = expressionOf(rule.match, "g");
  return ({ text }) => {
    if (!matches(text)) return undefined;
    if (rule.replace === undefined) return flavoredWords(text, flavor, renamed);
    const replacement = rule.replace.replaceAll("{flavor}", flavor);
    return expression === undefined ? replacement : text.replace(expression, replacement);
  };
}

function flavoredWords(text: string, flavor: string, renamed: ReadonlySet<string>): string {
  return text.replaceAll(/[A-Za-z_$][\w$]*/g, (word) => (renamed.has(word) ? `${word}_${flavor}` : word));
}

function applyPatches(before: ChangedText, rules: Indexed<PatchRule>, flavor: string): ChangedText {
  let current = before.bytes;
  const layers = [...before.layers];
  const patched: [number, number][] = [];
  for (const { rule, index } of rules) {
    const spans = patchSpans(current, rule, flavor);
    if (spans.length === 0) continue;
    const { bytes, layer } = replaceSpans(current, spans);
    current = bytes;
    layers.push(layer);
    patched.push([index, spans.length]);
  }
  return { ...before, bytes: current, layers, patched };
}

function patchSpans(bytes: Buffer, { find, replace }: PatchRule, flavor: string): Span[] {
  const replacement = replace.replaceAll("{flavor}", flavor);
  const expression = expressionOf(find, "g");
  if (expression === undefined) return literalSpans(bytes, Buffer.from(find, "utf8"), Buffer.from(replacement, "utf8"));
  const { text, encode } = reversibleText(bytes);
  let [at, offset] = [0, 0];
  return [...text.matchAll(expression)].map((match) => {
    offset += encode(text.slice(at, match.index)).length;
    at = match.index;
    const matched = encode(match[0]).length;
    const single = new RegExp(expression.source, `${expression.flags.replace("g", "")}y`);
    single.lastIndex = match.index;
    const changed = text.replace(single, replacement);
    const length = changed.length - (text.length - match[0].length);
    return { start: offset, end: offset + matched, text: encode(changed.slice(match.index, match.index + length)) };
  });
}

function literalSpans(bytes: Buffer, find: Buffer, text: Buffer): Span[] {
  const spans: Span[] = [];
  for (let at = bytes.indexOf(find); at >= 0; at = bytes.indexOf(find, at + find.length))
    spans.push({ start: at, end: at + find.length, text });
  return spans;
}
