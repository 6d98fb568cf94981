/** Owns the declarations that start with `@` in Objective-C. */
import { BYTE, KIND } from "../../tokens/kinds.js";
import { FLAG, type FileState, resetStatement } from "./file-state.js";
import type { Reader } from "./reader.js";
import { addSite, SITE } from "./sites.js";

const BY_WORD: Readonly<Record<string, number>> = {
  interface: SITE.interface,
  implementation: SITE.implementation,
  protocol: SITE.protocol,
  class: SITE.classForward,
  end: SITE.none,
};

/** The `@` at token `at`; gives the token to go on from, everything up to which it has counted. */
export function atSign(reader: Reader, state: FileState, at: number): number {
  const { kinds, values, ends, starts } = reader.stream;
  if (kinds[at + 1] !== KIND.identifier || starts[at + 1] !== ends[at]) return at;
  const kind = BY_WORD[reader.interner.name(values[at + 1] as number)];
  if (state.opaque === 0) {
    resetStatement(state);
    if (kind === undefined) state.flags |= FLAG.silent;
  }
  if (kind === undefined) return at;
  if (kind === SITE.none || kinds[at + 2] !== KIND.identifier) return at + 1;
  const name = wrappedName(reader, at + 2);
  const isProtocolList = kind === SITE.protocol && isMark(reader, name.behind, BYTE.semicolon);
  addSite(
    reader.sites,
    isProtocolList ? SITE.classForward : kindOf(reader, kind, name.behind),
    starts[name.token] as number,
    ends[name.token] as number,
    values[name.token] as number,
    state.context,
  );
  const end = categoryEnd(reader, name.behind) - 1;
  for (let i = at + 1; i <= end; i++) {
    if (kinds[i] === KIND.identifier) reader.mentions[values[i] as number] = (reader.mentions[values[i] as number] as number) + 1;
  }
  return end;
}

/** `Name`, or the `Name` of `PREFIX_MACRO(Name)`. */
function wrappedName(reader: Reader, at: number): { token: number; behind: number } {
  const { kinds } = reader.stream;
  const isWrapped = isMark(reader, at + 1, BYTE.open) && kinds[at + 2] === KIND.identifier && isMark(reader, at + 3, BYTE.close);
  return isWrapped && /^[A-Z0-9_]+$/.test(reader.interner.name(reader.stream.values[at] as number))
    ? { token: at + 2, behind: at + 4 }
    : { token: at, behind: at + 1 };
}

/** A category `(Name)` or an extension `()` behind the class's name. */
function kindOf(reader: Reader, kind: number, behind: number): number {
  if (kind !== SITE.interface && kind !== SITE.implementation) return kind;
  if (!isMark(reader, behind, BYTE.open)) return kind;
  return isMark(reader, behind + 1, BYTE.close) ? SITE.extension : SITE.category;
}

function categoryEnd(reader: Reader, behind: number): number {
  if (!isMark(reader, behind, BYTE.open)) return behind;
  let i = behind;
  while (i < reader.stream.count && !isMark(reader, i, BYTE.close)) i++;
  return i + 1;
}

function isMark({ stream }: Reader, at: number, value: number): boolean {
  return at < stream.count && stream.kinds[at] === KIND.punctuation && stream.values[at] === value;
}
