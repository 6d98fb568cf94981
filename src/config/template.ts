/** Owns the commented configuration that `unfork init` writes. */

export interface Answers {
  readonly library: string;
  readonly fromRelease: string;
  readonly toRelease: string;
  /** Where upstream's git repository is. */
  readonly url: string;
  readonly fromRef: string;
  readonly toRef: string;
  readonly namespaces: readonly string[];
  readonly compiler: "g++" | "clang++";
}

const quote = (text: string): string => JSON.stringify(text);

/** The text of an `unfork.config.ts` for these answers; it passes the schema as it is. */
export function configTemplate(answers: Answers): string {
  const list = (items: readonly string[]): string => `[${items.map(quote).join(", ")}]`;
  const cc = answers.compiler === "g++" ? "gcc" : "clang";
  return `import { defineConfig } from "unfork";

export default defineConfig({
  // The library's name, used in the report and in refs.
  library: ${quote(answers.library)},

  // Where upstream's releases come from. Sources are tried in order until one answers:
  //   { kind: "git", url, ref }                       tag, branch or commit
  //   { kind: "archive", url | file, sha256 }         a release archive, pinned by its checksum
  //   { kind: "debian", package, version, suites }    a Debian source package
  //   { kind: "folder", path }                        a folder on this machine
  upstream: {
    releases: [
      { id: ${quote(answers.fromRelease)}, sources: [{ kind: "git", url: ${quote(answers.url)}, ref: ${quote(answers.fromRef)} }] },
      { id: ${quote(answers.toRelease)}, sources: [{ kind: "git", url: ${quote(answers.url)}, ref: ${quote(answers.toRef)} }] },
    ],
  },

  // The release your users run today, and the one you want to move to.
  // Each namespace named here becomes <namespace>_legacy or <namespace>_latest.
  // C functions, variables and types at global scope are found by themselves; "rename" adds globs for further ones.
  flavors: {
    legacy: { release: ${quote(answers.fromRelease)}, isolate: { namespaces: ${list(answers.namespaces)} } },
    latest: { release: ${quote(answers.toRelease)}, isolate: { namespaces: ${list(answers.namespaces)} } },
  },

  // Names that both flavors may define besides the toolchain's own library, each with its reason:
  // shared: { symbols: [{ pattern: "mylog::*", reason: "one log for the whole program" }] },

  // Globs are relative to each release's tree. For your own build system see docs/building.md.
  build: {
    system: "own",
    cc: ${quote(cc)},
    cxx: ${quote(answers.compiler)},
    flavors: {
      legacy: { includeRoots: ["include", "src"], cxxflags: ["-std=c++20", "-O2"], units: [{ sources: ["src/**/*.{c,cc,cpp}"] }] },
      latest: { includeRoots: ["include", "src"], cxxflags: ["-std=c++20", "-O2"], units: [{ sources: ["src/**/*.{c,cc,cpp}"] }] },
    },
    program: {
      name: ${quote(answers.library)},
      sources: ["program/main.cc"],
      adapters: { legacy: ["program/adapter_legacy.cc"], latest: ["program/adapter_latest.cc"] },
      cxxflags: ["-std=c++20", "-O2"],
    },
  },

  // One API over both releases, generated from their headers; it takes the adapters' place (docs/shim/project.md):
  // shim: { surface: "shim/surface.yaml", headers: { legacy: ["api.h"], latest: ["api.h"] } },

  // Your own changes, one folder each with its purpose and owner.
  // features: "features",

  // What looks at a feature whose conflict somebody settled: it must build and pass its tests.
  // patches: { verify: [["make", "-C", "{tree}", "check"]] },

  // What both flavors are compared on.
  // useCases: { dir: "use-cases", repeat: 5 },
});
`;
}
