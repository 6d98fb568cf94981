/** Owns where a walk over assembler stands: in which macro's definition, and behind which conditions on the macro's arguments. */
import { tokenText } from "./token-text.js";
import { BYTE } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading } from "./heads.js";

export type AssemblerLanguage = "gas" | "nasm";

/** A parameter that must be given, and not be 0, so that a macro exports its label. */
export interface ExportCondition {
  readonly parameter: string;
  /** Among the macro's parameters. */
  readonly index: number;
  /** Whether it is other than 0 when a call does not give it. */
  readonly initially: boolean;
}

/** The macro whose definition the walk is in. */
interface OpenMacro {
  readonly name: string;
  readonly parameters: readonly (readonly [name: string, initially: boolean])[];
  /** The parameter that each open `.if` asks for; undefined: anything else. */
  readonly conditions: (string | undefined)[];
}

export interface MacroWalk {
  /** Takes the word at the token, which stands behind `.` or `%`; gives the index to go on behind. */
  readonly at: (token: number) => number;
  readonly inside: () => Pick<OpenMacro, "name" | "parameters"> | undefined;
  /** The condition of what stands here. */
  readonly condition: () => ExportCondition | undefined;
}

const BACKSLASH = 92;

/** Follows `.macro`, `.if`, `.endm` and their like, as GNU's assembler and NASM write them. */
export function createMacroWalk(reading: Reading): MacroWalk {
  const open: OpenMacro[] = [];
  return {
    at(token) {
      const word = tokenText(reading, token);
      const conditions = open.at(-1)?.conditions;
      if (/^i?macro$/.test(word)) {
        open.push({ name: tokenText(reading, token + 1), parameters: parametersOf(reading, token + 1), conditions: [] });
        return token + 1;
      }
      if (/^(endm|endi?macro)$/.test(word)) open.pop();
      else if (word.startsWith("if")) conditions?.push(word === "if" ? askedParameter(reading, token) : undefined);
      else if (/^el(se|if)/.test(word)) conditions?.splice(-1, 1, undefined);
      else if (word === "endif") conditions?.pop();
      return token;
    },
    inside: () => open.at(-1),
    condition: () => conditionOf(open.at(-1)),
  };
}

function conditionOf(macro: OpenMacro | undefined): ExportCondition | undefined {
  for (const asked of macro?.conditions ?? []) {
    const index = macro?.parameters.findIndex(([name]) => name === asked) ?? -1;
    if (asked !== undefined && index >= 0) return { parameter: asked, index, initially: macro?.parameters[index]?.[1] === true };
  }
  return undefined;
}

/** `.if \parameter`, and nothing else on the line. */
function askedParameter(reading: Reading, at: number): string | undefined {
  const name = at + 2;
  if (!isMark(reading, at + 1, BACKSLASH) || !isWord(reading, name) || sameLine(reading, name, name + 1)) return undefined;
  return tokenText(reading, name);
}

/** `name first, second=1, third:req`. */
function parametersOf(reading: Reading, name: number): [string, boolean][] {
  const found: [string, boolean][] = [];
  for (let i = name + 1; i < reading.stream.count && sameLine(reading, name, i); i++) {
    if (isMark(reading, i, BYTE.equals)) {
      const last = found.at(-1);
      if (last !== undefined && sameLine(reading, i, i + 1)) last[1] = tokenText(reading, ++i) !== "0";
    } else if (isMark(reading, i, BYTE.colon)) i++;
    else if (isWord(reading, i)) found.push([tokenText(reading, i), false]);
  }
  return found;
}

/** Whether the call, whose label is the token, exports it. */
export function exportsLabel(reading: Reading, label: number, { parameter, index, initially }: ExportCondition): boolean {
  let [place, given] = [0, initially];
  for (let i = label + 1; i < reading.stream.count && sameLine(reading, label, i); i++) {
    if (isMark(reading, i, BYTE.comma)) place++;
    if (!isMark(reading, i - 1, BYTE.comma)) continue;
    const named = isMark(reading, i + 1, BYTE.equals);
    if (named ? tokenText(reading, i) === parameter : place === index) given = tokenText(reading, named ? i + 2 : i) !== "0";
  }
  return given;
}

/** Whether both tokens are on one line; a backslash at its end makes a line go on. */
export function sameLine({ bytes, stream }: Reading, from: number, to: number): boolean {
  if (to >= stream.count) return false;
  for (let i = stream.ends[from] as number; i < (stream.starts[to] as number); i++)
    if (bytes[i] === 10 && bytes[i - 1] !== BACKSLASH) return false;
  return true;
}
