/** Owns the files that are written once, for what is not generated: a header of the shim, and a piece of each flavor's unit. */
import type { HandPlan, Left, ShimPlan, SideIndex } from "../plan/model.js";
import { commentLines, indented } from "./text.js";
import { tagOf } from "./unit.js";

export function byHandHeaderName(namespace: string): string {
  return `${namespace}_by_hand.h`;
}

/** Included at the end of the shim's header. */
export function byHandHeader(plan: ShimPlan): string {
  const guard = `${plan.namespace.toUpperCase()}_BY_HAND_H_`;
  return [
    `// What ${plan.namespace} has beside what is generated; included at the end of ${plan.namespace}.h. Written once, then yours.`,
    "//",
    "// Declare here what callers see, and define it in both flavors' files in src/. Functions of a class",
    "// belong into the class's marked region. Then turn the item's `unfork:left` into `unfork:hand-written`: coverage counts it.",
    `#ifndef ${guard}`,
    `#define ${guard}`,
    "",
    `namespace ${plan.namespace} {`,
    "",
    ...plan.left.flatMap(stubLines),
    `}  // namespace ${plan.namespace}`,
    "",
    `#endif  // ${guard}`,
    "",
  ].join("\n");
}

function stubLines({ kind, name, reason, places }: Left): string[] {
  const at = places.filter((place) => place !== null);
  return [`// unfork:left ${name}`, `//   ${kind}: ${reason.replaceAll("\n", " ")}${at.length === 0 ? "" : ` (${at.join(", ")})`}`, ""];
}

/** Included in a flavor's unit, behind the flavor's types: it sees that release's headers. */
export function byHandUnit(plan: ShimPlan, side: SideIndex): string {
  const { name, release } = plan.flavors[side];
  const tag = tagOf(name);
  return [
    `// What the unit of ${plan.library} ${release} has beside what is generated. Written once, then yours.`,
    `// \`${tag}\` names the flavor's types: \`unfork::ToLibrary<${tag}, …>\` and \`unfork::ToShim<${tag}, …>\` convert.`,
    "",
    `namespace ${plan.namespace} {`,
    "namespace detail {",
    "",
    ...(plan.hand.length === 0 ? [] : [`struct ${tag}ByHand {`, ...plan.hand.flatMap((one) => handStub(one, tag)), "};", ""]),
    "}  // namespace detail",
    `}  // namespace ${plan.namespace}`,
    "",
  ].join("\n");
}

function handStub({ name, result, parameters, comment }: HandPlan, tag: string): string[] {
  const unused = parameters.map((one) => `(void)${/\w+$/.exec(one)?.[0] ?? ""};`);
  return [
    ...indented(commentLines(comment)),
    `  // unfork:left ${name}`,
    `  static ${result} ${name}(${parameters.join(", ")}) {`,
    ...unused.map((line) => `    ${line}`),
    `    unfork::NotInFlavor(${tag}::kLibrary, ${tag}::kFlavor, "${name}");`,
    "  }",
  ];
}
