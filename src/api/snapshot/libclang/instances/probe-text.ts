/** Owns the second unit: each line asks the compiler one thing about an instance, so that a line that does not compile answers, too. */
import { substitution } from "../../../substitute-arguments.js";
import { typeText } from "../../../type-text.js";
import type { ApiClass, ApiDeclaration, ApiMethod, ApiTemplateArgument, ApiType } from "../../../../model/api-snapshot.js";
import type { AskedInstance } from "../../asked-instances.js";

/** What is to be found out of a class: `index` stands in the names of its lines. */
export interface ClassProbe {
  readonly index: number;
  /** As it is spelled: `lab::Box<int>`. */
  readonly spelling: string;
  readonly template: ApiClass;
  /** Texts of all arguments that were written. */
  readonly arguments: readonly string[];
  /** As far as a declaration uses it. */
  readonly type: ApiType | undefined;
  readonly asked: boolean;
}

/** A function template of one name that fits. */
export interface FunctionProbe {
  readonly index: number;
  readonly asked: AskedInstance;
  /** The class around it as it is spelled, null for one of a namespace. */
  readonly owner: string | null;
  readonly candidates: readonly FunctionCandidate[];
}

export interface FunctionCandidate {
  readonly count: number;
  readonly static: boolean;
  readonly const: boolean;
}

export interface ProbeUnit {
  readonly text: string;
  /** Lines by what they are about: `class 3`, `function 1`. */
  readonly lines: ReadonlyMap<number, string>;
}

export const PROBE = {
  type: (index: number, count: number) => `unfork_type_${index}_${count}`,
  members: (index: number) => `unfork_members_${index}`,
  base: (index: number, base: number) => `unfork_base_${index}_${base}`,
  virtual: (index: number) => `unfork_virtual_${index}`,
  made: (index: number) => `unfork_made_${index}`,
  inside: (index: number, name: string) => `unfork_inside_${index}_${name}`,
  argument: (index: number, argument: number) => `unfork_argument_${index}_${argument}`,
  call: (index: number, candidate: number) => `unfork_call_${index}_${candidate}`,
} as const;

/** The headers come first. Lines count from 1. */
export function probeUnit(
  headers: readonly { readonly path: string }[],
  classes: readonly ClassProbe[],
  functions: readonly FunctionProbe[],
  declarations: readonly ApiDeclaration[],
): ProbeUnit {
  const lines: string[] = [...headers.map(({ path }) => `#include "${path}"`), ...HELPERS];
  const about = new Map<number, string>();
  const say = (what: string, texts: readonly string[]): void => {
    for (const text of texts) {
      lines.push(text);
      about.set(lines.length, what);
    }
  };
  for (const one of classes) say(`class ${one.index}`, classLines(one, declarations));
  for (const one of functions) say(`function ${one.index}`, functionLines(one));
  return { text: `${lines.join("\n")}\n`, lines: about };
}

const HELPERS = [
  "template <class T> T&& unfork_make();",
  "struct unfork_any { template <class T> operator T&() const; template <class T> operator T&&() const; };",
];

function classLines(one: ClassProbe, declarations: readonly ApiDeclaration[]): string[] {
  const { index, spelling, template } = one;
  const least = leastArguments(template);
  const counts = Array.from({ length: Math.max(0, one.arguments.length - least) }, (_, i) => least + i);
  return [
    ...[...counts, one.arguments.length].map(
      (count) => `typedef ${template.qualifiedName}<${one.arguments.slice(0, count).join(", ")}> ${PROBE.type(index, count)};`,
    ),
    `const unsigned long unfork_size_${index} = sizeof(${spelling});`,
    `const bool ${PROBE.virtual(index)} = __is_polymorphic(${spelling});`,
    ...basesOf(one).map((base, i) => `const bool ${PROBE.base(index, i)} = __is_base_of(${typeText(base)}, ${spelling});`),
    `int ${PROBE.made(index)} = (static_cast<void>(new ${spelling}()), 0);`,
    `struct ${PROBE.members(index)} : ${spelling} {`,
    ...memberNames(one, declarations).map((name) => `  using ${spelling}::${name};`),
    "};",
    ...insideOf(template, declarations).map(
      (name) =>
        `typedef ${spelling}::${name} ${PROBE.inside(index, name)}; const unsigned long unfork_size_${index}_${name} = sizeof(${spelling}::${name});`,
    ),
    `template class ${spelling};`,
  ];
}

function leastArguments({ templateParameters }: ApiClass): number {
  return (templateParameters ?? []).filter((one) => one.default === null && !one.pack).length;
}

/** Names of the template's members, and of those that its specialisations have. */
function memberNames({ spelling, template, arguments: given }: ClassProbe, declarations: readonly ApiDeclaration[]): string[] {
  const patterns = declarations.filter(
    (one): one is ApiClass =>
      one.kind === "class" &&
      (one === template || (one.specialization !== null && one.qualifiedName.startsWith(`${template.qualifiedName}<`))),
  );
  const put = substitution(template, given.map(asArgument(template)), { kind: "other", text: spelling });
  const methods = patterns.flatMap((one) => one.methods.flatMap((method) => usedName(method, put, template)));
  const owners = new Set(patterns.map((one) => one.qualifiedName));
  const variables = declarations.filter((each) => each.kind === "variable" && each.parent !== null && owners.has(each.parent));
  return [...new Set([...methods, ...variables.map(({ name }) => name)])];
}

function asArgument({ templateParameters }: ApiClass): (text: string, index: number) => ApiTemplateArgument {
  return (text, index) => (templateParameters?.[index]?.kind === "type" ? { type: { kind: "other", text } } : { text });
}

function usedName({ role, name, result }: ApiMethod, put: (type: ApiType) => ApiType, { name: own }: ApiClass): string[] {
  if (role === "destructor") return [];
  if (role === "constructor") return [own];
  return role === "conversion" ? [`operator ${typeText(put(result))}`] : [name];
}

/** Bases with the arguments in place: what the compiler does not confirm does not count. */
export function basesOf({ template, spelling, type, arguments: given }: ClassProbe): ApiType[] {
  const list = type?.kind === "named" && type.arguments !== null ? type.arguments : given.map(asArgument(template));
  const put = substitution(template, list, { kind: "other", text: spelling });
  return template.bases.map((base) => put(base.type));
}

/** Public classes and enumerations in it that are no templates. */
export function insideOf(template: ApiClass, declarations: readonly ApiDeclaration[]): string[] {
  return declarations.flatMap((one) =>
    (one.kind === "enum" || (one.kind === "class" && one.templateParameters === null && one.specialization === null)) &&
    one.parent === template.qualifiedName &&
    one.access === "public" &&
    /^\w+$/.test(one.name)
      ? [one.name]
      : [],
  );
}

function functionLines({ index, asked, owner, candidates }: FunctionProbe): string[] {
  const list = `<${asked.arguments.join(", ")}>`;
  const word = asked.name.slice(owner === null ? 0 : owner.length + 2);
  const calls = candidates.map(({ count, static: isStatic, const: isConst }, i) => {
    const given = Array.from({ length: count }, () => "unfork_any()").join(", ");
    const target = owner === null || isStatic ? asked.name : `unfork_make<${isConst ? "const " : ""}${owner}&>().${word}`;
    return `int ${PROBE.call(index, i)} = (static_cast<void>(${target}${list}(${given})), 0);`;
  });
  return [
    ...asked.arguments.map((text, i) => `typedef ${text} ${PROBE.argument(index, i)};`),
    `auto ${PROBE.call(index, candidates.length)} = &${asked.name}${list};`,
    ...calls,
  ];
}
