/** Owns `patch export`: a feature's commits on a release as files for somebody else. */
import type { ByteString } from "../../git/bytes.js";
import { gitOk } from "../../git/git.js";
import { patchTexts } from "../../git/patch-texts.js";
import { type RawCommit, messageText, parseRawCommit } from "../../git/raw-commit.js";
import type { ShownUpstream } from "../../model/feature-card.js";
import type { PatchExport } from "../../model/patch-export.js";
import { UnforkError } from "../../support/errors.js";
import { type Session, commitOf, readRepository } from "../alone/session.js";
import { type KnownFeature, type ListRequest, knownFeatures } from "../cards/list-features.js";
import type { FeatureOn } from "../cards/features-on.js";
import { listStack } from "../stack/stack-patch.js";
import { withoutOwnTrailers } from "../import/trailers.js";
import type { ExportFormat, ExportInput, ExportPatch, FeatureCard, UpstreamState } from "../text/export-formats/export-input.js";
import { type LayerChoice, inOneLayer } from "./one-layer.js";
import { writeExport } from "../text/export-formats/write-export.js";
import { isoDate } from "../text/mail/dates.js";
import { splitMessage } from "../text/message.js";
import { parseDiff } from "../text/parse-diff.js";
import type { Person } from "../text/text-patch.js";

export interface ExportRequest extends Omit<ListRequest, "staleDays" | "release"> {
  readonly feature: string;
  readonly release: string;
  readonly format: ExportFormat;
  readonly out: string;
  /** What stands in the folder goes. */
  readonly replace: boolean;
  /** Only its files there, with paths from the layer's root. */
  readonly layer?: LayerChoice;
}

/** Throws `usage` for a feature that is not on the release, or lacks a purpose or an owner. */
export async function exportAlone(request: ExportRequest): Promise<PatchExport> {
  return await readRepository(request.repo, (session) => exportFrom(session, request));
}

/** The same from a repository that is open. */
export async function exportFrom(session: Session, request: Omit<ExportRequest, "repo">): Promise<PatchExport> {
  const { features } = await knownFeatures(session, { ...request, repo: "", staleDays: 0 });
  const { line, on } = wanted(session, request, features);
  const whole = await inputOf(session, line, on);
  const { feature, release, format, out, layer, replace } = request;
  const files = await writeExport(out, format, layer === undefined ? whole : inOneLayer(whole, layer), { replace });
  return { feature, release, format, ...(layer === undefined ? {} : { layer: layer.name }), out, commits: [...on.commits], files };
}

/** A stack that is no feature of the cards: a series of a layer, say. */
export interface ExportSeries extends Pick<ExportRequest, "format" | "out" | "replace" | "release"> {
  readonly name: string;
  readonly purpose: string;
  readonly owner: string;
  readonly start: string;
  readonly tip: string;
}

export async function exportSeries(session: Session, series: ExportSeries): Promise<PatchExport> {
  const { name, purpose, owner, start, tip, release, format, out, replace } = series;
  const commits = await listStack(session.pool, { base: start, tip });
  const input = await stackInput(session, { name, purpose, owner, upstream: { state: "never" } }, { commits, start, tip });
  return { feature: name, release, format, out, commits, files: await writeExport(out, format, input, { replace }) };
}

function wanted(
  { existing }: Session,
  { feature, release }: Pick<ExportRequest, "feature" | "release">,
  features: readonly KnownFeature[],
) {
  const known = features.find(({ line }) => line.name === feature);
  const on = known?.on[0];
  if (known === undefined || on === undefined)
    throw new UnforkError("usage", `there is no branch ${feature}/${release} in ${existing.repository.path}`, {
      hint: `unfork patch list shows what is where; on ${release}: ${
        features
          .filter((one) => one.on.length > 0)
          .map(({ line }) => line.name)
          .join(", ") || "nothing"
      }`,
    });
  if (on.astray)
    throw new UnforkError("input-invalid", `${feature}/${release} does not stand on base/${release}`, { hint: "port it there first" });
  return { line: known.line, on };
}

async function inputOf(session: Session, line: KnownFeature["line"], on: FeatureOn): Promise<ExportInput> {
  if (line.purpose === null || line.owner === null)
    throw new UnforkError("usage", `feature ${line.name} has no ${line.purpose === null ? "purpose" : "owner"}`, {
      hint: `unfork patch card ${line.name} --set purpose=… --set owner=…`,
    });
  const card = { name: line.name, purpose: line.purpose, owner: line.owner, upstream: stateOf(line.upstream) };
  return await stackInput(session, card, on);
}

async function stackInput(session: Session, card: FeatureCard, on: Pick<FeatureOn, "commits" | "start" | "tip">): Promise<ExportInput> {
  const { pool } = session;
  const [texts, start] = await Promise.all([patchTexts(pool.repository, on.commits, { binary: true }), commitOf(session, on.start)]);
  const patches = await Promise.all(
    on.commits.map(async (commit) => exported(parseRawCommit(await pool.read(commit, "commit")), texts.get(commit) ?? "", commit)),
  );
  const whole = await gitOk(pool.repository, [
    "diff-tree",
    "-r",
    "-p",
    "--binary",
    "--full-index",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    start.id,
    on.tip,
  ]);
  const squashed = parseDiff(whole, card.name, { strip: 1 });
  return { card, patches, squashed };
}

/** Without a commit to name, an export says nothing of upstream. */
function stateOf(upstream: ShownUpstream): UpstreamState {
  if (upstream.state === "sent") return { state: "sent", where: upstream.url };
  if (upstream.state === "never" || upstream.commit === null) return { state: "never" };
  return { state: "in-upstream", commit: upstream.commit };
}

function exported(raw: RawCommit, diff: ByteString, commit: string): ExportPatch {
  const message = splitMessage(withoutOwnTrailers(messageText(raw)));
  return { ...message, ...signOf(raw.author), trailers: new Map(), diffs: parseDiff(diff, commit, { strip: 1 }) };
}

/** Of `Name <mail> seconds zone`. */
function signOf(author: ByteString): { author: Person | null; date: string | null } {
  const [, name = "", email = "", seconds = "", sign = "", hours = "", minutes = ""] =
    /^(.*?) ?<([^>]*)> (-?\d+) ([+-])(\d\d)(\d\d)$/.exec(Buffer.from(author, "latin1").toString("utf8")) ?? [];
  if (seconds === "") return { author: null, date: null };
  const zone = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return { author: { name, email }, date: isoDate(Number(seconds), zone) };
}
