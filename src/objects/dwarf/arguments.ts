/** Owns template arguments that are told as entries only, as clang's -gsimple-template-names does. */
import { childrenOf } from "./children.js";
import { SLOT, TAG } from "./constants.js";
import type { Debug } from "./debug.js";
import type { Entry } from "./entry.js";
import { referred } from "./references.js";
import { SPACES } from "./spelling.js";
import { textOf } from "./texts.js";
import { typeText } from "./type-text.js";
import { wholeOf } from "./values.js";

/** The arguments of a class or variable template as they would stand between the angle brackets. */
export function argumentsOf(debug: Debug, entry: Entry): string {
  return childrenOf(entry, debug.budget)
    .flatMap((child) => argument(debug, child))
    .join(", ")
    .replaceAll(SPACES, "");
}

function argument(debug: Debug, child: Entry): string[] {
  switch (child.abbreviation.tag) {
    case TAG.templateType:
      return [typeText(debug, referred(debug.table, child, SLOT.type))];
    case TAG.templateValue:
      return [valueText(debug, child)];
    case TAG.gnuTemplateTemplate:
      return [textOf(debug.texts, child, SLOT.gnuTemplateName) ?? "?"];
    case TAG.gnuTemplatePack:
      return childrenOf(child, debug.budget).flatMap((inner) => argument(debug, inner));
    default:
      return [];
  }
}

function valueText(debug: Debug, child: Entry): string {
  const value = wholeOf(child, SLOT.constValue);
  const type = referred(debug.table, child, SLOT.type);
  const text = typeText(debug, type);
  if (value === undefined) return `(${text})?`;
  if (text === "bool") return value === 0n ? "false" : "true";
  return type?.abbreviation.tag === TAG.enumerationType ? `(${text})${value}` : `${value}`;
}
