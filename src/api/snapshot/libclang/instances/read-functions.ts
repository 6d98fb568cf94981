/** Owns instances of function templates as the compiler instantiates them: all overloads of the name that take the arguments. */
import type { ApiFunctionInstance, ApiTemplateArgument } from "../../../../model/api-snapshot.js";
import type { AstCursor } from "../../../../toolchain/libclang/ast.js";
import { DECLARATION as D } from "../../../../toolchain/libclang/ast-kinds.js";
import { typeText } from "../../../type-text.js";
import { functionOf, methodOf } from "../functions.js";
import { declared } from "../reader.js";
import { bodyOf, errorsOf, liesIn } from "./broken.js";
import { type FunctionProbe, PROBE } from "./probe-text.js";
import { forEachBelow } from "./read-class.js";
import type { Probed } from "./probed.js";

const FUNCTIONS: ReadonlySet<number> = new Set([D.function, D.method]);

/** One at least: with its problem where none fits. */
export function readFunctions(probed: Probed, probe: FunctionProbe): ApiFunctionInstance[] {
  const { asked, owner, index, candidates } = probe;
  const found = new Map<number, AstCursor>();
  for (let i = 0; i <= candidates.length; i++) {
    const line = probed.top.get(PROBE.call(index, i));
    if (line !== undefined) for (const cursor of calledIn(probed, line, asked.name)) found.set(cursor.a, cursor);
  }
  const errors = errorsOf(probed, `function ${index}`);
  const read = [...found.values()].flatMap((cursor) => {
    const body = bodyOf(probed.reader, cursor);
    const error = errors.find(({ place, notes }) => place.file !== probed.path && [place, ...notes].some((one) => liesIn(one, body)));
    const list = instanceOf(probed, probe, cursor);
    return error === undefined ? list : list.map((one) => withoutBody(one, error.text));
  });
  if (read.length > 0) return read;
  const problem = errors.find(({ place }) => place.file !== probed.path)?.text ?? errors[0]?.text ?? "no overload takes these arguments";
  return [
    {
      spelling: asked.text,
      template: asked.name,
      owner,
      arguments: [],
      templateParameters: [],
      parameters: [],
      declaration: null,
      problem,
    },
  ];
}

/** Instances of the template that a line names. */
function calledIn({ reader }: Probed, line: AstCursor, name: string): AstCursor[] {
  const { ast, names } = reader;
  const found: AstCursor[] = [];
  forEachBelow(reader, line, (one) => {
    const called = ast.lib.referenced(one) as AstCursor;
    if (!FUNCTIONS.has(called.kind)) return;
    const template = ast.lib.specialized(called) as AstCursor;
    const last = names.simple(template).replace(/^operator /, "operator");
    if (template.kind === D.functionTemplate && name.endsWith(`::${last}`) && !last.startsWith("unfork_")) found.push(called);
  });
  return found;
}

function instanceOf(probed: Probed, { asked, owner, index }: FunctionProbe, cursor: AstCursor): ApiFunctionInstance[] {
  const { reader } = probed;
  const { ast } = reader;
  const template = ast.lib.specialized(cursor) as AstCursor;
  const [one, pattern] = [declared(reader, cursor), declared(reader, template)];
  if (one === undefined || pattern === undefined) return [];
  const dependent = methodOf(reader, pattern, true);
  const read = owner === null ? functionOf(reader, one, false) : methodOf(reader, one, false);
  // An argument that only the call gave was none of those that were asked for.
  if (JSON.stringify(read).includes('"unfork_any"')) return [];
  const inline = read.inline || bodyOf(reader, cursor) !== undefined;
  return [
    {
      spelling: asked.text,
      template: asked.name,
      owner,
      arguments: asked.arguments.map((_, i) => argumentOf(probed, index, i, asked.arguments[i] as string)),
      templateParameters: dependent.templateParameters ?? [],
      parameters: dependent.parameters.map(({ type }) => typeText(type)),
      declaration: { ...read, name: dependent.name, templateParameters: null, inline, comment: dependent.comment },
      problem: null,
    },
  ];
}

/** A line that names a value as a type does not compile. */
function argumentOf({ reader, top, unit, path }: Probed, index: number, argument: number, text: string): ApiTemplateArgument {
  const typedef = top.get(PROBE.argument(index, argument));
  const line = typedef === undefined ? 0 : reader.ast.place(reader.ast.location(typedef)).line;
  const isType =
    typedef !== undefined &&
    !unit.diagnostics.some(({ severity, place }) => severity === "error" && place.file === path && place.line === line);
  return isType ? { type: reader.types.of(reader.ast.lib.typedefTarget(typedef)) } : { text };
}

function withoutBody(one: ApiFunctionInstance, text: string): ApiFunctionInstance {
  return { ...one, declaration: null, problem: `its body does not compile: ${text}` };
}
