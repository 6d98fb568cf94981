/** Owns release archives given by address or path and pinned by their SHA-256. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

import type { ArchiveSource } from "../model/source.js";
import { extractArchive } from "./extract.js";
import { openUrl } from "./http.js";
import { openFile } from "./local-file.js";
import type { Located, Provider, ProviderContext } from "./provider.js";

export const archiveProvider: Provider<ArchiveSource> = { describe, locate };

function describe(source: ArchiveSource): string {
  return `archive ${placeOf(source)} (SHA-256 ${source.sha256.slice(0, 12)}…)`;
}

function locate(source: ArchiveSource, context: ProviderContext): Promise<Located[]> {
  const name = placeOf(source);
  const located = {
    origin: `archive ${name}`,
    checksum: source.sha256,
    identity: `${source.sha256} into ${source.into}`,
    fill: (target: string, work: string) =>
      extractArchive({
        name,
        label: `${context.release} from ${name.split("/").at(-1) ?? name}`,
        open: () => open(source, context.baseFolder),
        sha256: source.sha256,
        keep: context.keep,
        into: source.into,
        work,
        target,
      }),
  };
  return Promise.resolve([located]);
}

function open(source: ArchiveSource, baseFolder: string) {
  const place = placeOf(source);
  if (/^https?:/i.test(place)) return openUrl(place);
  return openFile(place.startsWith("file:") ? fileURLToPath(place) : resolve(baseFolder, place));
}

function placeOf(source: ArchiveSource): string {
  return source.url ?? source.file ?? "";
}
