/** Owns the audit: the flavors' symbol tables go through all rules, and what is shared by declaration is counted. */
import type { AuditResult, Finding, SharedNames } from "../model/audit.js";
import { demangler } from "../objects/demangle.js";
import { bodiesDiffer } from "./bodies.js";
import { type FlavorFiles, indexFlavor } from "./definitions.js";
import { type Evidence, gatherEvidence } from "./evidence.js";
import { UnforkError } from "../support/errors.js";
import { type Severities, findingsOf, sortFindings } from "./finding.js";
import { type ProbeRequest, probeFlavors } from "./probe/probe.js";
import { marksOf } from "./flavor-marks.js";
import { notChecked } from "./not-checked.js";
import { RULES } from "./rules/index.js";
import { namesWithoutFlavor } from "./rules/unflavored.js";
import { coverageOf, sharedList } from "./shared-list.js";

export interface AuditRequest {
  /** Two or more flavors with absolute paths of their archives or objects. */
  readonly flavors: readonly FlavorFiles[];
  /** Archives or objects that are linked once for all flavors. */
  readonly common?: readonly string[];
  /** What both may define; nothing is shared but this (see TOOLCHAIN_SHARED). */
  readonly shared: readonly SharedNames[];
  /** The name without the flavor's suffix; the same name when it bears none. */
  readonly unflavor: (symbol: string, flavor: string) => string;
  /** `unflavor` goes by the ends of names alone, which may end so by chance. */
  readonly guesses?: boolean;
  /** Severities other than the rules' own. */
  readonly severities?: Severities;
  /** Also ask a program of all flavors as it runs. */
  readonly probe?: ProbeRequest;
}

/** Reads all archives and compares what the flavors define. Throws `object-invalid` on a file that cannot be read whole. */
export async function auditFlavors(request: AuditRequest): Promise<AuditResult> {
  const evidence = evidenceOf(request);
  const findings = sortFindings(RULES.flatMap((rule) => findingsOf(rule, evidence, request.severities ?? {})));
  const shared = sharesOf(evidence);
  return {
    flavors: evidence.flavors.map(({ name, objects, counts, definitions }) => {
      return { name, objects: objects.length, symbols: counts, definedNames: definitions.size };
    }),
    clashes: openNames(evidence, [...evidence.clashes().keys()]).length,
    clashesBefore: openNames(evidence, commonBareNames(evidence)).length,
    shared,
    findings,
    summary: summaryOf(findings, shared),
    ...(request.probe === undefined ? {} : { probe: await probeFlavors(evidence, request.probe) }),
    notChecked: notChecked(evidence),
  };
}

function evidenceOf({ flavors, common = [], shared, unflavor, guesses = false }: AuditRequest): Evidence {
  const indexes = flavors.map(indexFlavor);
  for (const { name, definitions, references } of indexes) if (definitions.size + references.size === 0) refuseEmpty(name);
  return gatherEvidence({
    flavors: indexes,
    common: common.length === 0 ? undefined : indexFlavor({ name: "shared", archives: common }),
    list: sharedList(shared),
    bare: guesses ? marksOf(indexes, unflavor) : unflavor,
    nameOf: demangler(),
  });
}

function refuseEmpty(name: string): never {
  throw new UnforkError("input-invalid", `the files of ${name} neither define nor want a name, so an audit of them would prove nothing`, {
    hint: "give the archives or objects that its code was built into",
    context: { flavor: name },
  });
}

/** Names that at least two flavors define when the flavors are taken off. */
function commonBareNames({ flavors, bare }: Evidence): string[] {
  const times = new Map<string, number>();
  for (const { name, definitions } of flavors) {
    for (const symbol of new Set([...definitions.keys()].map((one) => bare(one, name)))) times.set(symbol, (times.get(symbol) ?? 0) + 1);
  }
  return [...times].flatMap(([symbol, count]) => (count > 1 ? [symbol] : []));
}

function openNames({ list, nameOf }: Evidence, symbols: readonly string[]): string[] {
  return symbols.filter((symbol) => list.coverOf(symbol, nameOf(symbol)) === "open");
}

function sharesOf(evidence: Evidence): AuditResult["shared"] {
  const { list, nameOf, clashes, bodies } = evidence;
  const named = [...clashes().keys()].map((symbol) => ({ symbol, name: nameOf(symbol) }));
  const alone = namesWithoutFlavor(evidence)
    .filter((symbol) => !clashes().has(symbol))
    .map((symbol) => ({ symbol, name: nameOf(symbol) }));
  const ofOne = coverageOf(list, alone, () => false);
  return coverageOf(list, named, (symbol) => bodiesDiffer(bodies(), symbol)).map((entry, index) =>
    Object.assign(entry, { ofOne: ofOne[index]?.names ?? 0 }),
  );
}

/** Findings per category, and under `shared-unused` the entries of the shared list that cover nothing. */
function summaryOf(findings: readonly Finding[], shared: AuditResult["shared"]): Record<string, number> {
  const summary: Record<string, number> = {};
  for (const { category } of findings) summary[category] = (summary[category] ?? 0) + 1;
  const unused = shared.filter(({ names, ofOne }) => names + ofOne === 0).length;
  if (unused > 0) summary["shared-unused"] = unused;
  return summary;
}
