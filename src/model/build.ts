/** Owns the description of a build and its result. */
import { z } from "zod";

export const modeSchema = z.enum(["legacy", "latest", "dual"]);
export type Mode = z.infer<typeof modeSchema>;
export const MODES: readonly Mode[] = ["legacy", "latest", "dual"];

export const flavorSchema = z.enum(["legacy", "latest"]);
export type Flavor = z.infer<typeof flavorSchema>;
export const FLAVORS: readonly Flavor[] = ["legacy", "latest"];

/** Sources that are compiled with the same extra flags. Globs and paths are relative to the tree. */
export const unitSchema = z.strictObject({
  /** For people: what these sources are. */
  title: z.string().optional(),
  sources: z.array(z.string()).min(1),
  exclude: z.array(z.string()).default([]),
  flags: z.array(z.string()).default([]),
});

/** What becomes one static archive. */
export const libraryBuildSchema = z.strictObject({
  includeRoots: z.array(z.string()).default([]),
  /** Include roots relative to the config's folder, searched first: replacement headers of the team's own. */
  ownIncludeRoots: z.array(z.string()).default([]),
  defines: z.array(z.string()).default([]),
  /** Flags for C and C++ alike. */
  flags: z.array(z.string()).default([]),
  cflags: z.array(z.string()).default([]),
  cxxflags: z.array(z.string()).default([]),
  /** Standard headers, as in "vector", compiled once and included first into every C++ unit: builds faster, same objects. */
  precompiled: z.array(z.string()).default([]),
  units: z.array(unitSchema).min(1),
});
export type LibraryBuild = z.infer<typeof libraryBuildSchema>;

/** The program that holds one flavor or both; paths relative to the config's folder. */
export const programBuildSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
  /** Compiled into every mode. They see no header of either release. */
  sources: z.array(z.string()).min(1),
  /**
   * Compiled when that flavor is in the program; each sees only its own flavor's include roots, defines and flags. The unit of a
   * generated shim is one more.
   */
  adapters: z.strictObject({ legacy: z.array(z.string()).default([]), latest: z.array(z.string()).default([]) }).prefault({}),
  includeRoots: z.array(z.string()).default([]),
  defines: z.array(z.string()).default([]),
  flags: z.array(z.string()).default([]),
  cxxflags: z.array(z.string()).default([]),
  linkFlags: z.array(z.string()).default([]),
});
export type ProgramBuild = z.infer<typeof programBuildSchema>;

/** Our own way: globs, flags and a compiler become build.ninja and compile_commands.json. */
export const ownBuildSchema = z.strictObject({
  system: z.literal("own"),
  cc: z.string().default("gcc"),
  cxx: z.string().default("g++"),
  ar: z.string().default("ar"),
  /** Put before each compile command, as in ["ccache"] or ["distcc"]. */
  launcher: z.array(z.string()).default([]),
  flavors: z.strictObject({ legacy: libraryBuildSchema, latest: libraryBuildSchema }),
  program: programBuildSchema,
});
export type OwnBuild = z.infer<typeof ownBuildSchema>;

/**
 * Arguments with placeholders. In a flavor's commands: {tree} {out} {flavor} {jobs} {root}. In a program's: {out} {mode} {jobs} {root}
 * {archive:legacy} {archive:latest} {tree:legacy} {tree:latest}; an argument that is only {archive:…} becomes one per archive. With a
 * generated shim also {shim} {shim:runtime} {shim:byhand}.
 */
const commandLineSchema = z.array(z.string()).min(1);

/** The user's own build system: commands per flavor, then commands per mode. */
export const commandBuildSchema = z.strictObject({
  system: z.literal("commands"),
  flavor: z.strictObject({
    commands: z.array(commandLineSchema).min(1),
    /** Where the static archives come out. */
    archives: z.array(z.string()).min(1),
    compileDatabase: z.string().optional(),
  }),
  program: z.strictObject({
    commands: z.array(commandLineSchema).min(1),
    executable: z.string(),
  }),
});
export type CommandBuild = z.infer<typeof commandBuildSchema>;

export const buildSchema = z.discriminatedUnion("system", [ownBuildSchema, commandBuildSchema]);
export type BuildDescription = z.infer<typeof buildSchema>;

export const flavorBuildResultSchema = z.strictObject({
  flavor: flavorSchema,
  /** Absolute paths of the static archives. */
  archives: z.array(z.string()),
  /** Absolute path of compile_commands.json, when there is one. */
  compileDatabase: z.string().nullable(),
  objects: z.number().int(),
});
export type FlavorBuildResult = z.infer<typeof flavorBuildResultSchema>;

export const programSizeSchema = z.strictObject({
  mode: modeSchema,
  /** Bytes of the executable as linked. */
  raw: z.number().int(),
  /** Bytes without symbol table and debug information. */
  stripped: z.number().int(),
  /** Bytes of the stripped executable compressed by gzip -9. */
  gzip: z.number().int(),
});
export type ProgramSize = z.infer<typeof programSizeSchema>;

export const programResultSchema = z.strictObject({
  mode: modeSchema,
  executable: z.string(),
  size: programSizeSchema,
});
export type ProgramResult = z.infer<typeof programResultSchema>;

/** A compiler's complaint, at the place in the original, un-renamed source. */
export const compileErrorSchema = z.strictObject({
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  message: z.string(),
  command: z.string(),
});
export type CompileError = z.infer<typeof compileErrorSchema>;
