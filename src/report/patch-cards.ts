/** Owns features as text: the list, and one card that is taken in at a glance. */
import type { FeatureDetail, FeatureLine, FeatureList, ReleaseState, ShownUpstream, TouchedFile } from "../model/feature-card.js";
import { type Paint, painter, printable } from "../support/style.js";
import { cut, table } from "../support/table.js";

export interface CardLook {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** One line per feature; below it what makes it stale. */
export function listText({ features, releases }: FeatureList, { color, width }: CardLook): string {
  const paint = painter(color);
  if (features.length === 0) return "no features yet\n$ unfork patch import --help";
  const inLayers = features.some(({ layers = [] }) => layers.length > 0);
  const columns = [
    { head: "feature" },
    { head: "owner", narrow: "cut" as const },
    ...releases.map((release) => ({ head: printable(release) })),
    { head: "age", align: "right" as const },
    { head: "conflicts", align: "right" as const },
    { head: "upstream", narrow: "cut" as const },
    ...(inLayers ? [{ head: "layers", narrow: "wrap" as const }] : []),
    { head: "stale", narrow: "wrap" as const },
  ];
  const rows = features.map((feature) => [
    printable(feature.name),
    feature.owner === null ? paint("bad", "nobody") : printable(feature.owner),
    ...releases.map((release) =>
      stateText(
        feature.releases.find((one) => one.release === release),
        paint,
      ),
    ),
    feature.ageDays === null ? "" : `${feature.ageDays} d`,
    String(feature.conflicts),
    printable(upstreamText(feature.upstream)),
    ...(inLayers ? [printable((feature.layers ?? []).join(", "))] : []),
    feature.stale.length === 0 ? "" : paint("warn", printable(feature.stale.join(", "))),
  ]);
  return table(columns, rows, { width, paintHead: (text) => paint("muted", text) }).join("\n");
}

function stateText(state: ReleaseState | undefined, paint: Paint): string {
  if (state?.state === "there") return paint("good", `✔ ${state.patches}`);
  if (state?.state === "upstreamed") return paint("good", "↑ upstreamed");
  if (state?.state === "dropped") return paint("muted", "⊘ dropped");
  return state === undefined ? "" : paint("warn", "– absent");
}

function upstreamText(upstream: ShownUpstream): string {
  if (upstream.state === "in-upstream")
    return upstream.commit === null ? `in ${upstream.release}` : `in upstream as ${upstream.commit.slice(0, 10)}`;
  return upstream.state === "sent" ? `sent${upstream.url === null ? "" : `: ${upstream.url}`}` : "never sent";
}

/** What it is for, who answers for it, where it stands, what to know; then files, functions and patches. */
export function cardText(feature: FeatureDetail, { color, width }: CardLook): string {
  const paint = painter(color);
  const { name, owner, purpose, releases, dependsOn, layers = [], traps, stale, files, patches, release } = feature;
  const fit = (line: string) => cut(line, width);
  return [
    fit(`${paint("strong", printable(name))}  ${owner === null ? paint("bad", "nobody owns it") : printable(owner)}`),
    ...(purpose === null ? [paint("bad", "no purpose is told")] : [printable(purpose)]),
    "",
    fit(`  ${releases.map((one) => `${printable(one.release)} ${stateText(one, paint)}`).join("   ") || "on no release"}`),
    fit(`  ${factsOf(feature)}`),
    ...(layers.length === 0 ? [] : [fit(`  in ${printable(layers.join(", "))}`)]),
    ...(dependsOn.length === 0 ? [] : [fit(`  builds on ${printable(dependsOn.join(", "))}`)]),
    ...traps.map((trap) => `  ${paint("warn", "! ")}${printable(trap)}`),
    ...stale.map((reason) => `  ${paint("warn", `stale: ${printable(reason)}`)}`),
    ...(files.length === 0
      ? []
      : ["", paint("muted", `  ${plural(files.length, "file", "files")} on ${printable(release ?? "")}`), ...fileLines(files).map(fit)]),
    ...(patches.length === 0 ? [] : ["", paint("muted", `  ${plural(patches.length, "patch", "patches")}`)]),
    ...patches
      .slice(0, SHOWN)
      .map((patch) => fit(`  ${patch.commit.slice(0, 10)} ${patch.date} ${printable(`${patch.subject} (${patch.author})`)}`)),
    ...more(patches.length),
  ].join("\n");
}

const SHOWN = 12;

function factsOf({ upstream, ageDays, reviewed, conflicts, openConflicts }: FeatureLine): string {
  const open = openConflicts === 0 ? "" : ` (${openConflicts} open)`;
  const times = conflicts === 0 ? "no conflict yet" : `${conflicts} conflict${conflicts === 1 ? "" : "s"} so far${open}`;
  const age = ageDays === null ? [] : [`${ageDays} days old`];
  return [printable(upstreamText(upstream)), ...age, reviewed === null ? "never reviewed" : `reviewed ${reviewed}`, times].join(" · ");
}

function fileLines(files: readonly TouchedFile[]): string[] {
  const lines = files.slice(0, SHOWN).map(({ path, added, removed, functions }) => {
    const names = functions.length === 0 ? "" : `  ${functions.join(", ")}`;
    return `  ${printable(path)} +${added} -${removed}${printable(names) === "" ? "" : `  ${printable(names.trim())}`}`;
  });
  return [...lines, ...more(files.length)];
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function more(count: number): string[] {
  return count > SHOWN ? [`  … and ${count - SHOWN} more (--json has all)`] : [];
}
