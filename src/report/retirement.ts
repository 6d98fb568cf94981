/** Owns what stands in the way of deleting legacy, as terminal text. */
import type { Retirement } from "../model/retirement.js";
import { painter, printable } from "../support/style.js";
import type { ReportOptions } from "./options.js";

export function retirementText({ useCase, allowed, obstacles, shown }: Retirement, { color }: Pick<ReportOptions, "color">): string {
  const paint = painter(color);
  const head = allowed ? paint("good", `✔ ${useCase}: legacy may be deleted`) : paint("bad", `✖ ${useCase}: legacy is still needed`);
  const lines = obstacles.flatMap(({ what, where }) => [`  ${printable(what)}`, ...where.map((each) => `    ${printable(each)}`)]);
  return [head, ...lines, ...shown.map((each) => paint("muted", `  ${printable(each)}`))].join("\n");
}
