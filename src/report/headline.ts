/** Owns the one line that says how an upgrade stands. */
import type { RunReport } from "../model/report.js";
import type { FeatureStatus } from "../model/feature.js";
import type { Tone } from "../support/style.js";
import { count, plural } from "./figures.js";

/** What the headline is made of; a RunReport is one. */
export type HeadlineFacts = Pick<RunReport, "library" | "from" | "to" | "features" | "audit" | "useCases" | "next">;

/** A run of text in one tone. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** The parts between the dots, each as runs of text. */
export type HeadlinePart = readonly Span[];

/**
 * "webrtc: base M120 → M150 · 6 features: 5 clean, 1 needs you · clashes 0 · 52/54 use cases no worse · next: …".
 * What the run did not reach (no features, no audit, no use cases, nothing next) is left out.
 */
export function headline(facts: HeadlineFacts): string {
  return headlineParts(facts)
    .map((part) => part.map((span) => span.text).join(""))
    .join(" · ");
}

export function headlineParts(facts: HeadlineFacts): HeadlinePart[] {
  return [
    [{ text: `${facts.library}: base ${facts.from} → ${facts.to}`, tone: "strong" } as const],
    featuresPart(facts.features),
    facts.audit === null ? [] : [clashesSpan(facts.audit.clashes)],
    useCasesPart(facts.useCases),
    facts.next === "" ? [] : [{ text: `next: ${facts.next}`, tone: "strong" } as const],
  ].filter((part) => part.length > 0);
}

function clashesSpan(clashes: number): Span {
  return { text: `clashes ${count(clashes)}`, tone: clashes === 0 ? "good" : "bad" };
}

function featuresPart(features: HeadlineFacts["features"]): HeadlinePart {
  if (features.length === 0) return [];
  const groups = FATES.map((fate) => ({ fate, size: features.filter((feature) => feature.status === fate.status).length }));
  const spans = groups
    .filter((group) => group.size > 0)
    .map((group): Span => ({ text: `${count(group.size)} ${group.fate.say(group.size)}`, tone: group.fate.tone }));
  return [{ text: `${plural(features.length, "feature")}: `, tone: "plain" }, ...joined(spans)];
}

const FATES: readonly { readonly status: FeatureStatus; readonly tone: Tone; readonly say: (size: number) => string }[] = [
  { status: "clean", tone: "good", say: () => "clean" },
  { status: "auto", tone: "info", say: () => "auto-resolved" },
  { status: "upstreamed", tone: "muted", say: () => "upstreamed" },
  { status: "dropped", tone: "muted", say: () => "dropped" },
  { status: "conflict", tone: "bad", say: (size) => (size === 1 ? "needs you" : "need you") },
];

function joined(spans: readonly Span[]): Span[] {
  return spans.flatMap((span, index): Span[] => (index === 0 ? [span] : [{ text: ", ", tone: "plain" }, span]));
}

function useCasesPart(useCases: HeadlineFacts["useCases"]): HeadlinePart {
  if (useCases.length === 0) return [];
  const kept = useCases.filter((useCase) => useCase.verdict === "better" || useCase.verdict === "no worse").length;
  const tone = kept === useCases.length ? "good" : "bad";
  return [{ text: `${count(kept)}/${plural(useCases.length, "use case")} no worse`, tone }];
}
