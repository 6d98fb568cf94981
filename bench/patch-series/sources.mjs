/** Fetches the sources by checksum, through the tool's own cache. */
import { homedir } from "node:os";
import { join } from "node:path";

import { debianMirrors } from "../../dist/sources/debian-mirrors.js";
import { fetchRelease } from "../../dist/sources/fetch-release.js";

const cache = process.env["UNFORK_CACHE"] || join(homedir(), ".cache", "unfork");

/** Upstream's archive of a Debian source package: the folder, and what it is. */
export async function upstreamTree({ name, version, suites, keep = [] }) {
  const source = { kind: "debian", package: name, version, suites, into: "." };
  return await fetchRelease({ id: `${name}-${version}`, keep, sources: [source] }, { cache, baseFolder: "." });
}

/** Debian's own part of a source package, out of the pool of whichever mirror has it. */
export async function debianPart({ pool, sha256 }) {
  const mirrors = await debianMirrors();
  const sources = mirrors.map((mirror) => ({ kind: "archive", url: `${mirror}${pool}`, sha256, into: "." }));
  return await fetchRelease({ id: pool.slice(pool.lastIndexOf("/") + 1), keep: ["debian/patches"], sources }, { cache, baseFolder: "." });
}
