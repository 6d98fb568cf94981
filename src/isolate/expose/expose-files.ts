/** Owns the files that let renamed names be reached under their old spelling: a header for sources, a linker script for objects. */
import type { IsolationPlan, IsolationResult } from "../../model/isolation.js";
import { UnforkError } from "../../support/errors.js";
import { nameGlob } from "../../support/glob.js";
import { byText } from "../../support/order.js";

export const EXPOSE_HEADER = "unfork_expose.h";
export const EXPOSE_SCRIPT = "unfork_expose.ld";

export interface ExposeRequest {
  readonly plan: IsolationPlan;
  readonly flavor: string;
  readonly namespaces: IsolationResult["namespaces"];
  readonly names: IsolationResult["names"];
  /** Whether a name is a template or several functions; default: none is. */
  readonly isMany?: (name: string) => boolean;
  /** Whether a C source defines it: then headers declare it in C, too. Default: all are. */
  readonly isInC?: (name: string) => boolean;
}

export interface Exposed {
  /** Path in the result, text. */
  readonly files: readonly (readonly [path: string, text: string])[];
  /** Old spellings, sorted. */
  readonly names: readonly string[];
  /** Patterns that match nothing renamed. */
  readonly warnings: readonly string[];
}

interface Choice {
  readonly namespaces: readonly string[];
  /** Namespace and member. */
  readonly members: readonly (readonly [string, string])[];
  readonly globals: IsolationResult["names"];
}

/** Throws `config-invalid` when a namespace and a member of it are both exposed: an alias cannot be opened. */
export function exposeFiles(request: ExposeRequest): Exposed {
  const { plan, flavor } = request;
  const patterns = plan.expose.flatMap(({ match }, index) => match.map((pattern) => ({ pattern, place: `expose[${index}]` })));
  if (patterns.length === 0) return { files: [], names: [], warnings: [] };
  const choice = choiceOf(request, patterns);
  const { isMany = () => false, isInC = () => true } = request;
  const script = choice.globals.filter(({ kind }) => SYMBOLS.has(kind));
  const files: [string, string][] = [[EXPOSE_HEADER, headerText(choice, flavor, { isMany, isInC })]];
  if (script.length > 0) files.push([EXPOSE_SCRIPT, scriptText(script, flavor)]);
  const names = [...choice.namespaces, ...choice.members.map((member) => member.join("::")), ...choice.globals.map(({ from }) => from)];
  return { files, names: names.toSorted(byText), warnings: [...idle(request, patterns), ...asMacros(choice, isMany)] };
}

const SYMBOLS: ReadonlySet<string> = new Set(["function", "variable", "asm"]);

interface Placed {
  readonly pattern: string;
  readonly place: string;
}

function choiceOf({ namespaces, names }: ExposeRequest, patterns: readonly Placed[]): Choice {
  const plain = patterns.filter(({ pattern }) => !isQualified(pattern)).map(({ pattern }) => nameGlob(pattern));
  const spaces = namespaces.map(({ from }) => from);
  const chosen = spaces.filter((name) => plain.some((matches) => matches(name)));
  const members = patterns.flatMap(({ pattern, place }) => memberOf(pattern, place, spaces, chosen));
  return { namespaces: chosen, members, globals: names.filter(({ from }) => plain.some((matches) => matches(from))) };
}

function isQualified(pattern: string): boolean {
  return pattern.includes("::") && !pattern.startsWith("/");
}

/** `ns::Name`, also `ns::inner::Name`; the member is a plain name, because nobody lists the members of a namespace. */
function memberOf(pattern: string, place: string, spaces: readonly string[], chosen: readonly string[]): [string, string][] {
  if (!isQualified(pattern)) return [];
  const at = pattern.indexOf("::");
  const [space, member] = [pattern.slice(0, at), pattern.slice(at + 2)];
  if (!/^\w+(?:::\w+)*$/.test(member)) {
    throw new UnforkError("config-invalid", `${place} '${pattern}' is a pattern over the members of a namespace`, {
      hint: `name one member, as in ${space}::Name, or expose the whole namespace: ${space}`,
    });
  }
  if (chosen.includes(space)) {
    throw new UnforkError("config-invalid", `${place} exposes '${pattern}', and another rule exposes the whole namespace '${space}'`, {
      hint: "the alias of the namespace has its members: take one of the two out",
    });
  }
  return spaces.includes(space) ? [[space, member]] : [];
}

