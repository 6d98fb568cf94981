/** Owns Debian source packages: the newest fitting build of the asked suites on this machine's mirrors. */
import type { DebianSource } from "../model/source.js";
import { UnforkError } from "../support/errors.js";
import { type ListedFile, type SourceBuild, upstreamArchive } from "./debian-index.js";
import { debianMirrors } from "./debian-mirrors.js";
import { debianKeyrings } from "./debian-signature.js";
import { buildsInSuite, openMirror } from "./debian-suite.js";
import { beginsWithVersion, compareDebianVersions, upstreamVersion } from "./debian-version.js";
import { extractArchive } from "./extract.js";
import type { Choices, Located, Provider, ProviderContext } from "./provider.js";

/** Where mirrors and keys come from; the machine's own unless told otherwise. */
export interface DebianMachine {
  readonly mirrors: () => Promise<readonly string[]>;
  readonly keyrings: () => Promise<readonly string[]>;
}

interface Offer {
  readonly build: SourceBuild;
  readonly mirror: string;
  readonly suite: string;
}

/** A provider that asks these mirrors and trusts these keyrings. */
export function debianProvider(machine: DebianMachine = { mirrors: debianMirrors, keyrings: debianKeyrings }): Provider<DebianSource> {
  return { describe, locate: (source, context) => locate(source, context, machine) };
}

function describe(source: DebianSource): string {
  return `debian ${source.package} ${source.version} (${source.suites.join(", ")})`;
}

async function locate(source: DebianSource, context: ProviderContext, machine: DebianMachine): Promise<Choices> {
  const [mirrors, keyrings] = [await machine.mirrors(), await machine.keyrings()];
  const offers: Offer[] = [];
  const errors: unknown[] = [];
  const inVain: { provider: string; why: string }[] = [];
  for (const mirror of mirrors) {
    for (const suite of source.suites) {
      try {
        const builds = await buildsInSuite(mirror, suite, source.package, keyrings);
        offers.push(...builds.map((build) => ({ build, mirror, suite })));
      } catch (error) {
        if (!(error instanceof UnforkError) || error.code === "tool-missing") throw error;
        errors.push(error);
        inVain.push({ provider: `debian suite ${suite}`, why: error.message });
      }
    }
  }
  const fitting = offers.filter(({ build }) => beginsWithVersion(build.version, source.version) && upstreamArchive(build) !== undefined);
  if (fitting.length === 0) throw nothingFits(source, mirrors, offers, inVain, errors);
  return { choices: choicesOf(source, fitting, context), inVain: [] };
}

/** One choice per archive and place it is offered at, newest build first. */
function choicesOf(source: DebianSource, offers: readonly Offer[], context: ProviderContext): Located[] {
  const sorted = offers.toSorted((a, b) => compareDebianVersions(b.build.version, a.build.version));
  const choices = new Map<string, Located>();
  for (const { build, mirror, suite } of sorted) {
    const archive = upstreamArchive(build);
    if (archive === undefined) continue;
    const url = `${mirror}${build.directory}/${archive.name}`;
    if (!choices.has(url)) choices.set(url, located(source, context, { build, mirror, suite }, archive, url));
  }
  return [...choices.values()];
}

function located(source: DebianSource, context: ProviderContext, offer: Offer, archive: ListedFile, url: string): Located {
  const version = upstreamVersion(offer.build.version);
  return {
    origin: `${source.package} ${version} (Debian ${offer.suite})`,
    checksum: archive.sha256,
    identity: `${archive.sha256} into ${source.into}`,
    fill: (target, work) =>
      extractArchive({
        name: url,
        label: `${context.release} from ${archive.name}`,
        open: () => openMirror(url),
        sha256: archive.sha256,
        keep: context.keep,
        into: source.into,
        work,
        target,
      }),
  };
}

function nothingFits(
  source: DebianSource,
  mirrors: readonly string[],
  offers: readonly Offer[],
  inVain: readonly { why: string }[],
  errors: readonly unknown[],
): UnforkError {
  const there = [...new Set(offers.map(({ build, suite }) => `${build.version} in ${suite}`))].toSorted();
  const what = there.length === 0 ? "no build at all" : `only ${there.join(", ")}`;
  const asked = `${source.suites.join(", ")} on ${mirrors.join(", ")}`;
  const why = inVain.map((place) => `\n  ${place.why}`).join("");
  const checksum = errors.find((error) => error instanceof UnforkError && error.code === "checksum");
  const code = checksum === undefined ? (offers.length > 0 ? "input-missing" : "network") : "checksum";
  return new UnforkError(code, `Debian has no ${source.package} ${source.version}: ${what} (asked: ${asked})${why}`, {
    hint:
      checksum instanceof UnforkError && checksum.hint !== undefined
        ? checksum.hint
        : "name another suite or version: Debian drops superseded builds of a release",
    ...(errors.length === 0 ? {} : { cause: checksum ?? errors[0] }),
  });
}
