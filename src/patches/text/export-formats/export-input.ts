/** Owns the value that every export format writes: a feature's card and its patches. */
import type { FileDiff } from "../file-diff.js";
import type { Fields, Person } from "../text-patch.js";

export type ExportFormat = "mbox" | "quilt" | "electron" | "mozilla" | "github" | "gerrit";

export const EXPORT_FORMATS: readonly ExportFormat[] = ["mbox", "quilt", "electron", "mozilla", "github", "gerrit"];

export interface FeatureCard {
  /** Kebab-case. */
  readonly name: string;
  /** A sentence or more. */
  readonly purpose: string;
  /** `Name <address>`, or only a name. */
  readonly owner: string;
  readonly upstream: UpstreamState;
}

export type UpstreamState =
  | { readonly state: "never" }
  /** `where`: the address of the review or request, when known. */
  | { readonly state: "sent"; readonly where: string | null }
  | { readonly state: "in-upstream"; readonly commit: string };

export interface ExportPatch {
  readonly subject: string;
  /** With trailers or without. */
  readonly body: string;
  readonly author: Person | null;
  /** ISO 8601. */
  readonly date: string | null;
  /** Those that the body does not hold are put behind it. */
  readonly trailers: Fields;
  readonly diffs: readonly FileDiff[];
  /** The upstream commit that is to change nothing (Mozilla's marker); other formats leave such a patch out. */
  readonly noOpFor?: string;
}

export interface ExportInput {
  readonly card: FeatureCard;
  readonly patches: readonly ExportPatch[];
  /** All patches as one difference; for `github` and `gerrit`, when several patches change one file. */
  readonly squashed?: readonly FileDiff[];
}

export interface ExportFile {
  readonly name: string;
  readonly content: Buffer;
}
