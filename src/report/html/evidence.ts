/** Owns what a verdict on a use case can be looked up in: pictures of what both flavors wrote, and the files themselves. */
import { RELATIVE_HREF, type Evidence, type SoundEvidence } from "../../model/evidence.js";
import type { UseCaseResult } from "../../model/use-case.js";
import { decimal } from "../figures.js";
import { plot } from "./plot.js";
import { html, type Html } from "./template.js";

export function evidencePart({ outputs, compared }: UseCaseResult, evidence: Evidence | undefined): Html | null {
  if (outputs.length === 0) return null;
  const failed = new Set(compared.flatMap(({ file, status }) => (status === "beyond" || status === "unreadable" ? [file] : [])));
  return html`${(evidence?.sounds ?? []).map(soundPart)}
    <h4>Outputs</h4>
    <ul class="outputs">
      ${outputs.map(({ flavor, file, sha256 }) => {
        const found = evidence?.files.find((each) => each.flavor === flavor && each.file === file);
        const name = found === undefined || !RELATIVE_HREF.test(found.href) ? html`${file}` : html`<a href="${found.href}">${file}</a>`;
        const word = flavor === "latest" && failed.has(file) ? html` <b>failed its comparison: not to be used</b>` : null;
        return html`<li><b>${flavor}</b> ${name} <code>${sha256}</code>${word}</li>`;
      })}
    </ul>`;
}

function soundPart(sound: SoundEvidence): Html {
  return html`<h4>
      What both wrote to ${sound.file} <span class="key"><span class="swatch legacy"></span>legacy</span
      ><span class="key"><span class="swatch latest"></span>latest</span
      ><span class="key"><span class="swatch added"></span>latest minus legacy</span>
    </h4>
    <div class="plots">${levelPlot(sound)}${spectrumPlot(sound)}</div>`;
}

function levelPlot({ seconds, legacy, latest }: SoundEvidence): Html {
  const step = seconds / Math.max(1, legacy.levels.length);
  const unit = seconds >= 120 ? { size: 60, name: "min" } : { size: 1, name: "s" };
  const told = (at: number) => `${decimal(at / unit.size, 1)} ${unit.name}`;
  return plot({
    title: "Level over time",
    legacy: legacy.levels,
    latest: latest.levels,
    marks: [0, 0.5, 1].map((at) => ({ at, text: told(at * seconds) })),
    placeOf: (index) => told((index + 0.5) * step),
  });
}

function spectrumPlot({ hertz, legacy, latest }: SoundEvidence): Html {
  const last = Math.max(1, hertz.length - 1);
  const marks = hertz.flatMap((value, index) => (MARKED.has(value) ? [{ at: index / last, text: frequency(value) }] : []));
  return plot({
    title: "Long-term spectrum, third octaves",
    legacy: legacy.bands,
    latest: latest.bands,
    marks,
    placeOf: (index) => frequency(hertz[index] ?? 0),
  });
}

/** Bands that are named on the axis: of those on octaves around 1 kHz, every other. */
const MARKED: ReadonlySet<number> = new Set([63, 250, 1000, 4000, 16000]);

function frequency(hertz: number): string {
  return hertz < 1000 ? `${hertz} Hz` : `${decimal(hertz / 1000, 1).replace(/\.0$/, "")} kHz`;
}
