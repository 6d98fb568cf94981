/** Owns the call sites of macros that open the namespace which they are given: `FORWARD(meter, Gauge)`. */
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { parameterList } from "../decide/macro-definitions.js";
import { isMark, isWord, type Reading, valueAt } from "../survey/heads.js";
import { textOf } from "./declaration.js";
import { type FileView, flavored, flavoredWord, markAt, wordAt } from "./file-view.js";
import type { Found } from "./finding.js";

/** A parameter that a macro's body opens as a namespace. */
export interface Opener {
  readonly index: number;
  /** Whether the body goes on with a declaration or a specialisation, which an import by `using` does not serve. */
  readonly fails: boolean;
}

/** Adds the macros of a file that open one of their parameters, by name. */
export function gatherOpeners(reading: Reading, openers: Map<string, Opener>): void {
  const { kinds, values, count } = reading.stream;
  for (let i = 0; i < count; i++) {
    if (kinds[i] !== KIND.directive || values[i] !== DIRECTIVE.define) continue;
    const list = parameterList(reading, i + 1);
    if (list === undefined) continue;
    const opener = openerOf(reading, list.end, list.ids);
    if (opener !== undefined) openers.set(textOf(reading, i + 1), opener);
  }
}

function openerOf(reading: Reading, from: number, parameters: readonly number[]): Opener | undefined {
  const { kinds, count } = reading.stream;
  const { id, aggregate } = reading.words;
  let index = -1;
  let fails = false;
  for (let i = from; i < count && kinds[i] !== KIND.directiveEnd; i++) {
    if (!isWord(reading, i)) continue;
    const word = valueAt(reading, i);
    const isOpened = isMark(reading, i + 1, BYTE.openBrace) || isMark(reading, i + 1, PUNCTUATION.scope);
    if (isOpened && isWord(reading, i - 1) && valueAt(reading, i - 1) === id.namespace) index = parameters.indexOf(word);
    else if (index >= 0 && (word === id.template || (aggregate.has(word) && isMark(reading, i + 2, BYTE.semicolon)))) fails = true;
  }
  return index < 0 ? undefined : { index, fails };
}

/** The arguments of such macros that are one of the library's namespaces, or a macro of the application for one. */
export function findOpenedArguments(view: FileView): Found[] {
  const { stream } = view.reading;
  const { openers, macros } = view.facts;
  if (openers.size === 0) return [];
  const found: Found[] = [];
  for (let i = 0; i + 1 < stream.count; i++) {
    if (stream.kinds[i] !== KIND.identifier || markAt(view, i + 1) !== BYTE.open || stream.kinds[i - 1] === KIND.directive) continue;
    const opener = openers.get(wordAt(view, i));
    if (opener === undefined || (view.kind === "using" && !opener.fails)) continue;
    const token = argumentAt(view, i + 1, opener.index);
    const word = token === undefined ? "" : wordAt(view, token);
    const macro = macros.get(word);
    const root = macro === undefined ? word : macro.root;
    if (token === undefined || !view.library.roots.has(root)) continue;
    const edit = macro === undefined ? flavored(view, token) : flavoredWord(view, macro.file, macro.root, macro.start, macro.end);
    found.push({ offset: stream.starts[token] as number, construct: "macro", name: root, detail: root, edit });
  }
  return found;
}

/** The only token of that argument of the call whose `(` is at `open`. */
function argumentAt(view: FileView, open: number, index: number): number | undefined {
  let [depth, at, from] = [0, 0, open + 1];
  for (let i = open; i < view.reading.stream.count; i++) {
    const mark = markAt(view, i);
    if (mark === BYTE.open) depth++;
    else if (mark === BYTE.close) depth--;
    if (depth !== 0 && !(depth === 1 && mark === BYTE.comma)) continue;
    if (at === index) return i === from + 1 ? from : undefined;
    if (depth === 0) return undefined;
    at++;
    from = i + 1;
  }
  return undefined;
}