function idle({ namespaces, names }: ExposeRequest, patterns: readonly Placed[]): string[] {
  const known = [...namespaces, ...names].map(({ from }) => from);
  return patterns
    .filter(({ pattern }) => !known.some(nameGlob(isQualified(pattern) ? pattern.slice(0, pattern.indexOf("::")) : pattern)))
    .map(({ pattern, place }) => `${place} '${pattern}' matches nothing that was renamed`);
}

/** What nothing but a macro can stand for. */
function asMacros({ globals }: Choice, isMany: (name: string) => boolean): string[] {
  return globals
    .filter(({ from, kind }) => kind !== "by rule" && isMany(from))
    .map(
      ({ from, kind }) =>
        `'${from}' is a template, or more than one ${kind}: in C++ a macro exposes it, which changes the word wherever it stands`,
    );
}

function headerText(
  { namespaces, members, globals }: Choice,
  flavor: string,
  { isMany, isInC }: Required<Pick<ExposeRequest, "isMany" | "isInC">>,
): string {
  const guard = `UNFORK_EXPOSE_${flavor.toUpperCase()}_H`;
  const cpp = [
    ...namespaces.map((name) => `namespace ${name}_${flavor} {}\nnamespace ${name} = ${name}_${flavor};`),
    ...members.map(([space, member]) => memberLine(space, member, flavor)),
    ...globals.flatMap(({ from, to, kind }) => cppLine(from, to, isMany(from) ? "many" : kind)),
  ];
  const c = globals.flatMap(({ from, to, kind }) => cLine(from, to, kind, isInC(from)));
  const both = globals.filter(({ kind }) => kind === "by rule").map(({ from, to }) => `#define ${from} ${to}`);
  return [
    `/* Old names of flavor ${flavor}. Include this behind the headers that declare them. Generated: do not edit. */`,
    `#ifndef ${guard}`,
    `#define ${guard}`,
    "",
    ...(c.length === 0 ? [] : ["#define UNFORK_EXPOSE_TEXT(x) UNFORK_EXPOSE_TEXT_(x)", "#define UNFORK_EXPOSE_TEXT_(x) #x"]),
    ...both,
    ...(cpp.length === 0 ? [] : ["#ifdef __cplusplus", ...cpp, ...(c.length === 0 ? ["#endif"] : ["#else", ...c, "#endif"])]),
    "",
    `#endif /* ${guard} */`,
    "",
  ].join("\n");
}

/** A using-declaration of the innermost name in the namespaces around it. */
function memberLine(space: string, member: string, flavor: string): string {
  const around = [space, ...member.split("::").slice(0, -1)];
  return `${around.map((name) => `namespace ${name} { `).join("")}using ::${space}_${flavor}::${member};${" }".repeat(around.length)}`;
}

/** Internal linkage, so that no symbol of the old name comes into being. */
function cppLine(from: string, to: string, kind: string): string[] {
  if (kind === "many") return [`#define ${from} ${to}`];
  if (kind === "type" || kind === "enumeration") return [`using ${from} = ::${to};`];
  if (kind === "function") return [`[[maybe_unused]] static constexpr auto& ${from} = ::${to};`];
  return kind === "variable" ? [`[[maybe_unused]] static auto& ${from} = ::${to};`] : [];
}

/** In C a type's tag has no other name than by a macro; a function's or variable's symbol can be said (GCC, Clang) where C declares it. */
function cLine(from: string, to: string, kind: string, isInC: boolean): string[] {
  if (kind === "type" || kind === "enumeration" || ((kind === "function" || kind === "variable") && !isInC))
    return [`#define ${from} ${to}`];
  if (kind !== "function" && kind !== "variable") return [];
  return [
    "#ifdef __GNUC__",
    `extern __typeof__(${to}) ${from} __asm__(UNFORK_EXPOSE_TEXT(__USER_LABEL_PREFIX__) "${to}");`,
    "#else",
    `#define ${from} ${to}`,
    "#endif",
  ];
}

function scriptText(names: IsolationResult["names"], flavor: string): string {
  return [
    `/* Old symbols of flavor ${flavor}, for objects that were compiled without ${EXPOSE_HEADER}: give this file to the linker`,
    "   among the objects (GNU ld, gold, lld; ELF). Each counts only where nothing else defines the old symbol. Generated. */",
    ...names.map(({ from, to }) => `PROVIDE(${from} = ${to});`),
    "",
  ].join("\n");
}
