/** Owns one `#define` as a value that can be compared: parameters by position, tokens without comments and layout. */
import { BYTE, KIND } from "../../tokens/kinds.js";
import type { Tokens } from "./tokens-of.js";

export interface MacroDefinition {
  readonly name: string;
  readonly line: number;
  /** The parameter list as written, or undefined for a macro without one. */
  readonly parameters: string | undefined;
  /** The body as written, on one line. */
  readonly body: string;
  /** Equal for definitions that differ in layout, comments and parameter names only. */
  readonly normal: string;
  /** Inside an `#if` other than the include guard. */
  readonly conditional: boolean;
  /** Only where nothing else has defined it: `#ifndef NAME`. */
  readonly defaulted: boolean;
}

/** Reads the `#define` whose directive token is `at` and whose line ends at the token `end`. */
export function definitionAt(
  tokens: Tokens,
  at: number,
  end: number,
  around: Pick<MacroDefinition, "conditional"> & { readonly absent: (name: string) => boolean },
): MacroDefinition | undefined {
  const { kinds, values, starts, ends } = tokens.stream;
  if (kinds[at + 1] !== KIND.identifier) return undefined;
  const listed = kinds[at + 2] === KIND.punctuation && values[at + 2] === BYTE.open && starts[at + 2] === ends[at + 1];
  const close = listed ? closeOf(tokens, at + 2, end) : at + 1;
  const parameters = listed ? words(tokens, at + 3, close) : [];
  const places = placesOf(parameters);
  const body = words(tokens, close + 1, end);
  const shape = listed ? `(${places.size}${parameters.includes(".") ? "..." : ""})` : "";
  return {
    name: tokens.text(at + 1),
    line: tokens.line(at),
    parameters: listed ? `(${parameters.join("").replaceAll(",", ", ")})` : undefined,
    body: asWritten(tokens, close + 1, end),
    normal: `${shape} ${body.map((word) => places.get(word) ?? word).join(" ")}`,
    conditional: around.conditional,
    defaulted: around.absent(tokens.text(at + 1)),
  };
}

function closeOf({ stream: { kinds, values } }: Tokens, open: number, end: number): number {
  for (let i = open; i < end; i++) if (kinds[i] === KIND.punctuation && values[i] === BYTE.close) return i;
  return end - 1;
}

function placesOf(parameters: readonly string[]): Map<string, string> {
  const names = parameters.filter((word) => /^\w+$/.test(word));
  return new Map(names.map((word, index) => [word, `\u0001${index}`]));
}

function words(tokens: Tokens, from: number, to: number): string[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => tokens.text(from + i));
}

/** The tokens with one blank where the source has room between them. */
function asWritten(tokens: Tokens, from: number, to: number): string {
  const { starts, ends } = tokens.stream;
  let text = "";
  for (let i = from; i < to; i++) {
    if (i > from && starts[i] !== ends[i - 1]) text += " ";
    text += tokens.text(i);
  }
  return text;
}
