/** Owns the work on several layers as text: each layer with its pins, and the fates of its patches. */
import type {
  LayerCandidate,
  LayerClash,
  LayerStack,
  LayersCandidate,
  LayersList,
  LayersPort,
  PortedLayer,
  StackFate,
} from "../model/patch-layers.js";
import { PATCH_STATUSES } from "../model/patch-status.js";
import { type Paint, type Tone, painter, printable } from "../support/style.js";
import { type CardLook, listText } from "./patch-cards.js";
import { patchLines } from "./patch-port.js";

const FATES: Readonly<Record<StackFate, { readonly glyph: string; readonly word: string; readonly tone: Tone }>> = {
  ported: { glyph: "✔", word: "ported", tone: "good" },
  upstreamed: { glyph: "↑", word: "upstreamed", tone: "muted" },
  dropped: { glyph: "∅", word: "dropped", tone: "muted" },
  waiting: { glyph: "✖", word: "waits", tone: "bad" },
};

/** `layersFile`: as it was named, for the next command. Patches that need nobody are told with `verbose`. */
export function layersPortText(
  port: LayersPort,
  { color, verbose, layersFile }: { color: boolean; verbose: boolean; layersFile: string },
): string {
  const paint = painter(color);
  const counts = PATCH_STATUSES.filter((status) => port.summary[status] > 0).map((status) => `${port.summary[status]} ${status}`);
  const title = `${plural(port.layers.length, "layer")} ${port.from} → ${port.to}: ${counts.join(", ") || "no patches"}`;
  const waiting = port.layers.flatMap((layer) =>
    layer.stacks.filter(({ fate, onto }) => fate === "waiting" && onto !== null).map((stack) => ({ layer, stack })),
  );
  const next = port.written ? nextOf(port, waiting, layersFile) : ["nothing was written (--dry-run)"];
  return [
    paint("strong", printable(title)),
    ...port.layers.flatMap((layer) => layerLines(layer, port, paint, verbose)),
    ...next.map((line) => `  ${printable(line)}`),
  ].join("\n");
}

function layerLines(layer: PortedLayer, releases: Pick<LayersPort, "from" | "to">, paint: Paint, verbose: boolean): string[] {
  const { name, path, from, to, stacks } = layer;
  const where = path === "." ? "the root" : path;
  const pins =
    from.commit === to.commit ? `${from.commit.slice(0, 10)}, as before` : `${from.commit.slice(0, 10)} → ${to.commit.slice(0, 10)}`;
  const head = `${paint("strong", printable(name))} ${paint("muted", printable(`(${where}, by ${to.by})`))}  ${pins}${between(layer)}`;
  const width = Math.max(...stacks.map((stack) => stack.name.length), 0);
  return [
    head,
    ...stacks.flatMap((stack) => stackLines(stack, paint, { verbose, width })),
    ...(stacks.length === 0 ? [paint("muted", "  no patches")] : []),
    ...layer.left.map((feature) => `  ${paint("warn", printable(leftWords(feature, releases)))}`),
  ];
}

function leftWords(feature: string, { from, to }: Pick<LayersPort, "from" | "to">): string {
  return `! ${feature}/${to} stays from an earlier port, and ${from} has no ${feature} any more: remove the branch, or the candidate takes it`;
}

function between({ from, to, upstream }: PortedLayer): string {
  if (from.commit === to.commit) return "";
  const lost = upstream.lost === 0 ? "" : `, ${upstream.lost} of the old pin are not there`;
  return `  ${plural(upstream.gained, "upstream commit")}${lost}`;
}

function stackLines(stack: LayerStack, paint: Paint, { verbose, width }: { verbose: boolean; width: number }): string[] {
  const { glyph, word, tone } = FATES[stack.fate];
  const counts = PATCH_STATUSES.filter((status) => stack.summary[status] > 0).map((status) => `${stack.summary[status]} ${status}`);
  const what = stack.onto === null ? `waits for ${stack.dependsOn.join(", ")}, which it builds on` : counts.join(", ") || "no patches";
  const owner = [...(stack.kind === "series" ? ["series"] : []), ...(stack.owner === null ? [] : [stack.owner])].join(", ");
  const head = `  ${paint(tone, `${glyph} ${word.padEnd(10)}`)} ${printable(stack.name)}${" ".repeat(width - stack.name.length + 2)}${printable(`${owner}: ${what}`)}`;
  return [head, ...patchLines(stack.patches, { paint, verbose, quiet: !verbose }).map((line) => `  ${line}`)];
}

