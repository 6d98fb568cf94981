/** Owns what `unfork shim inject` is asked, knows of a component, and finds. */

/** The older release's flavor comes first. */
export interface InjectFlavor {
  readonly name: string;
  /** Include folders of its isolated tree. */
  readonly includes: readonly string[];
}

export interface InjectRequest {
  readonly folder: string;
  readonly component: string;
  /** First words of the library's namespaces, as the component's sources spell them; more are found in its headers. */
  readonly library: readonly string[];
  readonly flavors: readonly [InjectFlavor, InjectFlavor];
  /** The component's namespaces; empty: as its public headers say. */
  readonly namespaces: readonly string[];
  /** Names of the component outside of its namespaces that get the flavor, too. */
  readonly names: readonly string[];
  /** Headers that others include, relative to the folder; empty: all of them, or those below `include/`. */
  readonly publicHeaders: readonly string[];
  /** Include folders of the application, for both flavors. */
  readonly includes: readonly string[];
  readonly exclude: readonly string[];
  /** Folder of the library's shim, which takes in what leaks. */
  readonly shim?: string | undefined;
  readonly compilers: readonly string[];
  readonly standard: string;
  /** Of C sources. */
  readonly cStandard: string;
  readonly flags: readonly string[];
}

/** What gets a flavor's name in the component's sources. */
export interface FlavoredNames {
  /** Each as its words; the last one gets the flavor. */
  readonly namespaces: readonly (readonly string[])[];
  /** Of the library, by flavor: where the releases differ, each has its own. */
  readonly library: readonly [readonly string[], readonly string[]];
  /** The component's own names outside of its namespaces. */
  readonly own: readonly string[];
  /** Those of them that the component itself defines as macros: they get the flavor by a pragma. */
  readonly pragmas: readonly string[];
}

export type InjectFindingKind =
  | "leak"
  | "once"
  | "global"
  | "outside"
  | "shared-namespace"
  | "macro"
  | "shared-word"
  | "not-built"
  | "symbol"
  | "shim"
  | "differs"
  | "does-not-compile"
  | "both-header";

export interface InjectFinding {
  readonly kind: InjectFindingKind;
  /** Relative to the component's folder, or as the compiler tells it; "" where there is none. */
  readonly path: string;
  /** From 1; 0 for the whole file. */
  readonly line: number;
  readonly text: string;
}

export interface IncludeLine {
  readonly line: number;
  readonly spelling: string;
  readonly angled: boolean;
  /** Below an `#if` that is not the file's guard. */
  readonly conditional: boolean;
}

/** A name that a file gives to something at namespace level, or a macro that it defines. */
export interface GivenName {
  readonly name: string;
  readonly line: number;
  /** The namespaces around. */
  readonly scope: readonly string[];
}

export interface ComponentFile {
  /** Relative to the component's folder. */
  readonly path: string;
  readonly isHeader: boolean;
  readonly guard: string | undefined;
  /** Every identifier. */
  readonly words: ReadonlySet<string>;
  /** Line of `#pragma once`; 0 without. */
  readonly once: number;
  readonly includes: readonly IncludeLine[];
  /** Named namespaces that hold more than other namespaces and classes declared ahead. */
  readonly namespaces: readonly (readonly string[])[];
  readonly names: readonly GivenName[];
  /** Macros, each with the identifiers of its text. */
  readonly macros: readonly { readonly name: string; readonly line: number; readonly words: readonly string[] }[];
}
