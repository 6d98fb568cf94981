/** Owns what isolation is asked to do (the policy) and what it did. */
import { z } from "zod";

/** A glob over whole names (`*`, `?`) or a regular expression between slashes, as in `/^WebRtc[A-Z]/`. */
const patternSchema = z
  .string()
  .min(1)
  .refine(isPattern, "is not a valid regular expression between slashes")
  .meta({ description: "a glob over whole names (* any run, ? one character), or a regular expression between slashes: /^WebRtc[A-Z]/" });

const pathGlobSchema = z
  .string()
  .min(1)
  .meta({ description: "a glob over paths relative to the tree: * and ? stay inside a folder, ** spans folders" });
const filesSchema = z.array(pathGlobSchema).default([]);
const reasonSchema = z.string().min(1).optional();
const identifier = /^[A-Za-z_]\w*$/;

/** Which names, where, why; a bare pattern is short for a rule of that pattern alone. */
const nameRuleSchema = z
  .union([
    patternSchema,
    z.strictObject({
      match: z.union([patternSchema, z.array(patternSchema).min(1)]),
      /** Only in files that match; empty: everywhere. */
      files: filesSchema,
      reason: reasonSchema,
    }),
  ])
  .transform(nameRuleOf);

/** `match` holds when one of its patterns does. */
export interface NameRule {
  readonly match: readonly string[];
  /** Globs over files; empty: everywhere. */
  readonly files: readonly string[];
  readonly reason?: string | undefined;
}

function nameRuleOf(rule: string | { match: string | string[]; files: string[]; reason?: string | undefined }): NameRule {
  if (typeof rule === "string") return { match: [rule], files: [] };
  return { ...rule, match: typeof rule.match === "string" ? [rule.match] : rule.match };
}

/** A folder that keeps its names in every flavor. */
const shareRuleSchema = z
  .union([
    z.string().min(1),
    z.strictObject({
      path: z.string().min(1).meta({ description: "a folder of the tree, as in third_party/abseil-cpp" }),
      /** Namespaces of the folder that keep their names; empty: those that only the folder opens. */
      namespaces: z.array(z.string().regex(identifier, "must be one C++ identifier")).default([]),
      reason: reasonSchema,
    }),
  ])
  .transform((rule): ShareRule =>
    typeof rule === "string" ? { path: trimmed(rule), namespaces: [] } : { ...rule, path: trimmed(rule.path) },
  );

export interface ShareRule {
  /** Without a slash at its end. */
  readonly path: string;
  readonly namespaces: readonly string[];
  readonly reason?: string | undefined;
}

function trimmed(path: string): string {
  return path.replace(/^\.\//, "").replace(/\/+$/, "");
}

/** The only rule that changes what stands between quotes. */
const stringRuleSchema = z.strictObject({
  match: patternSchema.meta({ description: "the whole text between the quotes (glob), or a part of it (/regular expression/)" }),
  /** New text; `{flavor}` and, behind a regular expression, `$1` … are filled in. Without it, renamed names in the text get the flavor. */
  replace: z.string().optional(),
  files: filesSchema,
  reason: reasonSchema,
});
export type StringRule = z.infer<typeof stringRuleSchema>;

/** A replacement of bytes in the renamed text of a file. */
const patchRuleSchema = z.strictObject({
  files: z.array(pathGlobSchema).min(1),
  find: z
    .string()
    .min(1)
    .refine(isPattern, "is not a valid regular expression between slashes")
    .meta({ description: "literal text of the renamed file, or a /regular expression/ (flags: i, m, s)" }),
  replace: z.string().meta({ description: "new text; {flavor} and, behind a regular expression, $1 … are filled in" }),
  /** Matches wanted in all files of the rule together; another number is an error. `any`: at least one. */
  times: z.union([z.int().min(1), z.literal("any")]).default(1),
  reason: reasonSchema,
});
export type PatchRule = z.infer<typeof patchRuleSchema>;

/** What becomes of a token that the text alone does not decide. */
const settleRuleSchema = z.strictObject({
  token: z.string().min(1).meta({ description: "the token as the list of undecided ones shows it" }),
  file: pathGlobSchema,
  /** From 1 on, in the original file; without it, every such token of the file. */
  line: z.int().min(1).optional(),
  as: z.enum(["rename", "leave"]),
  reason: reasonSchema,
});
export type SettleRule = z.infer<typeof settleRuleSchema>;

const renameOrKeep = z.enum(["keep", "rename"]).default("keep");

export const isolationPlanSchema = z.strictObject({
  $schema: z.string().optional(),
  namespaces: z
    .array(z.string().regex(identifier, "must be one C++ identifier"))
    .default([])
    .describe(
      "external namespaces; each becomes '<ns>_<flavor>'. Empty: those that the tree itself opens at global scope and fills are found",
    ),
  rename: z
    .array(nameRuleSchema)
    .default([])
    .describe(
      "further identifiers that get '_<flavor>': every token of that spelling. Names that the tree defines are found without a rule",
    ),
  keep: z.array(nameRuleSchema).default([]).describe("identifiers that stay as they are; wins over what is found"),
  expose: z
    .array(nameRuleSchema)
    .default([])
    .describe("renamed names that are also reachable under their old spelling; 'ns::Name' for members of a namespace"),
  share: z.array(shareRuleSchema).default([]).describe("folders that keep their names: a module that both flavors use"),
  files: z
    .array(pathGlobSchema)
    .default([])
    .describe("globs over files, relative to the tree, that are rewritten; default: every C-family file"),
  exclude: z.array(pathGlobSchema).default([]).describe("globs over files that are left as they are, and whose names nobody renames"),
  strings: z.array(stringRuleSchema).default([]).describe("rules that change strings; without one no string changes"),
  patch: z.array(patchRuleSchema).default([]).describe("replacements in single files"),
  settle: z.array(settleRuleSchema).default([]).describe("decisions on tokens that the text alone does not decide"),
  guards: renameOrKeep.describe("include guards: renamed, headers of two flavors can be read by one unit"),
  paths: renameOrKeep.describe("names of header files, on disk and in include lines"),
  macros: renameOrKeep.describe("macros that the tree defines in headers"),
  trigraphs: z
    .enum(["auto", "read", "ignore"])
    .default("auto")
    .describe("whether trigraphs are read, as GCC and Clang do under -trigraphs and -std=c99; auto: as each file itself shows"),
  java: z
    .array(z.string().regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, "must be a Java package, as in org.webrtc"))
    .default([])
    .describe("Java packages that get `_<flavor>`, with the names of their native methods and their class paths in strings"),
});
export type IsolationPlan = z.infer<typeof isolationPlanSchema>;
/** What a user writes. */
export type IsolationPolicyInput = z.input<typeof isolationPlanSchema>;

