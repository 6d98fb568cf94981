/**
 * Joins the compiled files into a few: the command line and its threads start in half the time. Other packages are left where
 * they are. Usage: node scripts/bundle.mjs, behind the compiler.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "rolldown";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const dir = join(dist, "bundle");

/** Modules by room and name; `*`: any in that room. */
function modules(...paths) {
  const patterns = paths.map((path) => path.replaceAll("/", "[\\\\/]").replaceAll("*", "[^\\\\/]*"));
  return new RegExp(`(?:dist[\\\\/](?:${patterns.join("|")})\\.js|node_modules[\\\\/]commander[\\\\/].*)$`);
}

/** What every command loads, and what every port of patches does: one file each, since finding a file takes longer than reading it. */
const JOINED = [
  {
    name: "start",
    test: modules(
      "cli/(?:base-program|command|exit-codes|original-places|print-error|program-for|terminal)",
      "cli/commands/isolate/group",
      "support/(?:bus|children|compiled-module|errors|exec|fs|hash|order|process-mark|process-start|remove-stubborn|shell-line|style|temporary-folders|version)",
    ),
  },
  {
    name: "before",
    test: modules("cli/(?:before|isolate-itself)", "support/(?:clock|code-cache|engine-flags|own-files|random)"),
  },
  {
    name: "port",
    test: modules(
      "cli/commands/patch/(?:alone|group|place|port|resolver-options)",
      "git/(?!import-tree|merge-file|repository|diff)*",
      "git/store/*",
      "git/text-merge/*",
      "model/patch-status",
      "patches/alone/(?:port-alone|run-port|session)",
      "patches/stack/*",
      "patches/state/(?:learned|patch-state|resolutions)",
      "patches/(?:triage|upstreamed)/*",
      "patches/text/(?:apply-(?:binary|delta|file|hunks)|base85|file-diff|find-place|git-head|git-names|parse-(?:binary|diff|hunks)|patch-lines|plain-head|quoted-name|raw-name)",
      "report/(?:figures|patch-port|vocabulary)",
      "support/group-by",
    ),
  },
];

/** Commander can start a program per command, which ours are not; what that takes is loaded no earlier than it is called. */
const STARTS_NOTHING = {
  name: "starts-nothing",
  transform: {
    filter: { id: /[\\/]commander[\\/]lib[\\/]command\.js$/ },
    handler(code) {
      const loads = "const childProcess = require('node:child_process');";
      if (!code.includes(loads)) throw new Error("commander loads processes in another way now");
      // No line moves.
      return { code: code.replace(loads, "").replaceAll("childProcess.spawn(", "require('node:child_process').spawn("), map: null };
    },
  },
};

rmSync(dir, { recursive: true, force: true });
const { output } = await build({
  input: [
    "cli/main.js",
    "cli/before.js",
    "isolate/engine/part-thread.js",
    "isolate/engine/create-thread.js",
    "store/telemetry/jobs/telemetry-thread.js",
    "experiment/simulate/run-thread.js",
  ].map((path) => join(dist, path)),
  platform: "node",
  preserveEntrySignatures: "allow-extension",
  external: (id) => id !== "commander" && !/^[./]/.test(id),
  plugins: [STARTS_NOTHING],
  output: {
    dir,
    format: "cjs",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    sourcemap: "hidden",
    codeSplitting: { includeDependenciesRecursively: false, groups: JOINED },
  },
  logLevel: "warn",
  // `import.meta.resolve` is asked where the sources run uncompiled, never here.
  checks: { emptyImportMeta: false },
});
wantNoCircles(output);
// Node loads modules of this kind at once, one after the other; those of the other kind it links first, which takes longer.
writeFileSync(join(dir, "package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);

/** Files that load each other find what the other has not set yet: a group then lacks modules that its own need. */
function wantNoCircles(chunks) {
  const byName = new Map(chunks.filter(({ type }) => type === "chunk").map((chunk) => [chunk.fileName, chunk]));
  const done = new Set();
  for (const name of byName.keys()) follow(name, []);

  function follow(name, path) {
    if (path.includes(name)) {
      const circle = path.slice(path.indexOf(name)).toSorted((a, b) => byName.get(a).moduleIds.length - byName.get(b).moduleIds.length);
      const found = byName.get(circle[0]).moduleIds.map((id) => relative(dist, id));
      throw new Error(`${circle.join(" and ")} load each other; name what the others need of ${found.join(", ")} in JOINED`);
    }
    if (done.has(name)) return;
    for (const next of byName.get(name)?.imports ?? []) follow(next, [...path, name]);
    done.add(name);
  }
}