interface Waiting {
  readonly layer: PortedLayer;
  readonly stack: LayerStack;
}

function nextOf({ from, to }: LayersPort, waiting: readonly Waiting[], file: string): string[] {
  const again = `unfork patch port --layers ${file} --from ${from} --to ${to}`;
  if (waiting.length === 0) return [`next: unfork patch candidate --layers ${file} --to ${to}`];
  return [
    ...waiting.map(
      ({ layer, stack }) =>
        `next: unfork patch edit --repo ${layer.repo} --name ${stack.port}, then unfork patch continue --repo ${layer.repo} --name ${stack.port}`,
    ),
    `then: ${again}`,
  ];
}

/** Each layer with its pins and its features; then what was ported last. */
export function layersListText({ layers, releases, ports }: LayersList, look: CardLook): string {
  const paint = painter(look.color);
  const parts = layers.map((layer) => {
    const where = layer.path === "." ? "the root" : layer.path;
    const pins = layer.pins.map(({ release, commit }) => `${release} ${commit.slice(0, 10)}`);
    const head = `${paint("strong", printable(layer.name))} ${paint("muted", printable(`(${where})`))}  ${printable(pins.join("  "))}`;
    const series = layer.series.map(
      ({ release, commit, patches }) => `  series on ${release}: ${plural(patches, "patch", "patches")} to ${commit.slice(0, 10)}`,
    );
    const table =
      layer.features.length === 0
        ? []
        : listText({ repository: layer.repo, releases, features: layer.features }, { ...look, width: look.width - 2 }).split("\n");
    const none = table.length + series.length === 0 ? [paint("muted", "  no patches")] : [];
    const missing = layer.missing.map(({ release, why }) => `  ${paint("warn", printable(`${release}: ${why}`))}`);
    return [head, ...table.map((line) => `  ${line}`), ...series, ...none, ...missing].join("\n");
  });
  const ported = ports.map(({ from, to, layers: states }) => {
    const each = states.map(
      ({ name, stacks }) => `${name} ${stacks.map((stack) => `${stack.name} ${stack.fate}`).join(", ") || "no patches"}`,
    );
    return printable(`ported ${from} → ${to}: ${each.join("; ")}`);
  });
  return [...parts, ...ported].join("\n\n");
}

export function layersCandidateText({ release, layers, clashes, written }: LayersCandidate, color: boolean): string {
  const paint = painter(color);
  const width = Math.max(...layers.map(({ name }) => name.length), 0);
  const lines = layers.map((layer) => {
    const inClash = clashes.some((clash) => clash.layer === layer.name);
    const glyph = inClash ? paint("bad", "✖") : paint("good", "✔");
    const what = inClash ? "see below" : candidateWords(layer);
    return `  ${glyph} ${printable(layer.name)}${" ".repeat(width - layer.name.length + 2)}${layer.commit.slice(0, 10)}  ${printable(what)}`;
  });
  const title =
    clashes.length === 0
      ? `r${release} of ${plural(layers.length, "layer")}`
      : `r${release}: ${plural(clashes.length, "clash", "clashes")}`;
  const end =
    clashes.length > 0
      ? "no branch was moved in any repository"
      : written
        ? `each repository has r${release}`
        : "nothing was written (--dry-run)";
  return [paint("strong", printable(title)), ...lines, ...clashes.flatMap((clash) => clashLines(clash, paint)), `  ${end}`].join("\n");
}

function candidateWords({ commit, features, carriedBy, pin, path, name }: LayerCandidate): string {
  const isSeries = features.some((feature) => feature.name === name);
  const what = features.length === 0 ? "no patches" : isSeries ? "its series" : plural(features.length, "feature");
  if (path === ".") return what;
  if (commit === pin) return `${what}, pinned as upstream has it`;
  return `${what}, ${carriedBy === null ? "nothing in the root to pin" : `pinned by ${carriedBy}`}`;
}

function clashLines({ layer, features, files, what }: LayerClash, paint: Paint): string[] {
  const names = features.map(({ name, owner }) => (owner === null ? name : `${name} (${owner})`));
  return [
    `  ${paint("bad", "✖ conflict")} ${printable(`${layer}: ${names.join(" and ")}: ${what}`)}`,
    ...files.map((file) => `      ${printable(file)}`),
  ];
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
