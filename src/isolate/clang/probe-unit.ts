/**
 * Owns the questions to libclang about one unit: parsed as it is, and with each undecided token replaced by a word of its
 * own. What bears that word in the second parse is what the token became: a namespace, a part of a string, of another name.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { type Clang, CURSOR, type Cursor, loadClang, type ParsedUnit, VISIT } from "../../toolchain/libclang/bindings.js";
import type { Fact, Probe, UnitAnswer, UnitQuestion } from "./model.js";

/** A namespace that a place of the first parse names or opens. */
interface NamedNamespace {
  readonly key: string;
  readonly target: string;
}

/** Asks about one unit. Relative paths count from the process's working directory, which is the command's. */
export function probeUnit(question: UnitQuestion): UnitAnswer {
  const clang = loadClang(question.library);
  const plain = clang.parse(question.arguments, new Map());
  if (plain === undefined) return { status: "failed", reason: "libclang could not read the unit" };
  const [error] = plain.errors;
  if (error !== undefined) return { status: "failed", reason: error };
  const namespaces = namespacesOf(clang, plain, new Set(question.probes.map(({ name }) => name)));
  plain.dispose();
  const facts = new Map(question.probes.flatMap((probe) => written(probe, namespaces)).map((fact) => [JSON.stringify(fact), fact]));
  for (const aliased of question.isCpp ? [true, false] : [false]) {
    const parsed = parseProbed(clang, question, aliased);
    if (parsed === undefined) continue;
    for (const fact of factsOf(clang, parsed, question.probes, namespaces)) facts.set(JSON.stringify(fact), fact);
    parsed.dispose();
  }
  return { status: "parsed", clang: clang.version, facts: [...facts.values()] };
}

/** What the first parse says of the token itself: written in code, or as a macro's argument. */
function written({ id, file, offset, line, name }: Probe, namespaces: ReadonlyMap<string, readonly string[]>): Fact[] {
  const targets = namespaces.get(keyOf(file, offset, name));
  return targets === undefined ? [] : [namespaceFact(id, resolve(file), line, targets)];
}

function namespaceFact(probe: number, file: string, line: number, targets: readonly string[]): Fact {
  return { probe, file, line, role: "namespace", detail: [...new Set(targets)].toSorted().join(" or ") };
}

/** The unit with the probes' words in place of the tokens; `aliased`: the words are declared to be the namespaces, so that they resolve. */
function parseProbed(clang: Clang, { probes, arguments: args, directory }: UnitQuestion, aliased: boolean): ParsedUnit | undefined {
  const unsaved = new Map<string, Buffer>();
  for (const { file, offset, name, word } of probes) {
    const text = unsaved.get(file) ?? Buffer.from(readFileSync(file));
    if (text.toString("latin1", offset, offset + name.length) === name) text.write(word, offset, "latin1");
    unsaved.set(file, text);
  }
  const header = join(directory, ".unfork-probe.h");
  if (aliased) unsaved.set(header, Buffer.from(aliases(probes)));
  return clang.parse(aliased ? [...args.slice(0, -1), "-include", header, args.at(-1) as string] : args, unsaved);
}

function aliases(probes: readonly Probe[]): string {
  return probes.map(({ name, word }) => `namespace ${name} {} namespace ${word} = ::${name};\n`).join("");
}

/** All places outside of system headers that name or open one of the namespaces, by file, offset and word. */
function namespacesOf(clang: Clang, { root }: ParsedUnit, names: ReadonlySet<string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  clang.visit(root, (cursor, parent) => {
    if (clang.isUnit(parent) && clang.inSystemHeader(cursor)) return VISIT.next;
    const named = namedNamespace(clang, cursor, names);
    if (named !== undefined) found.set(named.key, [...(found.get(named.key) ?? []), named.target]);
    return VISIT.inside;
  });
  return found;
}

function namedNamespace(clang: Clang, cursor: Cursor, names: ReadonlySet<string>): NamedNamespace | undefined {
  if (cursor.kind !== CURSOR.namespace && cursor.kind !== CURSOR.namespaceReference) return undefined;
  const name = clang.spelling(cursor);
  if (!names.has(name)) return undefined;
  const { file, offset } = clang.place(cursor);
  const target = cursor.kind === CURSOR.namespace ? cursor : clang.referenced(cursor);
  return { key: keyOf(file, offset, name), target: qualifiedName(clang, target) };
}

function keyOf(file: string, offset: number, name: string): string {
  return `${resolve(file)}\0${offset}\0${name}`;
}

function qualifiedName(clang: Clang, cursor: Cursor): string {
  const words: string[] = [];
  for (let at = cursor; !clang.isUnit(at) && words.length < 32; at = clang.parent(at)) {
    if (at.kind === CURSOR.namespace || at.kind === CURSOR.namespaceAlias) words.unshift(clang.spelling(at) || "(unnamed)");
    else if (at.kind > 300) break;
  }
  return words.join("::");
}

/** What bears a probe's word. */
function factsOf(clang: Clang, { root }: ParsedUnit, probes: readonly Probe[], namespaces: ReadonlyMap<string, readonly string[]>): Fact[] {
  const found: Fact[] = [];
  clang.visit(root, (cursor, parent) => {
    if (clang.isUnit(parent) && clang.inSystemHeader(cursor)) return VISIT.next;
    if (!mayBear(cursor.kind)) return VISIT.inside;
    const text = clang.spelling(cursor);
    for (const probe of probes) {
      if (!text.includes(probe.word)) continue;
      const fact = factOf(clang, cursor, text, probe, namespaces);
      if (fact !== undefined) found.push(fact);
    }
    return VISIT.inside;
  });
  return found;
}

/** Declarations, references and strings. */
function mayBear(kind: number): boolean {
  return (
    kind <= CURSOR.lastReference ||
    kind === CURSOR.string ||
    kind === CURSOR.declarationReference ||
    kind === CURSOR.declarationReference + 1
  );
}

function factOf(
  clang: Clang,
  cursor: Cursor,
  text: string,
  probe: Probe,
  namespaces: ReadonlyMap<string, readonly string[]>,
): Fact | undefined {
  const { file, line, offset } = clang.place(cursor);
  if (file.endsWith(".unfork-probe.h")) return undefined;
  const where = { probe: probe.id, file: resolve(file), line } as const;
  const detail = text.replaceAll(probe.word, probe.name);
  if (cursor.kind === CURSOR.string) return { ...where, role: "string", detail };
  const isNamespace = cursor.kind === CURSOR.namespace || cursor.kind === CURSOR.namespaceReference;
  if (!isNamespace || text !== probe.word) return { ...where, role: "name", detail };
  const targets = namespaces.get(keyOf(file, offset, probe.name));
  if (targets === undefined) return undefined;
  return namespaceFact(probe.id, where.file, line, targets);
}
