/** Owns the reading of the places where macros of given names are used: their arguments, what the name would denote there. */
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { isMark, type Reading } from "../survey/heads.js";
import { argumentsAt, closeAt } from "./macro-call.js";
import { type MacroFile, parameterList, readDefinition } from "./macro-definitions.js";
import type { MacroAnswer, MacroDefinition, MacroUse } from "./macro-model.js";
import { callOf, decideNamespace } from "./namespace-tokens.js";

/** What is looked for in a file, by interner id. */
export interface WantedMacros {
  readonly definitions: ReadonlySet<number>;
  readonly uses: ReadonlySet<number>;
}

/** The macro whose definition the walk is in. */
interface Within {
  readonly name: string;
  readonly parameters: readonly number[];
}

/** Definitions and uses of the wanted macros in one file. */
export function readMacros(
  reading: Reading,
  wanted: WantedMacros,
  file: MacroFile,
  nameOf: (id: number) => string,
): Pick<MacroAnswer, "definitions" | "uses"> {
  const { kinds, values, count } = reading.stream;
  const definitions: MacroDefinition[] = [];
  const uses: MacroUse[] = [];
  const ended = new Set<string>();
  let directive = -1;
  let within: Within | undefined;
  for (let i = 0; i < count; i++) {
    const kind = kinds[i];
    if (kind === KIND.directive) {
      directive = values[i] as number;
      if (directive === DIRECTIVE.undef && wanted.definitions.has(values[i + 1] as number)) ended.add(nameOf(values[i + 1] as number));
      if (directive !== DIRECTIVE.define || kinds[i + 1] !== KIND.identifier) continue;
      const id = values[i + 1] as number;
      within = { name: nameOf(id), parameters: parameterList(reading, i + 1)?.ids ?? [] };
      const found = wanted.definitions.has(id) ? readDefinition(reading, i, nameOf, file) : undefined;
      if (found !== undefined) definitions.push(found);
      i++;
    } else if (kind === KIND.directiveEnd) {
      directive = -1;
      within = undefined;
    } else if (kind === KIND.identifier && wanted.uses.has(values[i] as number) && isUse(directive)) {
      if (within?.parameters.includes(values[i] as number) !== true && !isFilled(reading, i))
        uses.push(useAt(reading, i, directive, within, file, nameOf));
    }
  }
  for (const one of definitions) if (ended.has(one.name)) Object.assign(one, { ends: true as const });
  return { definitions, uses };
}

/** `@NAME@` and `${NAME}`: the build's variable, not the macro. */
function isFilled({ bytes, stream }: Reading, token: number): boolean {
  const [before, behind] = [bytes[(stream.starts[token] as number) - 1], bytes[stream.ends[token] as number]];
  return (before === BYTE.at && behind === BYTE.at) || (before === BYTE.openBrace && bytes[(stream.starts[token] as number) - 2] === 36);
}

/** Lines that only ask for a macro, or end it, do not use it. */
function isUse(directive: number): boolean {
  return directive === -1 || directive === DIRECTIVE.define || directive === DIRECTIVE.pragma;
}

function useAt(
  reading: Reading,
  token: number,
  directive: number,
  within: Within | undefined,
  file: MacroFile,
  nameOf: (id: number) => string,
): MacroUse {
  const { starts, values } = reading.stream;
  const given = argumentsAt(reading, token + 1, within?.parameters ?? [], nameOf);
  const around = given === undefined ? undefined : callOf(reading, token);
  return {
    macro: nameOf(values[token] as number),
    file: file.index,
    offset: starts[token] as number,
    arguments: given,
    close: given === undefined ? undefined : closeAt(reading, token + 1),
    ...(around === undefined ? {} : { inside: { macro: nameOf(around.callee), index: around.index } }),
    member: isMark(reading, token - 1, BYTE.dot) || isMark(reading, token - 1, PUNCTUATION.arrow),
    within: within?.name,
    local: file.local,
    place: placeOf(reading, token, directive, nameOf),
  };
}

function placeOf(reading: Reading, token: number, directive: number, nameOf: (id: number) => string): MacroUse["place"] {
  const decision = decideNamespace(reading, token, directive);
  if (decision === "rename") return "namespace";
  if (decision === "alone") return { alone: nameOf(reading.stream.values[token - 1] as number) };
  const call = decision === "argument" ? callOf(reading, token) : undefined;
  return call === undefined ? "other" : { macro: nameOf(call.callee), index: call.index };
}
