/** Owns names for types without one that are the type of a field: each is called by its field, in both releases alike. */
import type { ApiClass, ApiDeclaration, ApiField, ApiSnapshot, ApiType } from "../../model/api-snapshot.js";
import { isInstanceName } from "./instances/instance-words.js";

/** `struct { int x; } point;` has the type `unfork_point` in its class. */
const PREFIX = "unfork_";

/** The field behind such a word, undefined for any other. */
export function fieldOfWord(word: string): string | undefined {
  return word.startsWith(PREFIX) && !isInstanceName(word) ? word.slice(PREFIX.length) : undefined;
}

/** The snapshot with such classes named; an enumeration without a name is the number that it is stored as. */
export function withNamedMembers(snapshot: ApiSnapshot): ApiSnapshot {
  const nameless = new Map(
    snapshot.declarations.flatMap((one) =>
      (one.kind === "class" || one.kind === "enum") && one.name === "" ? [[one.qualifiedName, one]] : [],
    ),
  );
  if (nameless.size === 0) return snapshot;
  const names = new Map<string, string>();
  const numbers = new Map<string, ApiType>();
  for (const one of snapshot.declarations) {
    if (one.kind !== "class") continue;
    for (const field of one.fields) {
      const type = elementOf(field.type);
      const found = type.kind === "named" ? nameless.get(type.name) : undefined;
      if (found?.kind === "enum") numbers.set(found.qualifiedName, found.underlying);
      if (found?.kind !== "class" || found.parent !== one.qualifiedName || names.has(found.qualifiedName)) continue;
      if (field.access === "public" && field.name !== "") names.set(found.qualifiedName, `${PREFIX}${field.name}`);
    }
  }
  if (names.size === 0 && numbers.size === 0) return snapshot;
  return { ...snapshot, declarations: snapshot.declarations.map((one) => renamed(one, names, numbers)) };
}

type Names = ReadonlyMap<string, string>;

function elementOf(type: ApiType): ApiType {
  return type.kind === "array" ? elementOf(type.of) : type;
}

function renamed(one: ApiDeclaration, names: Names, numbers: ReadonlyMap<string, ApiType>): ApiDeclaration {
  if (one.kind === "enum") return { ...one, parent: one.parent === null ? null : wholeName(one.parent, names) };
  if (one.kind !== "class") return one;
  const own = names.get(one.qualifiedName);
  return {
    ...one,
    name: own ?? one.name,
    qualifiedName: wholeName(one.qualifiedName, names),
    parent: one.parent === null ? null : wholeName(one.parent, names),
    fields: one.fields.map((field) => withType(field, names, numbers)),
  } satisfies ApiClass;
}

function withType(field: ApiField, names: Names, numbers: ReadonlyMap<string, ApiType>): ApiField {
  const put = (type: ApiType): ApiType => {
    if (type.kind === "array") return { ...type, of: put(type.of) };
    if (type.kind !== "named") return type;
    return numbers.get(type.name) ?? { ...type, name: wholeName(type.name, names) };
  };
  return { ...field, type: put(field.type) };
}

/** Each scope of it that has such a name. */
function wholeName(qualified: string, names: Names): string {
  const own = names.get(qualified);
  const at = lastScope(qualified);
  if (at === -1) return own ?? qualified;
  return `${wholeName(qualified.slice(0, at), names)}::${own ?? qualified.slice(at + 2)}`;
}

/** The last `::` that stands in no parentheses: places of files may hold one. */
function lastScope(qualified: string): number {
  let depth = 0;
  for (let at = qualified.length - 1; at > 0; at--) {
    if (qualified[at] === ")") depth += 1;
    if (qualified[at] === "(") depth -= 1;
    if (depth === 0 && qualified[at] === ":" && qualified[at - 1] === ":") return at - 1;
  }
  return -1;
}
