/** Owns the edits of a card: `key=value`, as the command line gives them. */
import type { CardUpstream, StoredCard } from "../../model/feature-card.js";
import { UnforkError } from "../../support/errors.js";
import { nearest } from "../../support/nearest.js";
import { today } from "./card-store.js";

const KEYS = ["purpose", "owner", "upstream", "created", "reviewed", "trap", "traps"] as const;
type Key = (typeof KEYS)[number];

export interface CardEdit {
  readonly key: Key;
  readonly value: string;
}

/** Throws `usage` for what is no edit. */
export function parseEdit(text: string): CardEdit {
  const [, name = "", value = ""] = /^([a-z-]+)=(.*)$/s.exec(text) ?? [];
  const key = KEYS.find((known) => known === name);
  if (key !== undefined) return { key, value: value.trim() };
  const near = nearest(name, KEYS);
  throw new UnforkError("usage", `'${text}' sets nothing on a card`, {
    hint: near === undefined ? `key=value with one of ${KEYS.join(", ")}` : `did you mean '${near}=…'?`,
  });
}

export function editedCard(card: StoredCard, edits: readonly CardEdit[]): StoredCard {
  const after = { ...card };
  for (const edit of edits) Object.assign(after, change(after, edit));
  return after;
}

/** `trap=` adds a sentence, `traps=` takes all away; a day may be `today`. */
function change({ traps }: StoredCard, { key, value }: CardEdit): Partial<StoredCard> {
  if (key === "trap") return { traps: value === "" || traps.includes(value) ? traps : [...traps, value] };
  if (key === "traps") return { traps: value === "" ? [] : [value] };
  if (key === "upstream") return { upstream: upstreamOf(value) };
  if (key === "created") return { created: dayOf(value) };
  if (key === "reviewed") return { reviewed: value === "never" ? null : dayOf(value) };
  return { [key]: value };
}

function dayOf(value: string): string {
  return value === "today" ? today() : value;
}

function upstreamOf(value: string): CardUpstream {
  const [, state = value, rest = ""] = /^(sent|in-upstream)(?::(.*))?$/s.exec(value) ?? [];
  if (state === "never") return { state };
  if (state === "sent") return { state, url: rest === "" ? null : rest };
  if (state === "in-upstream" && rest !== "") return { state, commit: rest };
  throw new UnforkError("usage", `'${value}' is no state of a feature upstream`, { hint: "never, sent:<url> or in-upstream:<commit>" });
}
