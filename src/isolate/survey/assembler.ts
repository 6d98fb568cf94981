/** Owns the labels that assembler files export. */
import { DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { isWord, type Reading } from "./heads.js";
import type { Introduced } from "./survey.js";

const EXPORTING = /^\.?(globl|global|GLOBAL_FUNCTION|GLOBAL_LABEL|EXPORT|cglobal)$/;

/** Adds the word behind each `.globl`, `.global`, `EXPORT` or macro of that sort. */
export function surveyAssembler(reading: Reading, defined: Introduced[]): void {
  const { kinds, values, starts, count } = reading.stream;
  for (let i = 0; i + 1 < count; i++) {
    if (kinds[i] === KIND.directive && values[i] === DIRECTIVE.define) {
      while (i < count && kinds[i] !== KIND.directiveEnd) i++;
    } else if (isWord(reading, i) && isWord(reading, i + 1) && EXPORTING.test(textOf(reading, i))) {
      defined.push({
        id: values[i + 1] as number,
        kind: "asm",
        offset: starts[i + 1] as number,
        instead: undefined,
        wrapper: undefined,
        first: undefined,
      });
    }
  }
}

function textOf({ bytes, stream }: Reading, token: number): string {
  return Buffer.from(bytes.subarray(stream.starts[token], stream.ends[token])).toString("latin1");
}
