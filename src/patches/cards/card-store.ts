/** Owns the cards of features in the notes ref that a clone carries: `features/<name>.json`. */
import type { StateFiles } from "../../git/state-ref.js";
import { type StoredCard, featureCardSchema } from "../../model/feature-card.js";
import { wallClockIso } from "../../support/clock.js";
import { UnforkError } from "../../support/errors.js";
import { explainIssues } from "../../support/explain-issues.js";
import { canonicalJson } from "../../support/hash.js";
import { STATE_REF } from "../state/patch-state.js";

/** Throws `state-invalid` for a card that does not hold. */
export async function readCard(files: StateFiles, name: string): Promise<StoredCard | undefined> {
  const content = await files.read(pathOf(name));
  if (content === undefined) return undefined;
  const value = parseJson(content);
  const parsed = featureCardSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = explainIssues(parsed.error.issues, value, featureCardSchema).map((line) => `${STATE_REF}:${pathOf(name)}:${line}`);
  throw new UnforkError("state-invalid", problems.join("\n"), {
    hint: "correct that file in the ref, or remove it: the branches tell the rest",
  });
}

export async function writeCard(files: StateFiles, card: StoredCard): Promise<void> {
  await files.set(pathOf(card.name), `${canonicalJson(card, 2)}\n`);
}

/** The card of a feature that has none yet. */
export function newCard(name: string, { purpose, owner }: { readonly purpose: string; readonly owner: string }): StoredCard {
  return { name, purpose, owner, upstream: { state: "never" }, created: today(), reviewed: null, traps: [], starts: {} };
}

/** In UTC. */
export function today(): string {
  return wallClockIso().slice(0, 10);
}

function pathOf(name: string): string {
  return `features/${name}.json`;
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString("utf8"));
  } catch {
    return undefined;
  }
}
