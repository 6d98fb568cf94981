/** Owns a hunt's result as terminal text. */
import type { Caught, HuntResult } from "../model/catching.js";
import { type Paint, painter, printable } from "../support/style.js";
import { count, plural } from "./figures.js";
import type { ReportOptions } from "./options.js";

export function huntText(found: HuntResult, { color }: Pick<ReportOptions, "color">): string {
  const paint = painter(color);
  const head = `${found.useCase}: ${plural(found.tries, "input")} tried, ${count(found.differing)} on which the flavors differ`;
  const none = found.caught.length === 0 ? [paint("good", "✔ no cause without a label")] : [];
  return [
    paint("strong", head),
    ...none,
    ...reachedLines(found.reached),
    ...found.caught.flatMap((caught) => caughtLines(found.useCase, caught, paint)),
    ...found.author.map(
      ({ try: number, accepted, why }) => `  author, try ${number}: ${accepted ? "taken" : "not taken"}: ${printable(why)}`,
    ),
  ].join("\n");
}

function reachedLines(reached: HuntResult["reached"]): string[] {
  if (reached === null || reached.changed.length === 0) return [];
  const missed = reached.changed.filter((name) => !reached.reached.includes(name));
  const words = missed.length === 0 ? "" : `; not ${missed.slice(0, 8).join(", ")}${missed.length > 8 ? ", …" : ""}`;
  return [`  comes to ${reached.reached.length} of ${plural(reached.changed.length, "changed function")}${words}`];
}

function caughtLines(useCase: string, { key, what, seen, first, how, files, label, folder, test }: Caught, paint: Paint): string[] {
  const mark =
    label === "intended" ? paint("info", "intended") : label === "regression" ? paint("bad", "regression") : paint("warn", "no label");
  const since = first === 0 && how.length === 0 ? "on the recorded input" : `first in try ${first}: ${how.join("; ")}`;
  const sizes = files.map(({ file, recorded, bytes }) => `${file} ${count(recorded)} → ${plural(bytes, "byte")}`);
  const next = label === null ? [`    unfork usecase catch ${useCase} --key ${key} --label regression|intended`] : [];
  return [
    "",
    `● ${key} ${mark}: ${printable(what)}`,
    `    seen ${plural(seen, "time")}, ${printable(since)}`,
    `    ${sizes.join(", ")} in ${folder}`,
    ...(test === null ? [] : [`    kept as ${test}`]),
    ...next,
  ];
}
