/** Owns what the include lines of a file mean for the files that they lead to. */
import { KIND } from "../../tokens/kinds.js";
import { isSource } from "../code-files.js";
import type { Reading } from "./heads.js";
import { fileName } from "./macro-bodies.js";
import type { MacroFact } from "./macro-facts.js";
import type { Scope } from "./scope-model.js";
import type { OpenedNamespace } from "./opened-namespace.js";
import { tokenText } from "./token-text.js";

/** The part of a file's survey that is told. */
interface IncludeSink {
  readonly macros: MacroFact[];
  readonly namespaces: readonly OpenedNamespace[];
}

/** Notes an include line that leads to a source file. */
export function noteSource(reading: Reading, { macros }: IncludeSink, start: number): void {
  const path = start + 1;
  if (reading.stream.kinds[path] !== KIND.includePath || reading.bytes[(reading.stream.ends[path] as number) - 2] === LETTER_H) return;
  const name = fileName(reading, path);
  if (isSource(name)) macros.push({ kind: "source", name });
}

/** The last letter of most that is included, and of no source file. */
const LETTER_H = 104;

/** Notes an include line inside a namespace of this file. */
export function noteNesting(reading: Reading, survey: IncludeSink, start: number, line: number, { namespaces }: Scope): void {
  if (namespaces.every((brace) => brace < 0)) return;
  const words = namespaces.flatMap((brace) => survey.namespaces.findLast((opened) => opened.brace === brace)?.words ?? []);
  const isPath = reading.stream.kinds[start + 1] === KIND.includePath;
  const name = isPath ? fileName(reading, start + 1) : tokenText(reading, start + 1);
  survey.macros.push({ kind: "nests", name, line, words: words.map((id) => reading.words.textOf(id)) });
}
