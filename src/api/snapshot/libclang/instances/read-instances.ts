/** Owns instances of templates with their members: a second unit makes the compiler instantiate what the API uses and what was asked for. */
import { join } from "node:path";

import type {
  ApiClass,
  ApiDeclaration,
  ApiFunction,
  ApiFunctionInstance,
  ApiInstance,
  ApiMethod,
  ApiSnapshot,
} from "../../../../model/api-snapshot.js";
import type { Ast, AstCursor, AstUnit } from "../../../../toolchain/libclang/ast.js";
import { argumentsText } from "../../../type-text.js";
import { askedInstances, type AskedInstance, classTemplates } from "../../asked-instances.js";
import type { SnapshotQuestion } from "../../model.js";
import type { Reader } from "../reader.js";
import { errorsAlone } from "./alone.js";
import type { Probed } from "./probed.js";
import { readClass } from "./read-class.js";
import { readFunctions } from "./read-functions.js";
import { type ClassProbe, type FunctionCandidate, type FunctionProbe, probeUnit } from "./probe-text.js";

export type Instances = Pick<ApiSnapshot, "instances" | "functionInstances">;

/** `open` makes a reader over a unit that has met all of its declarations. */
export function readInstances(
  ast: Ast,
  question: SnapshotQuestion,
  used: readonly ApiInstance[],
  declarations: readonly ApiDeclaration[],
  open: (unit: AstUnit, top: readonly AstCursor[], path: string) => Reader,
): Instances {
  const asked = askedInstances(question.instances, declarations);
  if (question.language === "c" || used.length + asked.length === 0) return { instances: [...used], functionInstances: [] };
  const classes = classProbes(used, asked, declarations);
  const functions = functionProbes(asked, classes, declarations);
  const probe = probeUnit(question.headers, classes, functions, declarations);
  const path = join(question.directory, ".unfork-instances.cc");
  const unit = ast.parse(["-w", "-ferror-limit=0", ...question.arguments, path], new Map([[path, probe.text]]), 0);
  if (unit === undefined) return { instances: [...used], functionInstances: [] };
  const top = ast.children(unit.root);
  const reader = open(unit, top, path);
  const own = new Map(
    top.flatMap((cursor) => (ast.spelling(cursor).startsWith("unfork_") ? [[ast.spelling(cursor), cursor] as const] : [])),
  );
  const together = { reader, unit, top: own, probe, path };
  const probed: Probed = { ...together, alone: errorsAlone(ast, question, together, classes, functions) };
  const read = {
    instances: withoutTwins(
      classes.map((one) =>
        readClass(
          probed,
          one,
          used.find(({ type }) => type === one.type),
          declarations,
        ),
      ),
    ),
    functionInstances: [...functions.flatMap((one) => readFunctions(probed, one)), ...unknown(asked, functions, classes)],
  };
  unit.dispose();
  return read;
}

function classProbes(
  used: readonly ApiInstance[],
  asked: readonly (AskedInstance | string)[],
  declarations: readonly ApiDeclaration[],
): ClassProbe[] {
  const templates = classTemplates(declarations);
  const found: ClassProbe[] = [];
  const add = (spelling: string, name: string, given: readonly string[], one: Pick<ClassProbe, "type" | "asked">): void => {
    const template = templates.get(name);
    if (template !== undefined) found.push({ index: found.length, spelling, template, arguments: given, ...one });
  };
  const enumerators = enumeratorNames(declarations);
  for (const { type } of used) {
    if (type.kind !== "named") continue;
    const given = (type.arguments ?? []).map((one) => ("text" in one ? inFull(one.text, type.name, enumerators) : argumentsText([one])));
    add(`${type.name}<${given.join(", ")}>`, type.name, given, { type, asked: false });
  }
  for (const one of asked)
    if (typeof one !== "string" && !found.some(({ spelling }) => spelling === one.text))
      add(one.text, one.name, one.arguments, { type: undefined, asked: true });
  return found;
}

function enumeratorNames(declarations: readonly ApiDeclaration[]): ReadonlySet<string> {
  return new Set(
    declarations.flatMap((one) => {
      if (one.kind !== "enum") return [];
      const scope = one.scopedEnum ? one.qualifiedName : one.qualifiedName.slice(0, Math.max(0, one.qualifiedName.lastIndexOf("::")));
      return one.enumerators.flatMap(({ name }) => [`${scope}::${name}`, `${one.qualifiedName}::${name}`]);
    }),
  );
}

/** An enumerator as it is written beside the template. */
function inFull(text: string, template: string, enumerators: ReadonlySet<string>): string {
  if (!/^[A-Za-z_][\w:]*$/.test(text)) return text;
  for (let end = template.lastIndexOf("::"); end > 0; end = template.lastIndexOf("::", end - 1))
    if (enumerators.has(`${template.slice(0, end)}::${text}`)) return `${template.slice(0, end)}::${text}`;
  return text;
}

function functionProbes(
  asked: readonly (AskedInstance | string)[],
  classes: readonly ClassProbe[],
  declarations: readonly ApiDeclaration[],
): FunctionProbe[] {
  const templates = new Set(classes.map(({ template }) => template.qualifiedName));
  const found: FunctionProbe[] = [];
  for (const one of asked) {
    if (typeof one === "string" || templates.has(one.name)) continue;
    const at = one.name.lastIndexOf("::");
    const scope = at === -1 ? "" : one.name.slice(0, at);
    const word = one.name.slice(at === -1 ? 0 : at + 2);
    const owner = declarations.find(
      (each): each is ApiClass =>
        each.kind === "class" && each.specialization === null && each.qualifiedName === scope.replace(/<.*$/s, ""),
    );
    const candidates =
      owner === undefined ? freeCandidates(one.name, declarations) : owner.methods.filter(({ name }) => name === word).flatMap(candidateOf);
    if (candidates.length > 0) found.push({ index: found.length, asked: one, owner: owner === undefined ? null : scope, candidates });
  }
  return found;
}

function freeCandidates(name: string, declarations: readonly ApiDeclaration[]): FunctionCandidate[] {
  return declarations.flatMap((one) => (one.kind === "function" && one.qualifiedName === name ? candidateOf(one) : []));
}

function candidateOf(one: ApiFunction | ApiMethod): FunctionCandidate[] {
  if (one.templateParameters === null) return [];
  return [{ count: one.parameters.length, static: "static" in one && one.static, const: "const" in one && one.const }];
}

/** One class that several spellings mean stands once, with the uses of all. */
function withoutTwins(list: readonly ApiInstance[]): ApiInstance[] {
  return [...new Map(list.map((one) => [one.spelling, one])).values()];
}

/** What no template of the headers is called. */
function unknown(
  asked: readonly (AskedInstance | string)[],
  functions: readonly FunctionProbe[],
  classes: readonly ClassProbe[],
): ApiFunctionInstance[] {
  const known = new Set<string>([
    ...functions.map(({ asked: { text } }) => text),
    ...classes.filter((one) => one.asked).map(({ spelling }) => spelling),
    ...classes.map(({ spelling }) => spelling),
  ]);
  return asked.flatMap((one): ApiFunctionInstance[] => {
    const text = typeof one === "string" ? one : one.text;
    if (known.has(text)) return [];
    const problem =
      typeof one === "string" ? "it has no arguments: name an instance, as in Name<int>" : `the headers declare no template ${one.name}`;
    const name = typeof one === "string" ? one : one.name;
    return [
      { spelling: text, template: name, owner: null, arguments: [], templateParameters: [], parameters: [], declaration: null, problem },
    ];
  });
}
