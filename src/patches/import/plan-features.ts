/** Owns the plan of an import: which patches become which feature, for what purpose and with which owner. */
import { featureNameSchema } from "../../model/feature.js";
import { UnforkError } from "../../support/errors.js";
import { nearest } from "../../support/nearest.js";
import { readsAsRelease } from "../feature-file.js";
import { type FeatureProposal, type GroupRule, proposeFeatures } from "../text/group.js";
import type { Groups } from "./groups-file.js";
import type { SourcePatch } from "./source-patches.js";

export type Grouping = "tag" | "folder" | "file";

export interface PlanRequest {
  readonly feature: string | undefined;
  readonly purpose: string | undefined;
  readonly owner: string | undefined;
  readonly group: Grouping | undefined;
  readonly groups: Groups | undefined;
  /** Of the branches, and others that have a base. */
  readonly releases: readonly string[];
  /** Nothing will be written: names are looked for, purposes and owners may come later. */
  readonly dryRun: boolean;
}

export interface PlannedFeature {
  readonly name: string;
  /** Null for a feature that was named, not found. */
  readonly why: string | null;
  readonly purpose: string;
  readonly owner: string;
  readonly patches: readonly SourcePatch[];
  readonly dependsOn: readonly string[];
  readonly entangledWith: readonly string[];
  /** Somebody said which patches it has: it is not joined with another. */
  readonly byHand: boolean;
  /** Features that were joined into it, since their patches need one another. */
  readonly joined: readonly JoinedFeature[];
}

export interface JoinedFeature {
  readonly name: string;
  readonly because: string;
}

/** Throws `usage` with a line per problem. */
export function planFeatures(patches: readonly SourcePatch[], request: PlanRequest): PlannedFeature[] {
  const planned = request.group === undefined && request.groups === undefined ? [oneFeature(patches, request)] : grouped(patches, request);
  const problems = planned.flatMap((feature) => problemsOf(feature, request));
  if (problems.length === 0) return planned;
  throw new UnforkError("usage", problems.join("\n"), {
    hint: "every feature wants --purpose (why it exists, a sentence) and --owner (who answers for it), or both in a --groups file",
  });
}

function oneFeature(patches: readonly SourcePatch[], { feature, purpose = "", owner = "" }: PlanRequest): PlannedFeature {
  if (feature === undefined)
    throw new UnforkError("usage", "which feature do the patches belong to?", {
      hint: "give --feature NAME, or --group tag|folder|file to split them into several",
    });
  return {
    name: feature,
    why: null,
    purpose: purpose.trim(),
    owner: owner.trim(),
    patches,
    dependsOn: [],
    entangledWith: [],
    byHand: true,
    joined: [],
  };
}

function grouped(patches: readonly SourcePatch[], request: PlanRequest): PlannedFeature[] {
  if (request.feature !== undefined)
    throw new UnforkError("usage", "--feature names one feature, --group and --groups make several", { hint: "leave one of them out" });
  const sourceOf = new Map(patches.map((patch) => [patch.text, patch]));
  const proposals = proposeFeatures(
    patches.map(({ text }) => text),
    ruleOf(patches, request),
  );
  const { groups } = request;
  wantKnown(groups, proposals);
  return proposals.map(({ name, why, patches: texts, dependsOn, entangledWith }) => {
    const written = groups?.features.find((feature) => feature.name === name);
    return {
      name,
      why,
      purpose: (written?.purpose ?? request.purpose ?? "").trim(),
      owner: (written?.owner ?? request.owner ?? "").trim(),
      patches: texts.flatMap((text) => sourceOf.get(text) ?? []),
      dependsOn,
      entangledWith,
      byHand: written?.patches !== undefined && groups?.mayJoin !== true,
      joined: [],
    };
  });
}

function ruleOf(sources: readonly SourcePatch[], { group, groups }: PlanRequest): GroupRule {
  const nameOf = (given: string) => sources.find((source) => isNamed(source, given))?.text.name ?? given;
  const map = new Map(groups?.features.flatMap(({ name, patches = [] }) => patches.map((patch) => [nameOf(patch), name] as const)));
  const otherwise = group === undefined ? undefined : { by: group };
  if (map.size === 0 && otherwise !== undefined) return otherwise;
  return { by: "hand", map, ...(otherwise === undefined ? {} : { otherwise }) };
}

/** By its name, or as a commit by how its id begins. */
function isNamed({ text, commit }: SourcePatch, given: string): boolean {
  return text.name === given || (commit !== null && /^[0-9a-f]{7,40}$/.test(given) && commit.commit.startsWith(given));
}

function wantKnown(groups: Groups | undefined, proposals: readonly FeatureProposal[]): void {
  const known = proposals.map(({ name }) => name);
  const problems = (groups?.features ?? []).flatMap(({ name }, index) => {
    if (known.includes(name)) return [];
    const near = nearest(name, known);
    return [`${groups?.placeOf(index) ?? ""}: no patch belongs to '${name}'${near === undefined ? "" : ` (did you mean '${near}'?)`}`];
  });
  if (problems.length > 0)
    throw new UnforkError("config-invalid", problems.join("\n"), { hint: `features that the patches give: ${known.join(", ")}` });
}

function problemsOf({ name, why, purpose, owner, patches }: PlannedFeature, { releases, dryRun }: PlanRequest): string[] {
  const candidate = releases.some((release) => name.toLowerCase() === `r${release}`.toLowerCase());
  const later = dryRun && why !== null;
  return [
    ...(featureNameSchema.safeParse(name).success
      ? []
      : [`'${name}' cannot be a feature's name: kebab-case is wanted, as in louder-limiter`]),
    ...(readsAsRelease(name) || candidate ? [`'${name}' is taken by the engine's own branches`] : []),
    ...(purpose.length < 10 && !later ? [`feature ${name} has no purpose: say in a sentence why it exists`] : []),
    ...(owner === "" && !later ? [`feature ${name} has no owner: say who answers for it`] : []),
    ...(patches.length === 0 ? [`feature ${name} would have no patches`] : []),
  ];
}
