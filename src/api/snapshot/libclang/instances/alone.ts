/** Owns errors that tell of no instance: those whose bodies they lie in are instantiated one by one, in one unit whose headers are read once. */
import type { Ast, AstDiagnostic, AstUnit } from "../../../../toolchain/libclang/ast.js";
import { PARSE } from "../../../../toolchain/libclang/ast-kinds.js";
import type { SnapshotQuestion } from "../../model.js";
import { bodiesOf, liesIn, strayErrors } from "./broken.js";
import { type ClassProbe, type FunctionProbe, probeUnit } from "./probe-text.js";
import type { Probed } from "./probed.js";

/** More than these are not tried one by one. */
const MOST_ALONE = 40;

/** One instance to try. `what`: the unit's word for it. */
interface Suspect {
  readonly what: string;
  readonly classes: readonly ClassProbe[];
  readonly functions: readonly FunctionProbe[];
}

/** Errors of instances by what they are of. What the headers alone say, too, is no instance's. */
export function errorsAlone(
  ast: Ast,
  question: SnapshotQuestion,
  together: Omit<Probed, "alone">,
  classes: readonly ClassProbe[],
  functions: readonly FunctionProbe[],
): ReadonlyMap<string, readonly AstDiagnostic[]> {
  const strays = strayErrors(together);
  if (strays.length === 0) return new Map();
  const contents = (some: Pick<Suspect, "classes" | "functions">): ReadonlyMap<string, string> =>
    new Map([[together.path, probeUnit(question.headers, some.classes, some.functions, []).text]]);
  const flags = PARSE.preamble | PARSE.preambleAtOnce;
  const args = ["-w", "-ferror-limit=0", ...question.arguments, together.path];
  const empty = ast.parse(args, contents({ classes: [], functions: [] }), flags);
  if (empty === undefined) return new Map();
  const own = new Set(empty.diagnostics.map(keyOf));
  const isNew = (one: AstDiagnostic): boolean => one.severity === "error" && one.place.file !== together.path && !own.has(keyOf(one));
  const found = new Map<string, readonly AstDiagnostic[]>();
  let unit: AstUnit | undefined = empty;
  for (const suspect of suspectsOf(strays.filter(isNew), together, classes, functions)) {
    unit = unit?.again(contents(suspect));
    found.set(suspect.what, (unit?.diagnostics ?? []).filter(isNew));
  }
  empty.dispose();
  return found;
}

function suspectsOf(
  strays: readonly AstDiagnostic[],
  together: Omit<Probed, "alone">,
  classes: readonly ClassProbe[],
  functions: readonly FunctionProbe[],
): Suspect[] {
  const places = strays.flatMap(({ place, notes }) => [place].concat(notes));
  if (places.length === 0) return [];
  const inClass = classes.filter((one) => bodiesOf(together, one).some((body) => places.some((place) => liesIn(place, body))));
  return [
    ...inClass.map((one) => ({ what: `class ${one.index}`, classes: [one], functions: [] })),
    ...functions.map((one) => ({ what: `function ${one.index}`, classes: [], functions: [one] })),
  ].slice(0, MOST_ALONE);
}

function keyOf({ place: { file, offset }, text }: AstDiagnostic): string {
  return `${file}:${offset}:${text}`;
}