/** Whether a text between slashes is a regular expression; any other text is fine. */
function isPattern(text: string): boolean {
  const parts = /^\/(.+)\/([ims]*)$/s.exec(text);
  if (parts === null) return true;
  try {
    return new RegExp(parts[1] as string, parts[2]) instanceof RegExp;
  } catch {
    return false;
  }
}

export const isolationResultSchema = z.strictObject({
  flavor: z.string(),
  release: z.string(),
  /** Absolute path of the isolated tree. */
  path: z.string(),
  /** Digest over path, mode and content of every file. */
  digest: z.string(),
  files: z.number().int(),
  changedFiles: z.number().int(),
  bytes: z.number().int(),
  edits: z.number().int(),
  /** Every renamed namespace with the number of tokens changed. */
  namespaces: z.array(z.strictObject({ from: z.string(), to: z.string(), edits: z.number().int() })),
  /** Every renamed global name with what it is (function, variable, type, enumeration, asm; `by rule` where only a rule names it). */
  names: z.array(z.strictObject({ from: z.string(), to: z.string(), edits: z.number().int(), kind: z.string().default("by rule") })),
  /** Files that got a new path, where the policy renames paths. */
  moved: z.array(z.strictObject({ from: z.string(), to: z.string() })).optional(),
  /** Strings that the policy's rules changed. */
  strings: z.number().int().default(0),
  /** Places that the policy's patches replaced. */
  patches: z.number().int().default(0),
  /** Tokens that could not be decided: left as they are. */
  undecided: z.array(z.strictObject({ file: z.string(), line: z.number().int(), token: z.string(), why: z.string() })),
  /** Tokens that the compiler decided, with a place that shows why. */
  decided: z
    .array(
      z.strictObject({
        file: z.string(),
        line: z.number().int(),
        token: z.string(),
        as: z.enum(["rename", "leave"]),
        evidence: z.string(),
      }),
    )
    .default([]),
  /** Namespaces opened at global scope with the verdict on each, when they were found rather than named. */
  found: z.array(z.strictObject({ name: z.string(), verdict: z.string(), why: z.string() })).default([]),
  /** Old spellings that lead to renamed names, by the policy's `expose`. */
  exposed: z.array(z.string()).default([]),
  /** Entries of the tree that cannot be copied and were left out: sockets, pipes, devices. */
  skipped: z.array(z.strictObject({ path: z.string(), what: z.string() })).default([]),
  /** Rules of the policy that match nothing, and other things to look at. */
  warnings: z.array(z.string()).default([]),
});
export type IsolationResult = z.infer<typeof isolationResultSchema>;
