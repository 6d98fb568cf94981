/** Owns a snapshot in which instances of templates are classes and functions of their own, under names of one word. */
import { resolvedText, withTypes } from "./with-types.js";
import type { DiffSide } from "../../../api/diff/side.js";
import { typeText } from "../../../api/type-text.js";
import type {
  ApiClass,
  ApiDeclaration,
  ApiFunctionInstance,
  ApiInstance,
  ApiMethod,
  ApiSnapshot,
  ApiTemplateArgument,
  ApiTemplateParameter,
  ApiType,
} from "../../../model/api-snapshot.js";
import type { ShimSurface } from "../../../model/shim-surface.js";
import { knownType } from "../known-types.js";
import { instanceWord } from "./instance-words.js";

/** What one side knows of an instance. */
export interface SideInstance {
  readonly word: string;
  /** The template's name as that side spells it. */
  readonly template: string;
  readonly arguments: readonly ApiTemplateArgument[];
  readonly templateParameters: readonly ApiTemplateParameter[];
  /** Of a function: its parameters' types as the template has them, one list for each overload, by place. */
  readonly patterns: ReadonlyMap<string, readonly string[]>;
  /** Of a class: members whose bodies do not compile, by name and line. */
  readonly broken: ReadonlyMap<string, string>;
}

export interface WithInstances {
  readonly snapshot: ApiSnapshot;
  /** By word. */
  readonly instances: ReadonlyMap<string, SideInstance>;
  /** Common keys of instances that stand, with their words: `lab::Box<int>`. */
  readonly words: ReadonlyMap<string, string>;
}

export interface InstanceInputs {
  readonly snapshot: ApiSnapshot;
  readonly side: DiffSide;
  readonly surface: ShimSurface;
  /** Keys of the instances that the surface names. */
  readonly asked: ReadonlySet<string>;
}

export function withInstances(inputs: InstanceInputs): WithInstances {
  const { snapshot, side, asked } = inputs;
  const usedBeside = usedBesideBases(snapshot);
  const instances = new Map<string, SideInstance>();
  const words = new Map<string, string>();
  const bySpelling = new Map<string, string>();
  const byName = new Map<string, string>();
  const classes: ApiDeclaration[] = [];
  for (const one of snapshot.instances) {
    const template = templateOf(one);
    if (one.problem !== null || one.declarations.length === 0 || template === undefined) continue;
    if (knownType(side.nameOf(template), true, inputs.surface.types) !== undefined) continue;
    const keys = [one.name, one.spelling].map((text) => side.textKey(text));
    if (!usedBeside.has(one.name) && !keys.some((key) => asked.has(key))) continue;
    const key = keys[0] as string;
    const own = wordFor(template, key, inputs);
    const path = pathOf(template, own);
    bySpelling.set(one.spelling, path).set(one.name, path);
    for (const each of keys) words.set(each, `${commonScope(template, side)}${own}`);
    if (byName.has(one.name)) continue;
    byName.set(one.name, path);
    instances.set(own, {
      word: own,
      template,
      arguments: one.type.kind === "named" ? writtenArguments(one) : [],
      templateParameters: parametersOf(template, snapshot),
      patterns: new Map(),
      broken: new Map(one.broken.map(({ name, place, reason }) => [`${name} ${place.file}:${place.line}`, reason])),
    });
    classes.push(...one.declarations.map((each, i) => promoted(each, one, path, own, i === 0)));
  }
  const named = (type: ApiType): ApiType | undefined => classNamed(type, bySpelling, byName);
  const declarations = withTypes([...snapshot.declarations, ...classes], named);
  const functions = functionInstances(inputs, byName, named, instances, words);
  return { snapshot: { ...snapshot, declarations: [...withMethods(declarations, functions), ...functions.free] }, instances, words };
}

function templateOf({ type }: ApiInstance): string | undefined {
  return type.kind === "named" ? type.name : undefined;
}

/** As many as the class's own name has. */
function writtenArguments({ type, declarations: [first] }: ApiInstance): readonly ApiTemplateArgument[] {
  const given = type.kind === "named" ? (type.arguments ?? []) : [];
  const own = first?.kind === "class" ? (first.specialization ?? given) : given;
  return given.length <= own.length ? given : own;
}

function parametersOf(template: string, { declarations }: ApiSnapshot): readonly ApiTemplateParameter[] {
  const found = declarations.find((one): one is ApiClass => one.kind === "class" && one.qualifiedName === template);
  return found?.templateParameters ?? [];
}

function wordFor(template: string, key: string, { surface, side }: InstanceInputs): string {
  const common = side.nameOf(template);
  const outer = `${surface.namespace ?? surface.library}::`;
  const shown = key.slice(key.indexOf("<") + 1, -1).replaceAll(new RegExp(`\\b${outer}`, "g"), "");
  return instanceWord(common.slice(common.lastIndexOf("::") === -1 ? 0 : common.lastIndexOf("::") + 2), shown, key);
}

function pathOf(template: string, word: string): string {
  const at = template.lastIndexOf("::");
  return at === -1 ? word : template.slice(0, at + 2) + word;
}

function commonScope(template: string, side: DiffSide): string {
  const common = side.nameOf(template);
  const at = common.lastIndexOf("::");
  return at === -1 ? "" : common.slice(0, at + 2);
}

