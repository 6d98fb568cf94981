/** Owns the commits of an imported feature: author, dates and words of each patch, and the feature's trailers. */
import { type ByteString, bytesOf } from "../../git/bytes.js";
import type { ObjectPool } from "../../git/object-pool.js";
import { type RawCommit, formatRawCommit, messageText } from "../../git/raw-commit.js";
import { type TreeReader, openDraft } from "../../git/tree-draft.js";
import { type Onto, keepBlobs } from "../stack/write-stack.js";
import { parsePerson } from "../text/mail/address.js";
import { gitDate } from "../text/mail/dates.js";
import type { Person, TextPatch } from "../text/text-patch.js";
import type { PlacedPatch } from "./place-patches.js";
import type { PlannedFeature } from "./plan-features.js";
import { withTrailers } from "./trailers.js";

export interface Branch extends Onto {
  /** Per patch its commit, or null where it was left out. */
  readonly commits: readonly (string | null)[];
}

interface BranchRequest {
  readonly pool: ObjectPool;
  readonly readTree: TreeReader;
  readonly feature: PlannedFeature;
  readonly placed: readonly PlacedPatch[];
  readonly start: Onto;
  /** `seconds zone` for patches that tell no day: that of the base, so that the same inputs give the same commits. */
  readonly baseTime: string;
}

/** The tip is the start where no patch is left. */
export async function writeBranch({ pool, readTree, feature, placed, start, baseTime }: BranchRequest): Promise<Branch> {
  const draft = openDraft({ readTree, add: pool.add }, start.tree);
  const last = placed.findLastIndex(({ status }) => isIn(status));
  const commits: (string | null)[] = [];
  let tip = start.commit;
  for (const [at, { source, status, changes }] of placed.entries()) {
    commits.push(null);
    if (!isIn(status)) continue;
    if (source.commit === null || status === "merged") await keepBlobs(pool, changes);
    await draft.apply(changes);
    const trailers = { Feature: feature.name, ...(at === last ? { Purpose: feature.purpose } : {}), Owner: feature.owner };
    const words = source.commit === null ? ofText(source.text, feature, baseTime, trailers) : ofCommit(source.commit.raw, trailers);
    tip = pool.add("commit", formatRawCommit({ ...words, tree: draft.write(), parents: [tip] }));
    commits[at] = tip;
  }
  return { commit: tip, tree: draft.write(), commits };
}

function isIn(status: PlacedPatch["status"]): boolean {
  return status !== "present" && status !== "refused";
}

type Words = Omit<RawCommit, "tree" | "parents">;

/** A message in another encoding becomes UTF-8, as the trailers are. */
function ofCommit(raw: RawCommit, trailers: Readonly<Record<string, string>>): Words {
  const { author, committer, encoding } = raw;
  // As bytes where it is UTF-8 or what calls itself so: nothing of it may change.
  const message =
    encoding === null
      ? withTrailers(raw.message, Object.fromEntries(Object.entries(trailers).map(([key, value]) => [key, bytesOf(value)])))
      : bytesOf(withTrailers(messageText(raw), trailers));
  return { author, committer, encoding: null, message };
}

function ofText(patch: TextPatch, feature: PlannedFeature, baseTime: string, trailers: Readonly<Record<string, string>>): Words {
  const author = patch.author ?? parsePerson(feature.owner) ?? { name: feature.owner, email: "" };
  const signature = signatureOf(author, patch.date === null ? baseTime : gitDate(patch.date));
  const text = patch.body === "" ? patch.subject : `${patch.subject}\n\n${patch.body}`;
  return { author: signature, committer: signature, encoding: null, message: bytesOf(withTrailers(text, trailers)) };
}

function clean(text: string): string {
  return text.replaceAll(/[<>\n\0]/g, "").trim();
}

/** What cannot stand in a signature is left out; see git-commit-tree(1). */
function signatureOf({ name, email }: Person, time: string): ByteString {
  return bytesOf(`${clean(name) || clean(email) || "nobody"} <${clean(email)}> ${time}`);
}
