/** Owns the reading of a declaration that is no function and no type: the variable it defines. */
import { BYTE, KIND } from "../../tokens/kinds.js";
import { FLAG, type FileState } from "./file-state.js";
import { countDefinition, isLinkedC, noteAt } from "./notes.js";
import type { Reader } from "./reader.js";
import { SITE } from "./sites.js";

/** `type name(5);`: a variable, because what stands behind the parenthesis is a literal. */
export function isInitialised({ stream }: Reader, { paren }: FileState): boolean {
  const kind = stream.kinds[paren + 1];
  return kind === KIND.number || kind === KIND.string || kind === KIND.character;
}

/** A variable: its name stands before `=`, `[`, `{` or the end. */
export function variable(reader: Reader, state: FileState, at: number): void {
  const isDeclaration = (state.flags & FLAG.extern) !== 0 && state.equals < 0 && !state.block;
  if (isDeclaration || (state.flags & (FLAG.static | FLAG.template | FLAG.friend)) !== 0) return;
  const name = variableName(reader, state, at);
  if (name < 0) return;
  countDefinition(reader, state);
  const isConstant = (state.flags & (FLAG.constant | FLAG.constexpr)) !== 0;
  if (isLinkedC(state)) noteAt(reader, state, isConstant ? SITE.cTable : SITE.cData, name);
  else if (isConstant) return;
  else if (state.context === -1) noteAt(reader, state, SITE.globalData, name);
  else if (state.context >= 0) noteAt(reader, state, SITE.namespacedData, name);
}

function variableName(reader: Reader, state: FileState, at: number): number {
  const { kinds, values } = reader.stream;
  const from = state.aggregateAt >= 0 && state.block ? state.blockEnd : state.first;
  let end = state.equals >= 0 ? state.equals : at;
  if (state.block && from === state.first) end = Math.min(end, state.blockAt);
  if (state.paren >= 0 && state.paren < end && isInitialised(reader, state)) end = state.paren;
  for (let i = from + 1; i < end; i++) if (kinds[i] === KIND.punctuation && values[i] === BYTE.openSquare) end = i;
  const name = end - 1;
  if (name <= from || kinds[name] !== KIND.identifier || reader.words.roles[values[name] as number] !== 0) return -1;
  return kinds[name - 1] === KIND.identifier || TYPE_ENDS.has(values[name - 1] as number) ? name : -1;
}

/** Marks that may end the type before a variable's name. */
const TYPE_ENDS: ReadonlySet<number> = new Set([BYTE.star, BYTE.ampersand, BYTE.greater, BYTE.closeBrace, BYTE.closeSquare]);
