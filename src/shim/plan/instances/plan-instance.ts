/** Owns what an instance of a template is in the shim: its template there, and its arguments there and in either flavor. */
import { typeText } from "../../../api/type-text.js";
import type { ApiTemplateArgument, ApiTemplateParameter, ApiType } from "../../../model/api-snapshot.js";
import type { PlanContext } from "../context.js";
import { joinTypes } from "../join-types.js";
import type { BySide, InstanceArgument, InstancePlan, SideIndex } from "../model.js";
import type { Planned } from "../plan-callable.js";
import { libraryName, relativeName, shimNamespace } from "../shim-names.js";
import { sideType } from "../side-type.js";
import { ownWord } from "./instance-words.js";
import type { SideInstance } from "./with-instances.js";

/** `common`: the name in common, whose last word is an instance's. */
export function planInstance(common: string, context: PlanContext): Planned<InstancePlan> {
  const word = common.slice(common.lastIndexOf(":") + 1);
  const sides: BySide<SideInstance> = [context.instances[0].get(word) ?? null, context.instances[1].get(word) ?? null];
  const model = sides[1] ?? sides[0];
  if (model === null) return { status: "left", reason: "no snapshot has this instance" };
  const parameters = model.templateParameters;
  const found: InstanceArgument[] = [];
  const needs: string[] = [];
  for (let index = 0; index < model.arguments.length; index++) {
    if (parameters[index] === undefined && parameters.at(-1)?.pack !== true)
      return { status: "left", reason: "it has more arguments than its template" };
    const given: BySide<ApiTemplateArgument> = [sides[0]?.arguments[index] ?? null, sides[1]?.arguments[index] ?? null];
    const planned = planArgument(given, context);
    if (planned.status === "left") return { status: "left", reason: `argument ${index + 1} of the template: ${planned.reason}` };
    found.push(planned.plan.argument);
    needs.push(...planned.plan.needs);
  }
  const scope = relativeName(common, context.surface).slice(0, -word.length);
  return {
    status: "planned",
    plan: {
      word,
      own: ownName(model),
      path: `${scope}${ownName(model)}`,
      parameters: parameters.map(parameterOf),
      arguments: found,
      needs,
      patterns: sides.map((one) => (one === null ? null : one.patterns)) as unknown as InstancePlan["patterns"],
      ownIn: sides.map((one) => (one === null ? null : lastWord(one.template))) as unknown as BySide<string>,
    },
  };
}

/** Of a function: `common` is its template's scope and its own word; what is in a class has no name of its own in common. */
export function planFunctionInstance(common: string, context: PlanContext): Planned<InstancePlan> {
  const planned = planInstance(common, context);
  if (planned.status === "left") return planned;
  const { parameters, arguments: given } = planned.plan;
  if (parameters.slice(0, given.length).some(({ pack }) => pack)) return { status: "left", reason: "its template takes a parameter pack" };
  return planned;
}

/** As source has it: `Box`, `operator[]`. */
function ownName({ word, template }: SideInstance): string {
  const own = ownWord(word);
  return own.startsWith("operator_") ? lastWord(template) : own;
}

function lastWord(name: string): string {
  const at = name.lastIndexOf("::");
  return at === -1 ? name : name.slice(at + 2);
}

function parameterOf({ kind, name, pack, text }: ApiTemplateParameter): InstancePlan["parameters"][number] {
  const type =
    kind === "value"
      ? text
          .replace(/=.*$/s, "")
          .replace(/\b\w+\s*$/, "")
          .trim()
      : "";
  return { kind, name, pack, type: BUILTIN.test(type) ? type : "auto" };
}

const BUILTIN =
  /^(bool|char|short|int|long|long long|(unsigned|signed)( (char|short|int|long|long long))?|(std::)?(size_t|ptrdiff_t|u?int(8|16|32|64)_t))$/;

interface PlannedArgument {
  readonly argument: InstanceArgument;
  readonly needs: readonly string[];
}

function planArgument([legacy, latest]: BySide<ApiTemplateArgument>, context: PlanContext): Planned<PlannedArgument> {
  const types = [legacy, latest].map((one) => (one !== null && "type" in one ? one.type : null));
  if (types[0] === null && types[1] === null) return planValue([legacy, latest] as BySide<{ readonly text: string }>, context);
  if ((legacy !== null && types[0] === null) || (latest !== null && types[1] === null))
    return { status: "left", reason: "a type in one release, a value in the other" };
  const sides = types.map((type, side) => (type === null ? null : sideType(type, side as SideIndex, context)));
  const problem = sides[1]?.problem ?? sides[0]?.problem;
  if (problem !== undefined) return { status: "left", reason: problem };
  const joined = joinTypes(sides[0]?.shim ?? null, sides[1]?.shim ?? null, "field");
  if (joined.status === "left") return joined;
  const library = sides.map((one) => (one === null ? null : typeText(one.library))) as unknown as BySide<string>;
  return {
    status: "planned",
    plan: {
      argument: { kind: "type", shim: typeText(inFull(joined.type, context)), library },
      needs: sides.flatMap((one) => one?.needs ?? []),
    },
  };
}

/** Templates are named outside of the shim's namespace, too. */
function inFull(type: ApiType, context: PlanContext): ApiType {
  const again = (one: ApiType): ApiType => inFull(one, context);
  switch (type.kind) {
    case "pointer":
    case "reference":
      return { ...type, to: again(type.to) };
    case "array":
      return { ...type, of: again(type.of) };
    case "function":
      return { ...type, result: again(type.result), parameters: type.parameters.map(again) };
    case "named": {
      const name = context.kindOfShim(type.name) === undefined ? type.name : whole(type.name, context);
      return { ...type, name, arguments: type.arguments?.map((one) => ("type" in one ? { type: again(one.type) } : one)) ?? null };
    }
    default:
      return type;
  }
}

function whole(name: string, { surface }: PlanContext): string {
  const scope = `${shimNamespace(surface)}::`;
  return name.startsWith(scope) ? name : scope + name;
}

/** A literal, or an enumerator of the library. */
function planValue(of: BySide<{ readonly text: string }>, context: PlanContext): Planned<PlannedArgument> {
  const shims = new Set<string>();
  const library: (string | null)[] = [];
  for (const side of [0, 1] as const) {
    const text = of[side]?.text.trim();
    if (text === undefined) library.push(null);
    else if (/^(-?[\d.]\w*|true|false|'(?:[^'\\]|\\.)+')$/.test(text)) {
      shims.add(text);
      library.push(text);
    } else if (/^(?:\w+::)+\w+$/.test(text)) {
      const common = context.sides[side].nameOf(text);
      const scope = common.slice(0, common.lastIndexOf("::"));
      if (context.types.get(scope)?.kind !== "enum") return { status: "left", reason: `${text} is no literal` };
      context.want(scope);
      shims.add(whole(relativeName(common, context.surface), context));
      library.push(libraryName(text, context.flavors[side], context.surface));
    } else return { status: "left", reason: `${text} is no literal` };
  }
  if (shims.size !== 1) return { status: "left", reason: `the releases differ: ${[...shims].join(", ")}` };
  const argument = { kind: "value", shim: [...shims][0] as string, library: library as unknown as BySide<string> } as const;
  return { status: "planned", plan: { argument, needs: [] } };
}
