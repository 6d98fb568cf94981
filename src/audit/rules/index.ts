/** Owns the table of the audit's rules: one category, one file. */
import type { FindingCategory } from "../../model/audit.js";
import type { Rule } from "../rule.js";
import { commonClash } from "./common-clash.js";
import { foreignTemplate } from "./foreign-template.js";
import { ifunc } from "./ifunc.js";
import { initOrder } from "./init-order.js";
import { layout } from "./layout.js";
import { memberHijack } from "./member-hijack.js";
import { mixedClash } from "./mixed-clash.js";
import { registry } from "./registry.js";
import { sharedState } from "./shared-state.js";
import { strongClash } from "./strong-clash.js";
import { tls } from "./tls.js";
import { typeinfoString } from "./typeinfo-string.js";
import { unflavored } from "./unflavored.js";
import { uniqueClash } from "./unique-clash.js";
import { unresolvedCross } from "./unresolved-cross.js";
import { weakClash } from "./weak-clash.js";
import { weakSame } from "./weak-same.js";

export const RULES: readonly Rule[] = [
  strongClash,
  mixedClash,
  weakClash,
  commonClash,
  uniqueClash,
  typeinfoString,
  layout,
  memberHijack,
  unresolvedCross,
  registry,
  sharedState,
  unflavored,
  weakSame,
  foreignTemplate,
  tls,
  ifunc,
  initOrder,
];

/** The rules of these categories. */
export function rulesFor(categories: readonly FindingCategory[]): Rule[] {
  return RULES.filter(({ category }) => categories.includes(category));
}
