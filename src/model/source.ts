/** Owns the description of where a release's tree comes from, and of the tree that came. */
import { z } from "zod";

const relativePath = z
  .string()
  .min(1)
  .refine((path) => !path.startsWith("/") && !path.split("/").includes(".."), "must be a relative path without '..'");

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hexadecimal digits (SHA-256)");

/** Upstream's own git repository. `deps` fetches repositories that the tree's DEPS file pins. */
export const gitSourceSchema = z.strictObject({
  kind: z.literal("git"),
  url: z.string().min(1),
  /** Tag, branch or commit. */
  ref: z.string().min(1),
  /** Where this repository's root lies in the release's tree. */
  into: relativePath.default("."),
  deps: z
    .array(
      z.strictObject({
        /** The key in upstream's DEPS file, as in "src/third_party". */
        path: z.string().min(1),
        into: relativePath,
      }),
    )
    .default([]),
});

/** A release archive (.tar, .tar.xz, .tar.gz, .tar.bz2, .tar.zst) by URL or file, pinned by its checksum. */
export const archiveSourceSchema = z
  .strictObject({
    kind: z.literal("archive"),
    url: z.string().optional(),
    file: z.string().optional(),
    sha256,
    into: relativePath.default("."),
  })
  .refine((value) => (value.url === undefined) !== (value.file === undefined), "needs exactly one of 'url' and 'file'");

/** A Debian source package's upstream archive; the newest build whose version begins with `version` is taken. */
export const debianSourceSchema = z.strictObject({
  kind: z.literal("debian"),
  package: z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/, "must be a Debian source package name"),
  /** Upstream version or its leading parts, as in "120" or "120.0.6099". */
  version: z.string().min(1),
  suites: z.array(z.string().min(1)).min(1),
  into: relativePath.default("."),
});

/** A folder on this machine. */
export const folderSourceSchema = z.strictObject({
  kind: z.literal("folder"),
  path: z.string().min(1),
  into: relativePath.default("."),
});

export const sourceSchema = z.discriminatedUnion("kind", [gitSourceSchema, archiveSourceSchema, debianSourceSchema, folderSourceSchema]);

export type GitSource = z.infer<typeof gitSourceSchema>;
export type ArchiveSource = z.infer<typeof archiveSourceSchema>;
export type DebianSource = z.infer<typeof debianSourceSchema>;
export type FolderSource = z.infer<typeof folderSourceSchema>;
export type Source = z.infer<typeof sourceSchema>;

export const releaseSchema = z.strictObject({
  /** The label used everywhere: in refs, flags and the report. */
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "must be a label like M120 or 7.1.5"),
  /** Day of upstream's release, for the lag; default: what the source tells, where it tells one. */
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, "must be a day as YYYY-MM-DD")
    .optional(),
  /** Sub-trees to keep, relative to the tree's root; empty keeps all. */
  keep: z.array(relativePath).default([]),
  /** Tried in order until one answers. */
  sources: z.array(sourceSchema).min(1),
});

export type Release = z.infer<typeof releaseSchema>;

/** The day of a release as its source tells it, and what told it. */
export const releaseDaySchema = z.strictObject({ day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/), from: z.string() });
export type ReleaseDay = z.infer<typeof releaseDaySchema>;

/** A release's tree in the cache. */
export const fetchedTreeSchema = z.strictObject({
  release: z.string(),
  kind: z.enum(["git", "archive", "debian", "folder"]),
  /** What exactly was taken: "chromium 150.0.7871.181 (Debian trixie)", "branch-heads/6099 at 1a2b3c…". */
  origin: z.string(),
  /** SHA-256 of the archive, commit id of the repository, or digest of the folder. */
  checksum: z.string(),
  /** Digest over every kept file's path, mode and content: equal trees have equal digests. */
  digest: z.string(),
  /** Absolute path of the read-only tree. */
  path: z.string(),
  files: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  /** Providers tried before this one, with why they did not serve. */
  failed: z.array(z.strictObject({ provider: z.string(), why: z.string() })),
});

export type FetchedTree = z.infer<typeof fetchedTreeSchema>;
