/** Owns `patch show` and `patch card`: one feature whole, and what somebody writes on its card. */
import { shownBytes } from "../../git/bytes.js";
import { dayOf, messageText, parseRawCommit, subjectOf } from "../../git/raw-commit.js";
import { type FeatureDetail, type StoredCard, featureCardSchema } from "../../model/feature-card.js";
import { wallClockMs } from "../../support/clock.js";
import { UnforkError } from "../../support/errors.js";
import { explainIssues } from "../../support/explain-issues.js";
import { nearest } from "../../support/nearest.js";
import { type Session, finish, readRepository, withRepository } from "../alone/session.js";
import { openPatchState } from "../state/patch-state.js";
import { type CardEdit, editedCard } from "./card-edits.js";
import { newCard, readCard, writeCard } from "./card-store.js";
import { type KnownFeature, type ListRequest, knownFeatures } from "./list-features.js";
import { touchedFiles } from "./touched-files.js";

export interface ShowRequest extends ListRequest {
  readonly feature: string;
}

/** Files and patches are those of the newest release that has it, or of the one asked for. */
export async function showFeature(request: ShowRequest): Promise<FeatureDetail> {
  return await readRepository(request.repo, (session) => detail(session, request));
}

async function detail(session: Session, request: ShowRequest): Promise<FeatureDetail> {
  const { line, on } = await oneFeature(session, request);
  const newest = on.at(-1);
  const commits = newest?.commits ?? [];
  const patches = await Promise.all(
    commits.map(async (commit) => {
      const raw = parseRawCommit(await session.pool.read(commit, "commit"));
      return { commit, subject: subjectOf(messageText(raw)), author: shownBytes(raw.author).replace(/ <.*$/, ""), date: dayOf(raw.author) };
    }),
  );
  return { ...line, release: newest?.release ?? null, files: await touchedFiles(session.pool, commits), patches };
}

async function oneFeature(session: Session, request: ShowRequest): Promise<KnownFeature> {
  const { features } = await knownFeatures(session, request);
  const found = features.find(({ line }) => line.name === request.feature);
  if (found !== undefined) return found;
  const names = features.map(({ line }) => line.name);
  const near = nearest(request.feature, names);
  const where = request.release === undefined ? "" : ` on ${request.release}`;
  throw new UnforkError("usage", `there is no feature ${request.feature}${where} in ${session.existing.repository.path}`, {
    hint: near === undefined ? `unfork patch list shows them: ${names.slice(0, 8).join(", ") || "none yet"}` : `did you mean '${near}'?`,
  });
}

/** Writes what is set on the card; purpose and owner of a folder's feature stand in its own file. */
export async function setCard(request: ShowRequest, edits: readonly CardEdit[]): Promise<FeatureDetail> {
  await withRepository(request.repo, async (session) => {
    const { line, card } = await oneFeature(session, request);
    const foreign = line.kind === "folder" ? edits.find(({ key }) => key === "purpose" || key === "owner") : undefined;
    if (foreign !== undefined)
      throw new UnforkError("usage", `${foreign.key} of ${line.name} stands in its feature.yaml`, { hint: "change it there" });
    const { files } = await openPatchState(session.pool);
    const before =
      (await readCard(files, line.name)) ?? card ?? newCard(line.name, { purpose: line.purpose ?? "", owner: line.owner ?? "" });
    const created = card === undefined && line.created !== null ? { created: line.created } : {};
    await writeCard(files, checked(editedCard({ ...before, ...created }, edits)));
    await finish(session, [files.update(`Card of ${line.name}`, Math.floor(wallClockMs() / 1000))]);
  });
  return await showFeature(request);
}

function checked(card: StoredCard): StoredCard {
  const parsed = featureCardSchema.safeParse(card);
  if (parsed.success) return parsed.data;
  throw new UnforkError("usage", explainIssues(parsed.error.issues, card, featureCardSchema).join("\n"), {
    hint: "nothing was written; unfork patch card --help shows what can be set",
  });
}
