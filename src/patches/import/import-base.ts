/** Owns the question what the patches come onto, and for which release their branches are named. */
import type { Session } from "../alone/session.js";
import { commitOf } from "../alone/session.js";
import { baseRef } from "../base-releases.js";
import { UnforkError } from "../../support/errors.js";

export interface ImportBase {
  readonly release: string;
  readonly commit: string;
  readonly tree: string;
  /** There is no `base/<release>`, so that the branch alone does not tell where it starts. */
  readonly unnamed: boolean;
}

const PREFIX = "refs/heads/base/";

/** Releases that have a base. */
export function basesOf(refs: ReadonlyMap<string, string>): string[] {
  return [...refs.keys()].flatMap((ref) => (ref.startsWith(PREFIX) ? [ref.slice(PREFIX.length)] : []));
}

/** `base`: a release, or any commit, which then needs `release`. Throws `usage` where it is not told enough. */
export async function importBase(
  session: Session,
  refs: ReadonlyMap<string, string>,
  { base, release }: { readonly base: string | undefined; readonly release: string | undefined },
): Promise<ImportBase> {
  const named = base ?? onlyRelease(session, refs, release);
  const known = refs.get(baseRef(named));
  if (known === undefined && release === undefined) throw noRelease(session, refs, named);
  const { id, tree } = await commitOf(session, known ?? named);
  const wanted = release ?? named;
  const other = refs.get(baseRef(wanted));
  if (other !== undefined && other !== id)
    throw new UnforkError("usage", `base/${wanted} is ${other.slice(0, 10)}, and --base names ${id.slice(0, 10)}`, {
      hint: "give another --release, or leave --base out",
      context: { ref: `base/${wanted}` },
    });
  return { release: wantRelease(wanted), commit: id, tree, unnamed: other === undefined };
}

function onlyRelease(session: Session, refs: ReadonlyMap<string, string>, release: string | undefined): string {
  const known = basesOf(refs);
  if (release !== undefined && known.includes(release)) return release;
  const [only] = known;
  if (release === undefined && known.length === 1 && only !== undefined) return only;
  throw new UnforkError("usage", `which base of ${session.existing.repository.path} do the patches come onto?`, {
    hint: known.length === 0 ? "give --base <commit> and --release <name>" : `give --base: ${known.join(", ")}`,
  });
}

function noRelease(session: Session, refs: ReadonlyMap<string, string>, base: string): UnforkError {
  const known = basesOf(refs);
  return new UnforkError("usage", `there is no branch base/${base} in ${session.existing.repository.path}`, {
    hint: `a commit as --base wants --release, which names the branch${known.length === 0 ? "" : `; releases with a base: ${known.join(", ")}`}`,
  });
}

/** A release is one level of a ref. */
function wantRelease(release: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(release) && !release.includes("..") && !/\.(lock)?$/.test(release)) return release;
  throw new UnforkError("usage", `'${release}' cannot be the name of a release`, {
    hint: "letters, digits, '.', '_', '+' and '-', as in M150",
  });
}