/** The class under its word, and what is in it. */
function promoted(one: ApiDeclaration, { name }: ApiInstance, path: string, word: string, isWhole: boolean): ApiDeclaration {
  if (!isWhole) return { ...one, qualifiedName: path + one.qualifiedName.slice(name.length), parent: path };
  if (one.kind !== "class") return one;
  const methods = one.methods.map((method) => (method.role === "constructor" ? { ...method, name: word } : method));
  return { ...one, name: word, qualifiedName: path, templateParameters: null, specialization: null, methods };
}

function classNamed(type: ApiType, bySpelling: ReadonlyMap<string, string>, byName: ReadonlyMap<string, string>): ApiType | undefined {
  if (type.kind !== "named") return undefined;
  const { const: isConst, volatile: _volatile, ...plain } = type;
  const qualifiers = isConst === true ? { const: true as const } : {};
  if (type.arguments !== null) {
    const path = bySpelling.get(typeText(plain)) ?? bySpelling.get(resolvedText(plain));
    return path === undefined ? undefined : { kind: "named", name: path, arguments: null, ...qualifiers };
  }
  if (!type.name.includes(">")) return undefined;
  const end = type.name.lastIndexOf(">");
  const path = byName.get(type.name.slice(0, end + 1));
  return path === undefined ? undefined : { kind: "named", name: path + type.name.slice(end + 1), arguments: null, ...qualifiers };
}

/** Names of instances that signatures, fields and typedefs tell of. One that is only a base is its class's own affair. */
function usedBesideBases({ declarations, instances }: ApiSnapshot): ReadonlySet<string> {
  const bySpelling = new Map(instances.map((one) => [one.spelling, one.name]));
  const found = new Set<string>();
  const note = (type: ApiType): undefined => {
    if (type.kind !== "named" || type.arguments === null) return undefined;
    const { const: _const, volatile: _volatile, ...plain } = type;
    const name = bySpelling.get(typeText(plain));
    if (name !== undefined) found.add(name);
    return undefined;
  };
  const seen = declarations.filter((one) => !("templateParameters" in one) || one.templateParameters === null);
  withTypes(seen.map(withoutBases), note);
  return found;
}

function withoutBases(one: ApiDeclaration): ApiDeclaration {
  return one.kind === "class" ? { ...one, bases: [] } : one;
}

interface Functions {
  readonly free: readonly ApiDeclaration[];
  /** By the qualified name of the class. */
  readonly members: ReadonlyMap<string, readonly ApiMethod[]>;
}

function functionInstances(
  inputs: InstanceInputs,
  byName: ReadonlyMap<string, string>,
  named: (type: ApiType) => ApiType | undefined,
  instances: Map<string, SideInstance>,
  words: Map<string, string>,
): Functions {
  const { snapshot, side } = inputs;
  const free: ApiDeclaration[] = [];
  const members = new Map<string, ApiMethod[]>();
  for (const one of snapshot.functionInstances) {
    const { declaration, template, owner } = one;
    if (declaration === null) continue;
    const shown = one.arguments.map((each) => ("type" in each ? resolvedText(each.type) : each.text)).join(", ");
    const key = side.textKey(`${template}<${shown}>`);
    const word = wordFor(template, key, inputs);
    words.set(key, `${commonScope(template, side)}${word}`).set(side.textKey(one.spelling), `${commonScope(template, side)}${word}`);
    remember(instances, word, one);
    const [renamed] = withTypes([asFunction(declaration, pathOf(template, word), word)], named);
    if (owner === null) free.push(renamed as ApiDeclaration);
    else {
      const path = byName.get(owner) ?? byName.get(spelledName(owner, snapshot)) ?? owner;
      const method = { ...declaration, ...pick(renamed as ApiDeclaration), name: word } as ApiMethod;
      members.set(path, [...(members.get(path) ?? []), method]);
    }
  }
  return { free, members };
}

function spelledName(spelling: string, { instances }: ApiSnapshot): string {
  return instances.find((one) => one.spelling === spelling)?.name ?? spelling;
}

function remember(instances: Map<string, SideInstance>, word: string, one: ApiFunctionInstance): void {
  const before = instances.get(word);
  const patterns = new Map(before?.patterns);
  if (one.declaration !== null) patterns.set(`${one.declaration.place.file}:${one.declaration.place.line}`, one.parameters);
  const { template, templateParameters } = one;
  instances.set(word, { word, template, arguments: one.arguments, templateParameters, patterns, broken: new Map() });
}

/** So that its types can be put in place as any function's. */
function asFunction(one: NonNullable<ApiFunctionInstance["declaration"]>, qualifiedName: string, word: string): ApiDeclaration {
  if ("kind" in one) return { ...one, name: word, qualifiedName };
  const {
    name: _name,
    place,
    comment,
    attributes,
    mangled,
    result,
    parameters,
    variadic,
    noexcept,
    inline,
    constexpr,
    deleted,
    access,
  } = one;
  return {
    kind: "function",
    name: word,
    qualifiedName,
    parent: null,
    access,
    place,
    comment,
    attributes,
    mangled,
    result,
    parameters,
    variadic,
    noexcept,
    templateParameters: null,
    inline,
    constexpr,
    deleted,
    cLanguage: false,
    internal: false,
  };
}

function pick(one: ApiDeclaration): Partial<ApiMethod> {
  return one.kind === "function" ? { result: one.result, parameters: one.parameters } : {};
}

function withMethods(declarations: readonly ApiDeclaration[], { members }: Functions): ApiDeclaration[] {
  return declarations.map((one) => {
    const more = one.kind === "class" && one.specialization === null ? members.get(one.qualifiedName) : undefined;
    return more === undefined ? one : ({ ...one, methods: [...(one as ApiClass).methods, ...more] } as ApiClass);
  });
}
