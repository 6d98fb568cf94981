/** Owns Debian source packages: the newest fitting build of the asked suites on this machine's mirrors. */
import type { DebianSource } from "../model/source.js";
import { UnforkError } from "../support/errors.js";
import { type ListedFile, type SourceBuild, upstreamArchive } from "./debian-index.js";
import { debianMirrors } from "./debian-mirrors.js";
import { debianKeyrings } from "./debian-signature.js";
import { buildsInSuite, openMirror } from "./debian-suite.js";
import { changelogDay } from "./debian-changelog.js";
import { beginsWithVersion, compareDebianVersions, upstreamVersion } from "./debian-version.js";
import { extractArchive } from "./extract.js";
import type { Located, Provider, ProviderContext } from "./provider.js";

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

async function locate(source: DebianSource, context: ProviderContext, machine: DebianMachine): Promise<Located[]> {
  return choicesOf(source, await fittingOffers(source, machine), context);
}

/** What of a source package is asked for. */
type Asked = Pick<DebianSource, "package" | "version" | "suites">;

async function fittingOffers(source: Asked, machine: DebianMachine): Promise<Offer[]> {
  const mirrors = await machine.mirrors();
  const { offers, errors } = await askAll(source, mirrors, await machine.keyrings());
  const fitting = offers.filter(({ build }) => beginsWithVersion(build.version, source.version) && upstreamArchive(build) !== undefined);
  if (fitting.length === 0) throw nothingFits(source, mirrors, offers, errors);
  return fitting;
}

/** The newest build of this version in these suites, and the mirror that has it. Throws as {@link debianProvider} does. */
export async function newestBuild(
  source: Asked,
  machine: DebianMachine,
): Promise<{ readonly build: SourceBuild; readonly mirror: string }> {
  const [first, ...others] = await fittingOffers(source, machine);
  if (first === undefined) throw new Error("no offer");
  return others.reduce((best, offer) => (compareDebianVersions(offer.build.version, best.build.version) > 0 ? offer : best), first);
}

/** Every suite on every mirror; that one has it not is no failure as long as another has. */
async function askAll(source: Asked, mirrors: readonly string[], keyrings: readonly string[]) {
  const offers: Offer[] = [];
  const errors: UnforkError[] = [];
  for (const mirror of mirrors) {
    for (const suite of source.suites) {
      try {
        const builds = await buildsInSuite(mirror, suite, source.package, keyrings);
        offers.push(...builds.map((build) => ({ build, mirror, suite })));
      } catch (error) {
        if (!(error instanceof UnforkError) || error.code === "tool-missing") throw error;
        errors.push(error);
      }
    }
  }
  return { offers, errors };
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
    day: () => changelogDay(offer),
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

function nothingFits(source: Asked, mirrors: readonly string[], offers: readonly Offer[], errors: readonly UnforkError[]): UnforkError {
  const there = [...new Set(offers.map(({ build, suite }) => `${build.version} in ${suite}`))].toSorted();
  const what = there.length === 0 ? "no build at all" : `only ${there.join(", ")}`;
  const asked = `${source.suites.join(", ")} on ${mirrors.join(", ")}`;
  const refusal = errors.find(({ code }) => code === "checksum");
  const cause = refusal ?? errors[0];
  const code = refusal?.code ?? (offers.length > 0 ? "input-missing" : "network");
  const lines = errors.map(({ message }) => `\n  ${message}`).join("");
  return new UnforkError(code, `Debian has no ${source.package} ${source.version}: ${what} (asked: ${asked})${lines}`, {
    hint: refusal?.hint ?? "name another suite or version: Debian drops superseded builds of a release",
    ...(cause === undefined ? {} : { cause }),
  });
}
