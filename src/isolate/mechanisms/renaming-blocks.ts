/** Owns the second general rule: many names defined as longer names of their own, under a macro's condition or in a header for it. */
import { groupBy } from "../../support/group-by.js";
import type { Mechanism } from "../../model/isolation-scan.js";
import { isFixedName } from "../decide/system-names.js";
import { DEFAULT_LEAVES, knownOption } from "./known-options.js";
import type { Definition } from "./macro-lines.js";
import { libraryOf } from "./namespace-macros.js";
import type { OptionFile } from "./option-files.js";

/** Fewer definitions of this sort are no renaming of an interface. */
const LEAST = 5;

/** A header that is for renaming holds little else. */
const MOST_OF_A_HEADER = 0.8;

export function renamingBlocks(files: readonly OptionFile[]): Mechanism[] {
  const found = new Map<string, Mechanism>();
  for (const file of files) {
    const renames = file.definitions.filter(isRename);
    for (const [option, list] of groupBy(renames, ({ conditions }) => optionOf(conditions))) {
      if (list.length < LEAST || found.has(option ?? file.path)) continue;
      if (option === undefined && list.length < file.definitions.length * MOST_OF_A_HEADER) continue;
      found.set(option ?? file.path, mechanismOf(file, option, list));
    }
    const included = includedPrefix(file);
    if (included !== undefined && !found.has(included.option)) found.set(included.option, included);
  }
  return [...found.values()];
}

/** `#define name x_name`, `#define name JOIN(PREFIX, name)`: the body holds the name, or ends with it. The system's own names are none. */
function isRename({ name, parameters, body }: Definition): boolean {
  if (parameters !== "" || body === name || /^[A-Z][A-Z0-9_]*$/.test(name) || isFixedName(name)) return false;
  if (/^\w+$/.test(body))
    return body.length > name.length && (body.endsWith(name) || (body.startsWith(name) && !isWidth(body.slice(name.length))));
  const call = /^\w+\s*\(([^()]*)\)$/.exec(body);
  return call !== null && (call[1] ?? "").split(",").some((argument) => argument.trim() === name);
}

/** `open64` beside `open` is for large files. */
function isWidth(suffix: string): boolean {
  return /^_?\d+(_t)?$/.test(suffix);
}

/** The macro of the innermost condition that is about a prefix, a namespace or renaming. */
function optionOf(conditions: readonly string[]): string | undefined {
  const words = conditions.toReversed().flatMap((condition) => condition.match(/\w+/g) ?? []);
  return words.find((word) => /(PREFIX|NAMESPACE|RENAM|MANGLE)/.test(word) && !/_(SET|H|INCLUDED)_?$/.test(word));
}

function mechanismOf(file: OptionFile, option: string | undefined, list: readonly Definition[]): Mechanism {
  const known = option === undefined ? undefined : knownOption(option);
  const [first] = list as [Definition];
  const head =
    option === undefined ? undefined : file.lines.find(({ directive, rest }) => directive.startsWith("if") && rest.includes(option));
  const example = { file: file.path, line: first.line, text: `#define ${first.name} ${first.body}` };
  return {
    library: known?.library ?? (option === undefined ? file.path : libraryOf(option)),
    kind: option === undefined ? "renaming header" : "prefix macro",
    option: option ?? file.path,
    value: null,
    step:
      known?.step ??
      (option === undefined ? `replace ${file.path} by one with the flavor's names, in library and users` : stepOf(option, first)),
    covers: known?.covers ?? `${list.length} names, as in ${first.name} → ${first.body}`,
    leaves: known?.leaves ?? `names that the list misses, types, ${DEFAULT_LEAVES}`,
    evidence: [...(head === undefined ? [] : [{ file: file.path, line: head.line, text: `#${head.directive} ${head.rest}` }]), example],
  };
}

/** The prefix is the option's own value when the definitions use it; else it is fixed. */
function stepOf(option: string, { body }: Definition): string {
  return body.includes(option) ? `compile library and users with -D${option}={flavor}_` : `compile library and users with -D${option}`;
}

/** `#if defined(X_PREFIX)` with an include of a header of prefixes right behind it. */
function includedPrefix({ path, lines }: OptionFile): Mechanism | undefined {
  for (const [index, { directive, rest, line }] of lines.entries()) {
    const option = /\b(\w*(?:PREFIX|MANGLE|RENAME)\w*)\b/.exec(rest)?.[1];
    const next = lines[index + 1];
    if (!directive.startsWith("if") || directive === "ifndef" || option === undefined || next?.directive !== "include") continue;
    if (!/prefix|mangle|renam/i.test(next.rest)) continue;
    const known = knownOption(option);
    return {
      library: known?.library ?? libraryOf(option),
      kind: "prefix macro",
      option,
      value: null,
      step: known?.step ?? `compile library and users with -D${option}={flavor}_ and the generated ${next.rest}`,
      covers: known?.covers ?? `the names that ${next.rest} lists`,
      leaves: known?.leaves ?? `names that the list misses, types, ${DEFAULT_LEAVES}`,
      evidence: [
        { file: path, line, text: `#${directive} ${rest}` },
        { file: path, line: next.line, text: `#include ${next.rest}` },
      ],
    };
  }
  return undefined;
}
