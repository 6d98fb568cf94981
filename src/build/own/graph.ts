/** Owns the steps of an own build as values: compile, archive, link. Paths are relative to the ninja folder. */
import type { Language } from "./sources.js";

export interface CompileStep {
  readonly source: string;
  readonly object: string;
  readonly language: Language;
  /** Everything between the compiler's name and `-c`. */
  readonly arguments: readonly string[];
  /** The same in whatever folder the build runs; feeds `-frandom-seed`. */
  readonly seed: string;
  /** Bytes of the source. */
  readonly size: number;
  /** The precompiled header it needs. */
  readonly precompiled?: string;
  /** For compile_commands.json, where they differ: other tools cannot read this compiler's precompiled header. */
  readonly databaseArguments?: readonly string[];
}

export interface PrecompileStep {
  readonly header: string;
  /** `header` with `.gch` behind it: where gcc and clang look when `header` is included. */
  readonly output: string;
  readonly arguments: readonly string[];
}

/** A file that we write before ninja starts. */
export interface WrittenFile {
  readonly path: string;
  readonly text: string;
}

export interface ArchiveStep {
  readonly archive: string;
  /** In the order the members shall have. */
  readonly objects: readonly string[];
}

export interface LinkStep {
  readonly executable: string;
  readonly objects: readonly string[];
  readonly archives: readonly string[];
  readonly flags: readonly string[];
}

export interface BuildGraph {
  readonly files: readonly WrittenFile[];
  readonly precompiles: readonly PrecompileStep[];
  readonly compiles: readonly CompileStep[];
  readonly archives: readonly ArchiveStep[];
  readonly links: readonly LinkStep[];
}

export interface BuildTools {
  readonly cc: string;
  readonly cxx: string;
  readonly ar: string;
  readonly launcher: readonly string[];
}

/** The compiler for a language: assembler with preprocessor goes to the C compiler. */
export function compilerOf(language: Language, tools: BuildTools): string {
  return language === "cxx" ? tools.cxx : tools.cc;
}

/** Several graphs as one, so that one ninja fills all cores. */
export function joinGraphs(graphs: readonly BuildGraph[]): BuildGraph {
  return {
    files: graphs.flatMap((graph) => graph.files),
    precompiles: graphs.flatMap((graph) => graph.precompiles),
    compiles: graphs.flatMap((graph) => graph.compiles),
    archives: graphs.flatMap((graph) => graph.archives),
    links: graphs.flatMap((graph) => graph.links),
  };
}
