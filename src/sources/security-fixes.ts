/** Owns the security fixes between two releases, asked of the source that the configuration names. */
import { join } from "node:path";

import { type Advisories, type SecurityFixes, securityFixesSchema } from "../model/security-fixes.js";
import { UnforkError } from "../support/errors.js";
import { readTextIfThere, writeFileAtomic } from "../support/fs.js";
import { canonicalJson, sha256 } from "../support/hash.js";
import { type VersionRange, fixesInChangelog } from "./changelog-fixes.js";
import { changelogOf } from "./debian-changelog.js";
import { debianMirrors } from "./debian-mirrors.js";
import { newestBuild } from "./debian-provider.js";
import { debianKeyrings } from "./debian-signature.js";

export interface FixesRequest {
  readonly advisories: Advisories;
  /** Ids of the releases. */
  readonly legacy: string;
  readonly latest: string;
  readonly cache: string;
  readonly offline?: boolean;
  /** Asks anew although the answer is in the cache. */
  readonly refresh?: boolean;
}

/** From the cache, else from the source. Never throws for a mirror that does not answer: a report without fixes says why. */
export async function securityFixes({ advisories, legacy, latest, cache, offline, refresh }: FixesRequest): Promise<SecurityFixes> {
  const [above, upTo] = [advisories.versions[legacy], advisories.versions[latest]];
  if (above === undefined || upTo === undefined)
    return { status: "unknown", why: `upstream.advisories.versions names no version of ${above === undefined ? legacy : latest}` };
  const file = join(cache, "advisories", `${sha256(canonicalJson({ format: 1, advisories, above, upTo })).slice(0, 32)}.json`);
  const known = refresh === true ? undefined : await readKnown(file);
  if (known !== undefined) return known;
  if (offline === true) return { status: "unknown", why: "not in the cache, and not asked for under --offline" };
  const told = await askDebian(advisories, { above, upTo });
  if (told.status === "told") await writeFileAtomic(file, `${canonicalJson(told, 1)}\n`);
  return told;
}

async function readKnown(file: string): Promise<SecurityFixes | undefined> {
  const text = await readTextIfThere(file);
  if (text === undefined) return undefined;
  try {
    return securityFixesSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function askDebian(advisories: Advisories, range: VersionRange): Promise<SecurityFixes> {
  try {
    const machine = { mirrors: debianMirrors, keyrings: debianKeyrings };
    const offer = await newestBuild({ ...advisories, version: range.upTo }, machine);
    const changelog = await changelogOf(offer);
    if (changelog === undefined)
      return { status: "unknown", why: `the packaging archive of ${offer.build.version} is not there or has another checksum` };
    const wanted = advisories.components;
    const all = fixesInChangelog(changelog, range);
    const fixes = wanted === undefined ? all : all.filter(({ component }) => wanted.includes(component));
    const from = `Debian's changelog of ${offer.build.package} ${offer.build.version}`;
    return { status: "told", from, ...range, components: wanted ?? [], fixes };
  } catch (error) {
    if (error instanceof UnforkError) return { status: "unknown", why: error.message.split("\n")[0] ?? error.code };
    throw error;
  }
}
