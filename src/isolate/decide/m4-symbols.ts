/** Owns the symbols that assembler made by m4 defines, by all that the tree tells of their names. */
import { type M4File, macrosOf, madeLabels } from "../constructs/m4-assembler.js";
import type { M4Symbols, NamedPlace } from "../engine/name-model.js";
import type { MacroBody } from "../survey/macro-bodies.js";
import type { MacroFact } from "../survey/macro-facts.js";

type BodiesOf = (names: readonly string[]) => Promise<readonly MacroBody[]>;

/**
 * The places of such symbols: as the files spell them, as their macros make them, and as C's do (`__lib_add` of
 * `#define lib_add LIB(add)`). Those to which m4 gives a flavor already have it.
 */
export async function m4Places(
  inAnyOrder: readonly M4File[],
  paths: readonly string[],
  bodiesOf: BodiesOf,
): Promise<{ readonly places: readonly NamedPlace[]; readonly made: M4Symbols["made"]; readonly open: readonly MacroFact[] }> {
  const files = inAnyOrder.toSorted((a, b) => a.file - b.file);
  const macros = macrosOf(files);
  const spelled = files.flatMap(({ file, labels }) => labels.flatMap(([name, line]) => (macros.has(name) ? [] : [{ name, file, line }])));
  if (!files.some(({ isBase }) => isBase)) return { places: [], made: [], open: withoutBase(files) };
  if (spelled.length === 0) return { places: [], made: [], open: [] };
  const made = madeLabels(files, paths).filter(({ name, of, template }) => !macros.has(name) && (template === name || !macros.has(of)));
  const longer = longerBy(await bodiesOf([...new Set(spelled.map(({ name }) => name))].toSorted()));
  const alike = likeMost(longer);
  const inC = spelled.flatMap(({ name: word, file, line }) => (longer.get(word) ?? alike(word)).map((name) => ({ name, file, line })));
  const given = new Map(files.flatMap((one) => one.given));
  const all = [...spelled, ...made.map(({ name, file }) => ({ name, file, line: 1 })), ...inC];
  return {
    places: all.map(({ name, file, line }) => ({ name: given.get(name) ?? name, kind: "asm", file, line, where: "source" })),
    made: made.map(({ name, of, template }) => ({ name, of, template })),
    open: [],
  };
}

/** The symbols of files that nothing in the tree gives the flavor to. */
function withoutBase(files: readonly M4File[]): MacroFact[] {
  return files.flatMap(({ file, labels }) =>
    labels.map(([name, , offset]): MacroFact => ({ kind: "doubtful", name, offset, file, is: "m4" })),
  );
}

/** So many names get the same beginning: m4 gives it to others as well. */
const MANY = 4;

/** What a symbol that C does not declare is called, as most others are: `__lib_` for `lib_`. */
function likeMost(longer: ReadonlyMap<string, readonly string[]>): (name: string) => string[] {
  const counts = new Map<string, number>();
  for (const [name, symbols] of longer)
    for (const symbol of symbols) {
      const short = /^[a-z0-9]+_/.exec(name)?.[0] ?? "";
      const rest = name.slice(short.length);
      const key = `${short} ${symbol.slice(0, -rest.length)}`;
      if (short !== "" && symbol.endsWith(rest)) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  const pairs = [...counts].flatMap(([key, count]) => (count < MANY ? [] : [key.split(" ") as [string, string]]));
  return (name) => pairs.flatMap(([short, long]) => (name.startsWith(short) ? [long + name.slice(short.length)] : []));
}

/** By macro without parameters: the names that it stands for, where its body is `JOIN(word)` with `before##word`. */
export function longerBy(bodies: readonly MacroBody[]): ReadonlyMap<string, readonly string[]> {
  const joins = new Map<string, string[]>();
  for (const { name, parameters, body } of bodies)
    if (parameters?.length === 1 && body.length === 3 && body[1] === "##" && body[2] === parameters[0])
      joins.set(name, [...(joins.get(name) ?? []), body[0] as string]);
  const found = new Map<string, string[]>();
  for (const { name, parameters, body } of bodies) {
    const befores = body.length === 4 && body[1] === "(" && body[3] === ")" ? (joins.get(body[0] as string) ?? []) : [];
    if (parameters === undefined)
      for (const before of befores) found.set(name, [...(found.get(name) ?? []), `${before}${body[2] as string}`]);
  }
  return found;
}
