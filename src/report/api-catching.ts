/** Owns the result of a hunt on a shim's functions as terminal text. */
import type { ApiHunt } from "../model/api-catching.js";
import type { Caught } from "../model/catching.js";
import { type Paint, painter, printable } from "../support/style.js";
import { count, decimal, plural } from "./figures.js";
import type { ReportOptions } from "./options.js";

const MOST_REASONS = 8;

export function apiHuntText(found: ApiHunt, { color }: Pick<ReportOptions, "color">): string {
  const paint = painter(color);
  const { taken, changed, left, givenUp, cases, seconds, differing, caught } = found;
  const speed = seconds > 0 ? ` (${count(Math.round(cases / seconds))} per second)` : "";
  return [
    paint("strong", `${plural(taken.length, "function")} called, ${plural(left.length, "other")} not; ${changed} changed and called first`),
    `${plural(cases, "case")} in ${decimal(seconds, 1)} s${speed}, ${count(differing)} on which the flavors differ`,
    ...reasonLines(left),
    ...givenUp.map(({ name, why }) => `  given up: ${printable(name)}: ${printable(why)}`),
    ...(caught.length === 0 ? [paint("good", "✔ no cause without a label")] : []),
    ...caught.flatMap((each) => caughtLines(each, paint)),
  ].join("\n");
}

/** The reasons that most functions are left for. */
function reasonLines(left: ApiHunt["left"]): string[] {
  const by = new Map<string, string[]>();
  for (const { name, why } of left) by.set(why, [...(by.get(why) ?? []), name]);
  const rows = [...by].toSorted(([, a], [, b]) => b.length - a.length);
  const more =
    rows.length > MOST_REASONS ? [`  not called: ${plural(rows.length - MOST_REASONS, "more reason")}: --json lists them all`] : [];
  return [
    ...rows.slice(0, MOST_REASONS).map(([why, [first = "", ...others]]) => {
      const rest = others.length === 0 ? "" : ` and ${plural(others.length, "other")}`;
      return `  not called: ${printable(why)}: ${printable(first)}${rest}`;
    }),
    ...more,
  ];
}

function caughtLines({ key, what, seen, first, how, folder, label, test }: Caught, paint: Paint): string[] {
  const mark =
    label === "intended" ? paint("info", "intended") : label === "regression" ? paint("bad", "regression") : paint("warn", "no label");
  const next = label === null ? [`    unfork usecase catch --api --key ${key} --label regression|intended`] : [];
  return [
    "",
    `● ${key} ${mark}: ${printable(what)}`,
    `    ${printable(how[0] ?? "")}`,
    `    seen ${plural(seen, "time")}, first in case ${count(first)}; call and results whole in ${folder}`,
    ...(test === null ? [] : [`    kept as ${test}`]),
    ...next,
  ];
}
