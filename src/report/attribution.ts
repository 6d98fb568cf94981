/** Owns a bisection's result as terminal text. */
import type { Attribution, Change, Culprit } from "../model/attribution.js";
import { type Paint, painter, printable } from "../support/style.js";
import { decimal, plural, signed } from "./figures.js";
import type { ReportOptions } from "./options.js";

const SHOWN_SUSPECTS = 8;

export function attributionText(found: Attribution, { color }: Pick<ReportOptions, "color">): string {
  const paint = painter(color);
  const head = `${found.subject}: ${found.metric}, ${found.from} → ${found.to}`;
  const whole = `  ${figure(found.before)} → ${figure(found.after)}${unitOf(found)}${found.whole === null ? "" : `, ${changeText(found.whole)}`}${found.verdict === null ? "" : ` (${found.verdict})`}`;
  return [
    paint("strong", head),
    whole,
    "",
    ...closing(found, paint),
    ...found.culprits.flatMap((culprit) => culpritLines(culprit, found, paint)),
    ...found.notes.map((note) => `  ${note}`),
    paint("muted", `  ${plural(found.builds.made, "build")} made, ${found.builds.kept} kept, ${found.builds.failed} failed`),
  ].join("\n");
}

function closing(found: Attribution, paint: Paint): string[] {
  if (found.status === "no difference") return [paint("good", "✔ nothing to explain")];
  if (found.status === "unmeasured") return [paint("bad", "✖ not measured: whether there is a difference is not known")];
  if (found.status === "unexplained") return [paint("bad", "✖ not explained by a feature or a commit")];
  const share = `${decimal(100 * found.explained, 0)} % of the difference explained`;
  return [`${share}; ${sureness(found)}`];
}

function sureness({ confidence, answers, culprits }: Attribution): string {
  const narrow = culprits.every(({ status }) => status === "step") ? "" : "; not narrowed to one place";
  if (confidence === 1) return `the same figures each time: sure${narrow}`;
  return `at least ${decimal(100 * confidence, 1)} % sure over ${plural(answers, "answer")}${narrow}`;
}

function culpritLines(culprit: Culprit, found: Attribution, paint: Paint): string[] {
  const bad = culprit.verdict === "regression" ? "bad" : "warn";
  const mark = paint(culprit.verdict === "gain" ? "good" : bad, culprit.verdict);
  const [first, ...more] = culprit.suspects;
  const named = first === undefined ? "" : suspectText(first);
  const figures = `    ${figure(culprit.before)} → ${figure(culprit.after)}${unitOf(found)}, ${changeText(culprit.change)}`;
  const moved = culprit.movedFrom.map(({ name, before, after }) => `    from ${printable(name)}: ${figure(before)} → ${figure(after)}`);
  const functions = culprit.functions.map(
    ({ name, percentOfRun }) => `    ${signed(`${decimal(percentOfRun, 2)} %`)} of the run: ${printable(name)}`,
  );
  return [
    "",
    `● ${mark}: ${named}`,
    ...more.slice(0, SHOWN_SUSPECTS).map((suspect) => `    or ${suspectText(suspect)}`),
    ...(more.length > SHOWN_SUSPECTS ? [`    or one of ${more.length - SHOWN_SUSPECTS} more (--json names them)`] : []),
    figures,
    ...functions,
    ...moved,
    ...culprit.notes.map((note) => `    ${printable(note)}`),
  ];
}

function suspectText({ kind, id, title, who, date }: Culprit["suspects"][number]): string {
  const day = date === null ? "" : `, ${date.slice(0, 10)}`;
  return `${kind} ${kind === "commit" ? id.slice(0, 12) : id} "${printable(title)}" (${printable(who)}${day})`;
}

function figure(value: number | null | string): string {
  if (typeof value === "string") return printable(value);
  return value === null ? "no figure" : decimal(value, Number.isInteger(value) ? 0 : 3);
}

function unitOf({ unit, before, after }: Attribution): string {
  return unit === "" || (typeof before === "string" && typeof after === "string") ? "" : ` ${unit}`;
}

function changeText({ value, low, high, relative, pairs }: Change): string {
  const digits = relative ? 2 : 3;
  const unit = relative ? " %" : "";
  const shown = signed(`${decimal(value, digits)}${unit}`);
  return low === high
    ? shown
    : `${shown} (${signed(decimal(low, digits))} to ${signed(decimal(high, digits))}${unit}, ${plural(pairs, "pair")})`;
}
