/** Owns a forecast as text: what will break, on which commit, who wrote it. */
import type { PatchForecast } from "../model/patch-forecast.js";
import { painter, printable } from "../support/style.js";

export function forecastText({ upstream, features }: PatchForecast, color: boolean): string {
  const paint = painter(color);
  const broken = features.filter(({ patches }) => patches.some(isOpen));
  const title = `on upstream's ${upstream.slice(0, 10)}: ${broken.length} of ${features.length} ${features.length === 1 ? "feature" : "features"} would break`;
  const lines = features.flatMap((feature) => {
    const open = feature.patches.filter(isOpen);
    const dropped = feature.patches.filter(({ status }) => status === "upstreamed" || status === "empty").length;
    const owner = feature.owner === null ? "" : ` (${feature.owner})`;
    const counts = `${feature.patches.length} patches${dropped === 0 ? "" : `, of ${dropped} nothing is left`}`;
    if (open.length === 0) return [`  ${paint("good", "✔ ports ")} ${printable(feature.name + owner)}: ${counts}`];
    return [
      `  ${paint("bad", "✘ breaks")} ${printable(feature.name + owner)}: ${open.length} of ${counts}`,
      ...open.map(
        ({ patch, subject, root }) =>
          `      ${patch.slice(0, 10)} ${printable(subject)}${root === null ? "" : paint("muted", `  only because of ${root.slice(0, 10)}`)}`,
      ),
      ...feature.breaks.map(
        (one) => `        ${printable(`${one.file}: ${one.upstreamCommit.slice(0, 10)} (${one.date}) ${one.subject}, by ${one.author}`)}`,
      ),
    ];
  });
  return [paint("strong", title), ...lines].join("\n");
}

function isOpen({ status }: { readonly status: string }): boolean {
  return status === "conflict" || status === "cascade";
}
