/** Owns the flags that say what a shim is made from. */
import { UnforkError } from "../../../support/errors.js";
import type { FlavorFile, ShimRequest } from "../../../shim/load-shim.js";

export interface RequestOptions {
  readonly flavor: readonly string[];
  readonly release?: readonly string[];
  readonly surface?: string;
  readonly library?: string;
  readonly app?: readonly string[];
  readonly archive?: readonly string[];
}

/** Throws `usage`. */
export function requestOf({ flavor, release, surface, library, app, archive }: RequestOptions): ShimRequest {
  const files = pairsOf(flavor, "--flavor", "legacy=SNAPSHOT latest=SNAPSHOT");
  const releases = new Map(pairsOf(release ?? [], "--release", "legacy=M120 latest=M150"));
  const names = files.map(([name]) => name);
  const [legacy, latest] = files;
  if (legacy === undefined || latest === undefined || files.length > 2 || names[0] === names[1])
    throw new UnforkError("usage", "--flavor names both flavors' snapshots", {
      hint: "as in --flavor legacy=v1.api.json latest=v2.api.json, the older release first",
    });
  for (const name of releases.keys())
    if (!names.includes(name)) throw new UnforkError("usage", `--release ${name}: no flavor has this name (${names.join(", ")})`);
  const archives = pairsOf(archive ?? [], "--archive", "legacy=liblegacy.a latest=liblatest.a");
  for (const [name] of archives)
    if (!names.includes(name)) throw new UnforkError("usage", `--archive ${name}: no flavor has this name (${names.join(", ")})`);
  const flavorFile = ([name, file]: readonly [string, string]): FlavorFile => ({
    name,
    file,
    release: releases.get(name) ?? name,
    archives: archives.filter(([owner]) => owner === name).map(([, path]) => path),
  });
  return { flavors: [flavorFile(legacy), flavorFile(latest)], surface, library, apps: app ?? [] };
}

export function pairsOf(list: readonly string[], flag: string, example: string): (readonly [string, string])[] {
  return list.map((text) => {
    const at = text.indexOf("=");
    if (at <= 0 || at === text.length - 1)
      throw new UnforkError("usage", `${flag} ${text}: a flavor's name and a value, joined by '='`, { hint: `as in ${flag} ${example}` });
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
}
