/** Owns the day of an upstream version that Debian packages, as debian/changelog (deb-changelog(5)) in the packaging archive tells it. */
import type { ReleaseDay } from "../model/source.js";
import type { SourceBuild } from "./debian-index.js";
import { openMirror } from "./debian-suite.js";
import { decompressed } from "./decompress.js";
import { measured } from "./extract.js";
import { upstreamVersion } from "./debian-version.js";
import { createTarReader } from "./tar-stream.js";

export interface OfferedBuild {
  readonly build: SourceBuild;
  readonly mirror: string;
}

/** Undefined where there is no packaging archive, its checksum is another than the signed one, or no entry tells the day. */
export async function changelogDay(offered: OfferedBuild): Promise<ReleaseDay | undefined> {
  const text = await changelogOf(offered);
  const first = text === undefined ? undefined : firstEntry(text, offered.build);
  return first === undefined ? undefined : { day: first.day, from: `Debian's changelog: ${offered.build.package} ${first.version}` };
}

/** The text of debian/changelog; undefined where there is no packaging archive, or its checksum is another than the signed one. */
export async function changelogOf({ build, mirror }: OfferedBuild): Promise<string | undefined> {
  const packaging = build.files.find(({ name }) => /\.debian\.tar\.(xz|gz|bz2|zst)$/.test(name));
  if (packaging === undefined) return undefined;
  const url = `${mirror}${build.directory}/${packaging.name}`;
  const pieces: Buffer[] = [];
  const reader = createTarReader(url, ({ path }) =>
    path === "debian/changelog" ? { write: (piece) => pieces.push(Buffer.from(piece)), end: () => undefined } : undefined,
  );
  const meter = { bytes: 0, whole: false, sha256: "" };
  for await (const chunk of decompressed(measured(await openMirror(url), packaging.name, meter), url)) reader.push(chunk);
  reader.end();
  return meter.sha256 === packaging.sha256 ? Buffer.concat(pieces).toString("utf8") : undefined;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The oldest entry of the build's upstream version, which is nearest to upstream's own day: its Debian version, and the day as written. */
export function firstEntry(
  changelog: string,
  { package: name, version }: Pick<SourceBuild, "package" | "version">,
): { readonly version: string; readonly day: string } | undefined {
  const wanted = upstreamVersion(version);
  let found: { version: string; day: string } | undefined;
  let current: string | undefined;
  for (const line of changelog.split("\n")) {
    const [, packaged, entry] = /^(\S+) \(([^)]+)\) /.exec(line) ?? [];
    if (entry !== undefined) current = packaged === name && upstreamVersion(entry) === wanted ? entry : undefined;
    const day = current === undefined ? undefined : dayIn(line);
    if (current !== undefined && day !== undefined) found = { version: current, day };
  }
  return found;
}

/** Of a line ` -- name <mail>  day`, see deb-changelog(5). */
function dayIn(line: string): string | undefined {
  const [, day, month = "", year] = /^ -- .* {2}(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) /.exec(line) ?? [];
  const number = MONTHS.indexOf(month) + 1;
  if (day === undefined || year === undefined || number === 0) return undefined;
  return `${year}-${String(number).padStart(2, "0")}-${day.padStart(2, "0")}`;
}
