/** Owns the third general rule: a macro that puts a settable prefix before the name it is given, which declarations pass through. */
import type { Mechanism } from "../../model/isolation-scan.js";
import { DEFAULT_LEAVES, knownOption } from "./known-options.js";
import type { Definition, MacroLine } from "./macro-lines.js";
import { libraryOf } from "./namespace-macros.js";
import type { OptionFile } from "./option-files.js";

/** `NAME(x)` must be used this often. */
const LEAST_USES = 3;

/** `usesOf` counts the mentions of a macro in the whole tree. */
export function nameMacros(files: readonly OptionFile[], usesOf: (macro: string) => number): Mechanism[] {
  const found = new Map<string, Mechanism>();
  for (const file of files) {
    for (const { name, parameters, body, line } of file.definitions) {
      const option = /\b([A-Z]\w*_(?:PREFIX|NAMESPACE))\b/.exec(body)?.[1];
      if (option === undefined || !/^\(\s*\w+\s*\)$/.test(parameters) || found.has(option)) continue;
      const parameter = parameters.slice(1, -1).trim();
      if (!new RegExp(`\\b${parameter}\\b`).test(body) || /"|(?<!#)#(?!#)/.test(body) || usesOf(name) < LEAST_USES) continue;
      const definitions = files.flatMap((other) => other.definitions.filter((one) => one.name === option).map((one) => ({ other, one })));
      if (!isJoined(option, body) || !isSettable(option, definitions, files)) continue;
      const definition = definitions.at(0);
      const known = knownOption(option);
      found.set(option, {
        library: known?.library ?? libraryOf(option),
        kind: /OBJC/.test(option) ? "class prefix macro" : "prefix macro",
        option,
        value: definition?.one.body ?? null,
        step: known?.step ?? `compile library and users with -D${option}={flavor}_`,
        covers: known?.covers ?? `names that pass through ${name}(…): ${usesOf(name)} mentions`,
        leaves: known?.leaves ?? `names that do not pass through it, ${DEFAULT_LEAVES}`,
        evidence: [
          { file: file.path, line, text: `#define ${name}${parameters} ${body}` },
          ...(definition === undefined
            ? []
            : [{ file: definition.other.path, line: definition.one.line, text: `#define ${option} ${definition.one.body}` }]),
        ],
      });
    }
  }
  return [...found.values()];
}

/** Whether the macro joins the prefix to a name, by `##` or by another macro: neither compares it nor only writes it before something. */
function isJoined(option: string, body: string): boolean {
  if (/[=!<>]=|&&|\|\||[?;{}]/.test(body)) return false;
  return new RegExp(`\\b${option}\\s*##|##\\s*${option}\\b|\\w\\s*\\([^)]*\\b${option}\\b`).test(body);
}

/** Whether a build may give the prefix: nothing in the tree defines it, or only where it is not defined yet. */
function isSettable(option: string, definitions: readonly { readonly one: Definition }[], files: readonly OptionFile[]): boolean {
  if (definitions.some(({ one }) => one.parameters !== "")) return false;
  const asked = new RegExp(`\\b${option}\\b`);
  const isAsked = ({ directive, rest }: MacroLine): boolean => (directive === "ifndef" || directive === "if") && asked.test(rest);
  return definitions.length === 0 || files.some(({ lines }) => lines.some(isAsked));
}
