/** Owns the security fixes that lie between the two releases. */
import { z } from "zod";

/** Where fixes are told: the changelog of a Debian source package that names each CVE with its component. */
export const advisoriesSchema = z.strictObject({
  kind: z.literal("debian-changelog"),
  package: z.string().min(1),
  suites: z.array(z.string().min(1)).min(1),
  /** By release id: the version of the package that holds this release, or its beginning ("120.0.6099.224"). */
  versions: z.record(z.string(), z.string().min(1)),
  /** Only fixes in these components, as the changelog spells them; default: all. */
  components: z.array(z.string().min(1)).optional(),
});
export type Advisories = z.infer<typeof advisoriesSchema>;

export const securityFixSchema = z.strictObject({
  /** CVE-2024-0517. */
  id: z.string(),
  /** "Use after free". */
  what: z.string(),
  /** "WebRTC"; empty where the line names none. */
  component: z.string(),
  /** The package's version that brought it. */
  version: z.string(),
});
export type SecurityFix = z.infer<typeof securityFixSchema>;

export const securityFixesSchema = z.discriminatedUnion("status", [
  z.strictObject({
    status: z.literal("told"),
    /** "Debian's changelog of chromium 150.0.7871.181-1~deb13u1". */
    from: z.string(),
    /** Fixes of versions above the first and up to the second count. */
    above: z.string(),
    upTo: z.string(),
    components: z.array(z.string()),
    fixes: z.array(securityFixSchema),
  }),
  z.strictObject({ status: z.literal("unknown"), why: z.string() }),
]);
export type SecurityFixes = z.infer<typeof securityFixesSchema>;
