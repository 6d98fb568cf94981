/** Owns the first general rule: a namespace, inline or outermost, whose name or whose opening comes from a macro that a build can set. */
import { groupBy } from "../../support/group-by.js";
import type { Mechanism } from "../../model/isolation-scan.js";
import type { Definition } from "./macro-lines.js";
import type { OptionFile } from "./option-files.js";
import { DEFAULT_LEAVES, knownOption } from "./known-options.js";

interface Placed {
  readonly file: OptionFile;
  readonly definition: Definition;
}

/** Macros that open a namespace: `#ifndef M`, `#define M namespace a { inline namespace b {`; and macros that name one. */
export function namespaceMacros(files: readonly OptionFile[], spelled: readonly string[]): Mechanism[] {
  const placed = files.flatMap((file) => file.definitions.map((definition) => ({ file, definition })));
  const byName = groupBy(placed, ({ definition }) => definition.name);
  const openers = placed.filter(({ definition }) => opensNamespace(definition.body));
  const found = new Map<string, Mechanism>();
  for (const { file, definition } of openers) {
    const named = namespaceWords(definition.body).flatMap((word) => {
      const values = byName.get(word);
      const one = values === undefined || !isMacroName(word) ? undefined : nameMechanism(word, values, { file, definition });
      return one === undefined ? [] : [one];
    });
    for (const one of named) add(found, one);
    if (named.length === 0 && isSettable(definition)) add(found, openerMechanism({ file, definition }));
  }
  for (const word of spelled) {
    const values = byName.get(word);
    if (values !== undefined) add(found, nameMechanism(word, values, undefined));
  }
  return [...found.values()];
}

function add(found: Map<string, Mechanism>, mechanism: Mechanism | undefined): void {
  if (mechanism !== undefined && !found.has(mechanism.option)) found.set(mechanism.option, mechanism);
}

/** More braces opened than closed, and the word `namespace`. */
function opensNamespace(body: string): boolean {
  return /\bnamespace\b/.test(body) && body.split("{").length > body.split("}").length;
}

/** The words that name namespaces in a macro's body; `F(…)` is a name that a macro builds. */
function namespaceWords(body: string): string[] {
  return [...body.matchAll(/\bnamespace\s+(\w+)\s*\{/g)].map((match) => match[1] as string);
}

function isMacroName(word: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(word);
}

/** `#ifndef M` or `!defined(M)` around `#define M`: a build may set it. */
function isSettable({ name, conditions }: Definition): boolean {
  return conditions.some((condition) => condition === `!${name}` || new RegExp(`!\\s*defined\\s*\\(?\\s*${name}\\b`).test(condition));
}

/** The definitions of a macro that names a namespace: one that a build may set, or that a file for options gives. */
function nameMechanism(word: string, values: readonly Placed[], opener: Placed | undefined): Mechanism | undefined {
  const value =
    values.find(({ definition }) => isSettable(definition)) ?? values.find(({ file }) => /(options|config)[\w.]*$/.test(file.path));
  if (value === undefined) return undefined;
  const known = knownOption(word);
  const isInline = opener !== undefined && new RegExp(`inline\\s+namespace\\s+${word}\\b`).test(opener.definition.body);
  const settable = isSettable(value.definition);
  return {
    library: known?.library ?? libraryOf(word),
    kind: isInline ? "inline namespace" : "namespace macro",
    option: word,
    value: value.definition.body,
    step:
      known?.step ??
      (settable
        ? `compile library and users with -D${word}=${nextValue(value.definition.body)}`
        : `set ${word} to ${nextValue(value.definition.body)} in ${value.file.path}`),
    covers: known?.covers ?? "every C++ name inside that namespace, without any edit of the sources",
    leaves: known?.leaves ?? `C symbols and names at global scope, ${DEFAULT_LEAVES}`,
    evidence: [value, ...(opener === undefined ? [] : [opener])].map(evidenceOf),
  };
}

function nextValue(body: string): string {
  return /^\w+$/.test(body) ? `${body}_{flavor}` : "{flavor}";
}

function openerMechanism(opener: Placed): Mechanism {
  const { name, body } = opener.definition;
  const known = knownOption(name);
  return {
    library: known?.library ?? libraryOf(name),
    kind: /\binline\s+namespace\b/.test(body) ? "inline namespace" : "namespace macro",
    option: name,
    value: body,
    step:
      known?.step ??
      `compile library and users with ${name} (and the macro that closes it) defined with a namespace of the flavor's inside`,
    covers: known?.covers ?? "every C++ name between this macro and the one that closes it, without any edit of the sources",
    leaves: known?.leaves ?? `C symbols and names at global scope, ${DEFAULT_LEAVES}`,
    evidence: [evidenceOf(opener)],
  };
}

function evidenceOf({ file, definition: { line, name, parameters, body } }: Placed): Mechanism["evidence"][number] {
  return { file: file.path, line, text: `#define ${name}${parameters} ${body}`.trim() };
}

/** `FOO_BAR_BEGIN_NAMESPACE` belongs to foo. */
export function libraryOf(macro: string): string {
  return (macro.split("_")[0] ?? macro).toLowerCase();
}
