/** Owns declarations of a snapshot as C, which C++ reads as well. */
import { isStandardRecord } from "../../../api/snapshot/standard-names.js";
import type { ApiClass, ApiDeclaration, ApiType } from "../../../model/api-snapshot.js";
import { typeText } from "../../../api/readable-type.js";

/** How names are written: those of the component with a flavor or without. */
export interface Spelling {
  readonly declarations: readonly ApiDeclaration[];
  readonly nameOf: (name: string) => string;
  /** `_legacy`: a member or a parameter that is called as a function of the library was read with it. */
  readonly suffix: string;
}

/** `struct A { … };`, `typedef … A;`, `int f(int);`; "" for what has no text of its own. */
export function declarationText(one: ApiDeclaration, spelling: Spelling): string {
  const name = spelling.nameOf(one.qualifiedName);
  switch (one.kind) {
    case "class":
      return one.defined
        ? `${one.key} ${name} {\n${one.fields.map((field) => `  ${fieldText(field, spelling)};\n`).join("")}};`
        : `${one.key} ${name};`;
    case "enum":
      return `enum ${one.name === "" ? "" : `${name} `}{\n${one.enumerators.map((each) => `  ${spelling.nameOf(each.name)} = ${each.value},\n`).join("")}};`;
    case "typedef":
      return `typedef ${cType(one.type, spelling, name)};`;
    case "function":
      return `${functionText(one, name, spelling)};`;
    case "variable":
      return `extern ${cType(one.type, spelling, name)};`;
  }
}

/** `int f(int)`; with a pointer's mark, `int (*f)(int)`. */
export function functionText(one: Extract<ApiDeclaration, { kind: "function" }>, declarator: string, spelling: Spelling): string {
  const parameters = one.parameters.map(({ name, type }) => cType(type, spelling, plainName(name, spelling)));
  const list = one.variadic ? [...parameters, "..."] : parameters;
  return cType(one.result, spelling, `${declarator}(${list.length === 0 ? "void" : list.join(", ")})`);
}

function fieldText({ name, type, width }: ApiClass["fields"][number], spelling: Spelling): string {
  return `${cType(type, spelling, plainName(name, spelling))}${width === null ? "" : ` : ${width}`}`;
}

function plainName(name: string, { suffix }: Spelling): string {
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

/** Typedefs of others are written as what they stand for. */
export function cType(type: ApiType, spelling: Spelling, declarator = ""): string {
  return typeText(spelled(type, spelling), declarator);
}

function spelled(type: ApiType, spelling: Spelling): ApiType {
  const to = (one: ApiType): ApiType => spelled(one, spelling);
  switch (type.kind) {
    case "pointer":
      return { ...type, to: to(type.to) };
    case "array":
      return { ...type, of: to(type.of) };
    case "function":
      return { ...type, result: to(type.result), parameters: type.parameters.map(to) };
    case "alias": {
      if (spelling.declarations.some((one) => one.kind === "typedef" && one.qualifiedName === type.name))
        return { ...type, name: spelling.nameOf(type.name) };
      const target = to(type.target);
      return { ...target, ...(type.const === true ? { const: true } : {}), ...(type.volatile === true ? { volatile: true } : {}) };
    }
    case "named":
      if (isStandardRecord(type.name)) return type;
      return { ...type, name: `${keyOf(type.name, spelling)} ${spelling.nameOf(type.name)}` };
    default:
      return type;
  }
}

function keyOf(name: string, { declarations }: Spelling): string {
  const own = declarations.find((one) => (one.kind === "class" || one.kind === "enum") && one.qualifiedName === name);
  return own?.kind === "class" ? own.key : own?.kind === "enum" ? "enum" : "struct";
}
