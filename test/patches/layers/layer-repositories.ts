/** Owns small forks over several repositories for tests: a root, and layers that it pins, all real git. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { temporaryFolder } from "../../helpers/temp.js";
import { WHO } from "../stack/stack-repository.js";

/** Path to content; `link:<commit>` is a submodule at that commit. */
export type LayerFiles = Readonly<Record<string, string>>;

export interface LayerRepository {
  readonly path: string;
  readonly git: (...args: string[]) => string;
  /** A commit of exactly these files. */
  readonly commit: (files: LayerFiles, parent: string | null, message?: string) => string;
  /** A commit of the parent's files with some changed, on a ref. */
  readonly put: (ref: string, parent: string, files: LayerFiles, message?: string) => string;
  readonly refs: () => string;
}

const LINES = Array.from({ length: 20 }, (_, at) => `line ${at}`);

/** Twenty lines, some of them changed. */
export function text(change: Record<number, string> = {}): string {
  return LINES.map((line, at) => `${change[at] ?? line}\n`).join("");
}

export function layerRepository(folder: string, name: string): LayerRepository {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  const env = { ...process.env, ...WHO, GIT_INDEX_FILE: join(path, "made-index") };
  const run = (args: readonly string[], input?: string) =>
    execFileSync("git", args, { cwd: path, encoding: "utf8", env, ...(input === undefined ? {} : { input }) }).trim();
  run(["init", "-q", "--bare", "--initial-branch=main", "."]);
  const add = (files: LayerFiles) => {
    for (const [file, content] of Object.entries(files)) {
      const link = /^link:([0-9a-f]{40})$/.exec(content)?.[1];
      const entry = link === undefined ? `100644,${run(["hash-object", "-w", "--stdin"], content)}` : `160000,${link}`;
      run(["update-index", "--add", "--cacheinfo", `${entry},${file}`]);
    }
  };
  const write = (parent: string | null, message: string) =>
    run(["commit-tree", run(["write-tree"]), ...(parent === null ? [] : ["-p", parent]), "-m", message]);
  const commit = (files: LayerFiles, parent: string | null, message = "a commit") => {
    run(["read-tree", "--empty"]);
    add(files);
    return write(parent, message);
  };
  const put = (ref: string, parent: string, files: LayerFiles, message = "a change") => {
    run(["read-tree", parent]);
    add(files);
    const made = write(run(["rev-parse", parent]), message);
    run(["update-ref", ref, made]);
    return made;
  };
  return { path, git: (...args) => run(args), commit, put, refs: () => run(["for-each-ref"]) };
}

export interface Fork {
  readonly folder: string;
  readonly layers: string;
  readonly root: LayerRepository;
  /** Pinned by DEPS at src/third_party/codec. */
  readonly codec: LayerRepository;
  /** A submodule at third_party/base. */
  readonly base: LayerRepository;
  readonly all: () => string[];
}

/**
 * A root with DEPS and a submodule, on M1 and M2. Features on M1: `echo` in the root and in codec, `zoom` in base. Upstream
 * changed other lines of the same files; `clash` lets it change codec's line, too.
 */
export function fork({ clash = false }: { clash?: boolean } = {}): Fork {
  const folder = temporaryFolder();
  const [root, codec, base] = ["root", "codec", "base"].map((name) => layerRepository(folder, name)) as [
    LayerRepository,
    LayerRepository,
    LayerRepository,
  ];
  const upstream = (repository: LayerRepository, name: string, change: Record<number, string>) => {
    const first = repository.commit({ [`${name}.c`]: text(), README: `${name}\n` }, null, `${name} 1`);
    const between = repository.commit({ [`${name}.c`]: text({ 15: "between" }), README: `${name}\n` }, first, `${name} 2`);
    const second = repository.commit({ [`${name}.c`]: text({ 15: "between", ...change }), README: `${name} 3\n` }, between, `${name} 3`);
    repository.git("update-ref", "refs/heads/main", second);
    return [first, second] as const;
  };
  const codecAt = upstream(codec, "codec", clash ? { 3: "upstream's" } : {});
  const baseAt = upstream(base, "base", {});
  const rootAt = (at: 0 | 1, parent: string | null) =>
    root.commit(
      {
        "app.c": text(at === 0 ? {} : { 18: "M2" }),
        DEPS: deps(codecAt[at]),
        "third_party/base": `link:${baseAt[at]}`,
      },
      parent,
      `root M${at + 1}`,
    );
  const m1 = rootAt(0, null);
  const m2 = rootAt(1, m1);
  root.git("update-ref", "refs/heads/base/M1", m1);
  root.git("update-ref", "refs/heads/base/M2", m2);
  root.put("refs/heads/echo/M1", m1, { "app.c": text({ 3: "echo" }) }, "Echo\n\nOwner: audio team\nPurpose: Echo is cancelled.");
  codec.put("refs/heads/echo/M1", codecAt[0], { "codec.c": text({ 3: "echo" }) }, "Echo\n\nOwner: audio team\nPurpose: Echo is cancelled.");
  base.put("refs/heads/zoom/M1", baseAt[0], { "base.c": text({ 5: "zoom" }) }, "Zoom\n\nOwner: video team\nPurpose: Zoom in rooms.");
  const layers = join(folder, "layers.yaml");
  writeFileSync(layers, LAYERS);
  return { folder, layers, root, codec, base, all: () => [root, codec, base].map(({ refs }) => refs()) };
}

export function deps(revision: string): string {
  return `vars = {
  'host': 'https://git.example.org',
}
deps = {
  'src/third_party/codec': Var('host') + '/codec.git' + '@' + '${revision}', # the codec
  'src/third_party/other': Var('host') + '/other.git' + '@' + '${revision}',
}
`;
}

export const LAYERS = `root:
  name: app
  repo: root
layers:
  - name: codec
    repo: codec
    path: third_party/codec
    pin: deps
  - name: base
    repo: base
    path: third_party/base
    pin: submodule
`;
