/** Owns one side of a comparison: how its names and texts read under the map, so that both sides can be compared. */
import type { ApiNameMap } from "../../model/api-name-map.js";
import type { ApiTemplateArgument, ApiType } from "../../model/api-snapshot.js";
import { commonName } from "../common-name.js";

/** The names of the two flavors, whose suffixes isolated trees bear. */
export interface DiffFlavors {
  readonly legacy: string;
  readonly latest: string;
}

/** One release as the comparison sees it. */
export interface DiffSide {
  /** The name that both releases have in common, of a name as this side's headers spell it. */
  readonly nameOf: (name: string) => string;
  /** A type as text in common names, typedefs of the API resolved: equal for types that mean the same. */
  readonly typeKey: (type: ApiType) => string;
  /** Other text (default arguments, initializers, template parameters) in common names, without white space. */
  readonly textKey: (text: string) => string;
  /** The same inside a template: its parameters count by their place, whatever they are called. */
  readonly within: (parameters: readonly TemplateName[] | null) => DiffSide;
}

type TemplateName = { readonly name: string };

export function diffSide(flavor: string, map: ApiNameMap): DiffSide {
  const known = new Map<string, string>();
  const nameOf = (name: string): string => {
    const found = known.get(name) ?? commonName(name, { flavor }, map);
    known.set(name, found);
    return found;
  };
  return sideOf(nameOf, 0);
}

/** `depth`: of templates around, so that a member template's first parameter is not its class's. */
function sideOf(nameOf: DiffSide["nameOf"], depth: number): DiffSide {
  const textKey = (text: string): string =>
    plain(
      text.replaceAll(QUALIFIED, (name, at: number) =>
        // What is in an instance is named behind its arguments.
        text[at - 1] === ">" && name.startsWith("::") ? name : nameOf(name.replaceAll(/\s+/g, "").replace(/^::/, "")),
      ),
    );
  return {
    nameOf,
    textKey,
    typeKey: (type) => keyOf(type, { nameOf, textKey }),
    within: (parameters) => {
      if (parameters === null || parameters.length === 0) return sideOf(nameOf, depth);
      const places = new Map(parameters.flatMap(({ name }, place) => (name === "" ? [] : [[name, `$${depth}.${place}`] as const])));
      return sideOf((name) => placed(name, places) ?? nameOf(name), depth + 1);
    },
  };
}

/** `T::type` where `T` is a parameter. */
function placed(name: string, places: ReadonlyMap<string, string>): string | undefined {
  const at = name.indexOf("::");
  const first = at === -1 ? name : name.slice(0, at);
  const place = places.get(first);
  return place === undefined ? undefined : place + name.slice(first.length);
}

const QUALIFIED = /(?:::\s*)?[A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)*/g;

/** Blanks stay only where they part two words. */
function plain(text: string): string {
  return text
    .trim()
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([^\w\s]) ?/g, "$1");
}

type Names = Pick<DiffSide, "nameOf" | "textKey">;

function keyOf(type: ApiType, names: Names): string {
  const shape = shapeKey(type, names);
  // Qualifiers of a typedef's use add to those of its target.
  const both = { const: type.const === true, volatile: type.volatile === true };
  return `${both.const && !shape.startsWith("const ") ? "const " : ""}${both.volatile ? "volatile " : ""}${shape}`;
}

function shapeKey(type: ApiType, names: Names): string {
  switch (type.kind) {
    case "builtin":
      return type.name;
    case "pointer":
      return `ptr(${keyOf(type.to, names)})`;
    case "reference":
      return `${type.rvalue ? "rref" : "ref"}(${keyOf(type.to, names)})`;
    case "array":
      return `array(${keyOf(type.of, names)},${type.size ?? ""})`;
    case "function": {
      const parameters = type.parameters.map((one) => keyOf(one, names)).join(",");
      return `fn(${keyOf(type.result, names)};${parameters}${type.variadic ? ",..." : ""})${type.noexcept ? "noexcept" : ""}`;
    }
    case "named":
      return names.nameOf(type.name) + argumentsKey(type.arguments, names);
    case "alias":
      return keyOf(type.target, names);
    case "member-pointer":
      return `member(${names.nameOf(type.of)},${keyOf(type.to, names)})`;
    case "other":
      return names.textKey(type.text);
  }
}

/** `<int,4>`, or "" for no arguments. */
export function argumentsKey(list: readonly ApiTemplateArgument[] | null, names: Names): string {
  if (list === null) return "";
  return `<${list.map((one) => ("type" in one ? keyOf(one.type, names) : names.textKey(one.text))).join(",")}>`;
}
