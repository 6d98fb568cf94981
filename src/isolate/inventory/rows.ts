/** Owns the rows of the inventory: what each construct is called, what isolation does with it. */
import type { ScanConstruct, ScanSeverity } from "../../model/isolation-scan.js";

export interface Row {
  readonly id: string;
  readonly group: ScanConstruct["group"];
  readonly title: string;
  readonly severity: ScanSeverity;
  readonly action: string;
  /** Its parts in order: id and title; namespaces get a part each besides. */
  readonly parts: Readonly<Record<string, string>>;
  /** What holds as soon as this part occurs. */
  readonly raised?: Readonly<Record<string, { readonly severity: ScanSeverity; readonly action: string }>>;
}

const NAMESPACES: readonly Row[] = [
  { id: "namespaces", group: "namespaces", title: "namespace definitions", severity: "done", action: "renamed", parts: {} },
  {
    id: "other-namespaces",
    group: "namespaces",
    title: "other top-level namespaces",
    severity: "note",
    action: "stay; what the tree defines in them is the same in both flavors",
    parts: {},
  },
  {
    id: "qualified-uses",
    group: "namespaces",
    title: "qualified uses",
    severity: "done",
    action: "renamed",
    parts: { plain: "name::", global: "::name::" },
  },
  {
    id: "using",
    group: "namespaces",
    title: "using and aliases",
    severity: "done",
    action: "renamed where they name a renamed namespace",
    parts: { directive: "using-directives", alias: "aliases", declaration: "using-declarations" },
  },
];

const MACROS: readonly Row[] = [
  {
    id: "macro-bodies",
    group: "macros",
    title: "macro bodies naming one",
    severity: "done",
    action: "renamed in the body; the macro keeps its own name, so one unit cannot use both flavors' (`unfork isolate headers`)",
    parts: {},
  },
  {
    id: "pasting",
    group: "macros",
    title: "macros that paste tokens",
    severity: "note",
    action: "reported as undecided where the result may be a renamed name",
    parts: {},
  },
  {
    id: "stringizing",
    group: "macros",
    title: "macros that stringize",
    severity: "note",
    action: "the strings then hold the new names",
    parts: {},
  },
];

const DECLARATIONS: readonly Row[] = [
  {
    id: "forward",
    group: "declarations",
    title: "forward declarations",
    severity: "done",
    action: "follow their namespace",
    parts: {
      library: "in a renamed namespace",
      global: "at global scope, first column",
      "global-indented": "at global scope, indented",
      foreign: "in another library's namespace",
    },
  },
  {
    id: "lookup",
    group: "declarations",
    title: "argument lookup (ADL)",
    severity: "done",
    action: "moves with the namespace of its argument",
    parts: {
      friend: "friend operators",
      operator: "operators at namespace scope",
      global: "operators at global scope",
      hook: "hooks (AbslHashValue, PrintTo, …)",
    },
  },
  {
    id: "specialisations",
    group: "declarations",
    title: "explicit specialisations",
    severity: "done",
    action: "renamed through their arguments; the template's namespace decides about its own name",
    parts: { library: "of the tree's templates", std: "in std", foreign: "in another library's namespace" },
  },
];

const C_NAMES: readonly Row[] = [
  {
    id: "extern-c",
    group: "C names",
    title: 'extern "C" blocks',
    severity: "done",
    action: "what they define is renamed name by name",
    parts: {},
  },
  {
    id: "c-symbols",
    group: "C names",
    title: "C definitions",
    severity: "done",
    action: "renamed wherever the name occurs",
    parts: { function: "functions", data: "data", constant: "constant data" },
  },
  {
    id: "global-cpp",
    group: "C names",
    title: "types, C++ at global scope",
    severity: "done",
    action: "renamed wherever the name occurs",
    parts: { type: "types", function: "functions", data: "data" },
  },
  {
    id: "asm",
    group: "C names",
    title: "assembler exports",
    severity: "done",
    action: "renamed, with their declarations",
    parts: {},
  },
];

const STATE: readonly Row[] = [
  {
    id: "writable",
    group: "state",
    title: "writable globals",
    severity: "note",
    action: "each flavor gets its own copy: a setting made in one is not seen by the other",
    parts: { c: "C", global: "C++ at global scope", namespaced: "C++ in a renamed namespace" },
  },
];

const REGISTRIES: readonly Row[] = [
  {
    id: "flags",
    group: "registries",
    title: "command-line flags",
    severity: "warning",
    action:
      "FLAGS_… follow the plan, the flag's own name stays: two flavors in one program register it twice unless the flag library is renamed too",
    parts: {},
  },
  {
    id: "registrations",
    group: "registries",
    title: "static registrations",
    severity: "warning",
    action: "stay: look whether the registry is renamed with the tree",
    parts: {},
  },
  {
    id: "tests",
    group: "registries",
    title: "test cases",
    severity: "note",
    action: "stay: both flavors' tests do not link into one test program",
    parts: {},
  },
  {
    id: "proto",
    group: "registries",
    title: ".proto packages",
    severity: "note",
    action: "a package whose first word is a renamed namespace gets the flavor, with the references to it",
    parts: { lite: "lite runtime", full: "full runtime" },
    raised: {
      full: {
        severity: "error",
        action:
          "the package gets the flavor, the path stays; the full runtime's descriptor tables are keyed by the file's path: two flavors in one program clash when they start (use the lite runtime, or another path)",
      },
    },
  },
];

const LANGUAGES: readonly Row[] = [
  {
    id: "objective-c",
    group: "languages",
    title: "Objective-C",
    severity: "warning",
    action: "class and protocol names are one table per process",
    parts: {
      interface: "interfaces",
      implementation: "implementations",
      category: "categories",
      extension: "extensions",
      protocol: "protocols",
      forward: "@class and @protocol lines",
    },
    raised: {
      category: {
        severity: "error",
        action:
          "class and protocol names are one table per process; the methods of a category on a system class collide whatever the class prefix: rename them by hand or share the file",
      },
    },
  },
  {
    id: "jni",
    group: "languages",
    title: "JNI entries",
    severity: "warning",
    action: "found by the virtual machine by name: must match the Java package",
    parts: { entry: "C++ entry points", table: "native method tables" },
  },
  {
    id: "java",
    group: "languages",
    title: "Java",
    severity: "warning",
    action: "the package stays unless the policy renames it together with the JNI names",
    parts: { file: "files", native: "native methods" },
  },
];

const FILES: readonly Row[] = [
  {
    id: "guards",
    group: "files",
    title: "include guards",
    severity: "note",
    action: "both flavors share them: one unit sees the headers of one flavor",
    parts: { macro: "macros", pragma: "#pragma once" },
  },
  {
    id: "includes",
    group: "files",
    title: "includes with its word",
    severity: "note",
    action: "paths stay; each flavor is compiled with its own include folders",
    parts: {},
  },
  {
    id: "exports",
    group: "files",
    title: "export lists",
    severity: "done",
    action: "names in them get the flavor, mangled ones too",
    parts: { def: ".def files", script: "version scripts and symbol lists" },
  },
  {
    id: "platforms",
    group: "files",
    title: "#if on the platform",
    severity: "done",
    action: "every branch is renamed, also those this machine never compiles",
    parts: {},
  },
];

export const ROWS: readonly Row[] = [
  ...NAMESPACES,
  ...MACROS,
  ...DECLARATIONS,
  ...C_NAMES,
  ...STATE,
  ...REGISTRIES,
  ...LANGUAGES,
  ...FILES,
];
