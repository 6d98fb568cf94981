/** Owns upstream's own git repository as a source, with the repositories that its DEPS file pins. */

import type { GitSource, ReleaseDay } from "../model/source.js";
import { emit } from "../support/bus.js";
import { UnforkError } from "../support/errors.js";
import { depsPin } from "./deps-pin.js";
import { readBlobs } from "./git-blobs.js";
import { git } from "./git-command.js";
import { effectiveUrl } from "./git-history.js";
import { fetchBlobs, fetchCommit, type GitEntry, gitStore, listCommit } from "./git-store.js";
import { isWithin, joinTree, missingOf, normalFolder, wantedOf } from "./keep.js";
import type { Located, Provider, ProviderContext } from "./provider.js";
import type { EntryWriter } from "./tar-stream.js";
import { createTreeWriter, type TreeWriter, type WrittenTree } from "./tree-writer.js";

export const gitProvider: Provider<GitSource> = { describe, locate };

/** One repository's part of the tree. */
interface Part {
  readonly url: string;
  readonly commit: string;
  readonly into: string;
}

function describe(source: GitSource): string {
  const deps = source.deps.length === 0 ? "" : ` with ${source.deps.map(({ path }) => path).join(", ")} of its DEPS`;
  return `git ${source.url} at ${source.ref}${deps}`;
}

async function locate(source: GitSource, context: ProviderContext): Promise<Located[]> {
  const url = effectiveUrl(source.url, context.baseFolder);
  const commit = await fetchCommit(context.cache, url, source.ref);
  const main: Part = { url, commit, into: normalFolder(source.into) };
  const parts = [main, ...(await depsParts(source, main, context))];
  const located = {
    origin: source.ref === commit ? `${source.url} at ${commit}` : `${source.ref} of ${source.url} at ${commit}`,
    checksum: commit,
    identity: parts.map((part) => `git ${part.commit} into ${part.into}`).join("\n"),
    fill: (target: string) => fill(parts, context, target),
    day: () => commitDay(gitStore(context.cache, url), commit),
  };
  return [located];
}

/** Of the commit's committer, in UTC. */
async function commitDay(store: string, commit: string): Promise<ReleaseDay | undefined> {
  const seconds = Number((await git(store, ["show", "--no-patch", "--no-show-signature", "--format=%ct", commit])).trim());
  if (!Number.isInteger(seconds)) return undefined;
  return { day: new Date(seconds * 1000).toISOString().slice(0, 10), from: `commit ${commit.slice(0, 12)}` };
}

async function depsParts(source: GitSource, main: Part, context: ProviderContext): Promise<Part[]> {
  if (source.deps.length === 0) return [];
  const text = await git(gitStore(context.cache, main.url), ["cat-file", "blob", `${main.commit}:DEPS`]).catch((error: unknown) => {
    if (error instanceof UnforkError && error.code === "network") throw error;
    throw new UnforkError("input-invalid", `${describe(source)}: the repository has no DEPS file`, {
      hint: "leave out 'deps'",
      cause: error,
    });
  });
  return source.deps.map(({ path, into }) => {
    const pin = depsPin(text, path);
    return { url: pin.url, commit: pin.revision, into: normalFolder(into) };
  });
}

async function fill(parts: readonly Part[], context: ProviderContext, target: string): Promise<WrittenTree> {
  const writer = createTreeWriter(target, parts[0]?.url ?? "git");
  try {
    for (const part of parts) await fillPart(part, parts, context, writer);
    assertComplete(parts, context, writer);
    return writer.finish();
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

async function fillPart(part: Part, parts: readonly Part[], context: ProviderContext, writer: TreeWriter): Promise<void> {
  const wanted = wantedOf(context.keep, part.into);
  if (wanted !== "all" && wanted.length === 0) return;
  const commit = await fetchCommit(context.cache, part.url, part.commit);
  const store = gitStore(context.cache, part.url);
  const entries = (await listCommit(store, commit, wanted)).filter(({ path }) => !isAnothers(joinTree(part.into, path), part, parts));
  await fetchBlobs(context.cache, part.url, commit, new Set(entries.map(({ id }) => id)));
  await writeEntries(store, entries, part, context.release, writer);
}

/** Whether a path belongs to a repository whose place lies deeper in the tree. */
function isAnothers(path: string, part: Part, parts: readonly Part[]): boolean {
  return parts.some((other) => other.into !== part.into && isWithin(other.into, part.into) && isWithin(path, other.into));
}

async function writeEntries(store: string, entries: readonly GitEntry[], part: Part, release: string, writer: TreeWriter): Promise<void> {
  const label = `${release} from ${part.url}`;
  await readBlobs(
    store,
    entries.map(({ id }) => id),
    (index) => {
      if (index % 500 === 0) emit({ type: "progress", label, done: index, total: entries.length, unit: "files" });
      return entryWriter(entries[index], part.into, writer);
    },
  );
  emit({ type: "progress:end", label });
}

function entryWriter(entry: GitEntry | undefined, into: string, writer: TreeWriter): EntryWriter {
  if (entry === undefined) throw new Error("git gave more blobs than were asked for");
  const path = joinTree(into, entry.path);
  if (entry.mode !== "120000") return writer.file(path, entry.mode === "100755");
  const target: Buffer[] = [];
  return { write: (piece) => target.push(Buffer.from(piece)), end: () => writer.symlink(path, Buffer.concat(target).toString("utf8")) };
}

function assertComplete(parts: readonly Part[], context: ProviderContext, writer: TreeWriter): void {
  const paths = writer.paths();
  const missing = missingOf(context.keep, paths);
  if (missing.length === 0 && paths.length > 0) return;
  const what = parts.map(({ url, commit }) => `${url} at ${commit}`).join(" and ");
  throw new UnforkError("input-invalid", `${what} ${missing.length === 0 ? "holds no files" : `has no ${missing.join(", no ")}`}`, {
    hint: "check the release's 'keep' and the source's 'into' and 'deps'",
  });
}
