/** Owns an intake as text: where the fork came from and how sure that is, the proposed features, what is folded away, what to do next. */
import type { IntakeBase, IntakeNear, IntakeNoiseKind, PatchIntake, ProposedFeature } from "../model/patch-intake.js";
import { type Paint, type Tone, painter, printable } from "../support/style.js";
import { type Column, table, wrap } from "../support/table.js";

export interface IntakeTextOptions {
  readonly color: boolean;
  readonly verbose: boolean;
  readonly width: number;
}

const SURE: Readonly<Record<IntakeBase["sure"], { readonly glyph: string; readonly tone: Tone }>> = {
  certain: { glyph: "✔", tone: "good" },
  likely: { glyph: "≈", tone: "info" },
  doubtful: { glyph: "?", tone: "warn" },
};

const NOISE: Readonly<Record<IntakeNoiseKind, string>> = {
  "line-ends": "only line ends changed",
  keywords: "only expanded keywords changed",
  "white-space": "only white space changed",
  mode: "only the file mode changed",
  generated: "made by tools",
  vendoring: "laid beside the copy",
  submodule: "of upstream's submodules",
  removed: "left out of the copy",
  beside: "beside upstream's files",
};

const MOST_FEATURES = 40;
const MOST_FOLDERS = 4;

export function intakeText(intake: PatchIntake, options: IntakeTextOptions): string {
  const paint = painter(options.color);
  const lines = intake.base === null ? noForkLines(intake, paint) : foundLines(intake, intake.base, { ...options, paint });
  const notes = intake.notes.flatMap((note) => indented(`! ${printable(note)}`, options.width).map((line) => paint("warn", line)));
  return [...lines, ...notes, ...nextLines(intake, paint)].join("\n");
}

function noForkLines({ fork, upstream }: PatchIntake, paint: Paint): string[] {
  return [
    paint("bad", `✖ ${printable(fork.path)} is no fork of ${printable(upstream.path)}`),
    `  none of its ${number(fork.files)} files ever stood in one of upstream's ${number(upstream.commits)} commits, and no commit is common`,
  ];
}

interface Look extends IntakeTextOptions {
  readonly paint: Paint;
}

function foundLines(intake: PatchIntake, base: IntakeBase, look: Look): string[] {
  const { paint } = look;
  const { summary } = intake;
  const title = `${printable(intake.fork.path)}: ${counted(summary.features, "feature")}, ${counted(summary.files, "file")}, +${number(summary.added)} −${number(summary.removed)} on ${nameOf(base)}`;
  return [paint("strong", title), ...baseLines(base, paint), "", ...featureLines(intake.features, look), ...foldedLines(intake, look)];
}

function nameOf({ describe, commit, date }: IntakeBase): string {
  const short = commit.slice(0, 10);
  if (describe === null) return `${short} of ${date}`;
  return describe.after === 0 ? `${printable(describe.tag)} (${short})` : `${short}, ${describe.after} after ${printable(describe.tag)}`;
}

function baseLines(base: IntakeBase, paint: Paint): string[] {
  const { glyph, tone } = SURE[base.sure];
  const share = base.common === 0 ? "" : ` (${(Math.floor((base.identical * 1000) / base.common) / 10).toFixed(1)} %)`;
  const how =
    base.how === "history"
      ? "the newest upstream commit in its history"
      : `the nearest tree: ${number(base.identical)} of ${number(base.common)} files that both have are the same${share}`;
  const rows = [
    `  ${paint(tone, `${glyph} base`)}     ${base.commit.slice(0, 10)} ${base.date} ${printable(base.subject)}`,
    `  ${paint(tone, `  ${base.sure.padEnd(8)}`)} ${how}`,
  ];
  if (base.same !== null)
    rows.push(`    as near  ${number(base.same.count)} commits, anywhere between ${near(base.same.oldest)} and ${near(base.same.newest)}`);
  const [runner] = base.runnersUp;
  if (runner !== undefined)
    rows.push(`    next     ${near(runner)}: ${counted(runner.identical, "file")} the same, ${counted(runner.lines, "line")} apart`);
  for (const { fork, upstream } of base.layout.filter((rule) => rule.fork !== rule.upstream || rule.fork !== ""))
    rows.push(
      `    lies in  ${printable(fork === "" ? "the top" : fork)} here, ${printable(upstream === "" ? "the top" : upstream)} in upstream`,
    );
  return rows;
}

function near({ commit, date }: IntakeNear): string {
  return `${commit.slice(0, 10)} (${date})`;
}

function featureLines(features: readonly ProposedFeature[], look: Look): string[] {
  if (features.length === 0) return ["  no change of its own", ""];
  const shown = look.verbose ? features : features.slice(0, MOST_FEATURES);
  const commits = features.some((feature) => feature.commits.length > 0);
  const columns: Column[] = [
    { head: "feature" },
    { head: "files", align: "right" },
    { head: "+", align: "right" },
    { head: "−", align: "right" },
    ...(commits ? [{ head: "commits", align: "right" } as const, { head: "owner", narrow: "cut", least: 10 } as const] : []),
    { head: commits ? "why" : "what holds it together", narrow: "cut", least: 24 },
  ];
  const rows = shown.map((feature) => [
    printable(feature.name),
    number(feature.files.length),
    number(feature.added),
    number(feature.removed),
    ...(commits ? [number(feature.commits.length), printable(feature.owner?.replace(/ <.*/, "") ?? "–")] : []),
    feature.purpose === null ? look.paint("muted", commits ? "say why" : printable(feature.because)) : printable(feature.purpose),
  ]);
  const lines = table(columns, rows, { width: look.width, indent: 2, paintHead: (text) => look.paint("muted", text) });
  const left = features.length - shown.length;
  return [...lines, ...(left > 0 ? [`  … and ${left} more; --verbose shows all`] : []), ""];
}

function foldedLines({ noise, cancelled }: PatchIntake, { paint, verbose, width }: Look): string[] {
  const rows = noise.map(({ kind, files, folders }) => {
    const some = folders
      .slice(0, verbose ? folders.length : MOST_FOLDERS)
      .map(({ folder, files: count }) => `${printable(folder === "" ? "the top" : folder)} ${number(count)}`);
    const more = folders.length > some.length ? `, … in ${number(folders.length)} folders` : "";
    return [counted(files, "file"), NOISE[kind], paint("muted", some.join(", ") + more)];
  });
  const commits = cancelled.reduce((sum, group) => sum + group.commits.length, 0);
  if (commits > 0)
    rows.push([
      counted(commits, "commit"),
      "leave nothing",
      paint("muted", [...new Set(cancelled.map(({ because }) => because))].join("; ")),
    ]);
  if (rows.length === 0) return [];
  const columns: Column[] = [{ head: "folded", align: "right" }, { head: "" }, { head: "", narrow: "cut", least: 20 }];
  return [...table(columns, rows, { width, indent: 2, paintHead: (text) => paint("muted", text) }), ""];
}

function nextLines(intake: PatchIntake, paint: Paint): string[] {
  if (intake.base === null)
    return ["  next: name the repository that it was made from with --upstream; fetch all of its branches and tags"];
  if (intake.features.length === 0) return ["  next: nothing to port"];
  const [first] = intake.written ?? [];
  if (first === undefined) {
    const command = commandOf(intake);
    return [`  next: ${paint("strong", `$ ${command}`)}`, "        writes the proposal to be edited"];
  }
  const unsaid = intake.features.filter(({ purpose, owner }) => purpose === null || owner === null).length;
  return [
    `  next: edit ${paint("strong", printable(first))}${unsaid === 0 ? "" : `: ${counted(unsaid, "feature")} without purpose or owner`}`,
    `  then: ${paint("strong", `$ ${importOf(intake, intake.base, first)}`)}`,
  ];
}

/** Commits are imported from the fork's repository, patches into upstream's, where the base is. */
function importOf({ fork, upstream, features }: PatchIntake, { commit, describe }: IntakeBase, file: string): string {
  const short = commit.slice(0, 10);
  const commits = features.some((feature) => feature.commits.length > 0);
  const source = commits ? `${short}..${fork.tip?.slice(0, 10) ?? ""}` : shell(file.replace(/\/[^/]*$/, ""));
  const label = describe?.after === 0 && /^[\w.-]+$/.test(describe.tag) ? describe.tag : short;
  return `unfork patch import ${source} --repo ${shell(commits ? fork.path : upstream.path)} --base ${short} --release ${label} --groups ${shell(file)}`;
}

function commandOf({ fork, upstream }: PatchIntake): string {
  const tip = fork.tip === null ? [] : ["--tip", fork.tip.slice(0, 10)];
  const refs = upstream.refs.flatMap((ref) => ["--ref", shell(ref)]);
  return ["unfork patch intake", shell(fork.path), "--upstream", shell(upstream.path), ...tip, ...refs, "--out features"].join(" ");
}

function shell(path: string): string {
  return /^[\w./+-]+$/.test(path) ? path : `'${printable(path).replaceAll("'", "'\\''")}'`;
}

function indented(text: string, width: number): string[] {
  return wrap(text, Math.max(20, width - 2)).map((line) => `  ${line}`);
}

function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
