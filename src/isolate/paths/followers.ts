/** Owns the files that name renamed headers and are not rewritten: build files, templates, module maps, code left out by the policy. */
import { readFileSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";

/** A place that has to follow a renamed file. */
export interface Follower {
  readonly file: string;
  readonly line: number;
  readonly names: string;
}

const NAMES =
  /^(?:CMakeLists\.txt|BUILD|BUILD\.\w+|WORKSPACE|Makefile.*|GNUmakefile|meson\.build|configure(?:\.ac|\.in)?|DEPS|Android\.mk|SConscript|SConstruct|.*\.build)$/;
const EXTENSIONS: ReadonlySet<string> = new Set(
  `.cmake .gn .gni .bzl .bazel .mk .mak .am .in .cmakein .gyp .gypi .pri .pro .modulemap .podspec .vcxproj .filters .rc .proto .def .x .cuh
  .y .yy .l .ll .idl .m4 .tmpl .tpl .template .jinja .jinja2 .swift .build .pyx .pxd`.split(/\s+/),
);
const MOST_BYTES = 4 << 20;
const PATHS = /[\w.+/-]*[\w+-]\.(?:h|hh|hpp|hxx|h\+\+|H|inl|inc|ipp|tcc|tpp)\b(?!\.)/g;

/** Places of non-code files that name a file of `moved` (original paths). A place counts by the end of its path. */
export function findFollowers(root: string, files: readonly string[], moved: ReadonlyMap<string, string>): Follower[] {
  const byName = new Map<string, string[]>();
  for (const path of moved.keys()) byName.set(basename(path), [...(byName.get(basename(path)) ?? []), path]);
  return files.filter(mayName).flatMap((file) => followersIn(root, file, byName));
}

function mayName(path: string): boolean {
  return NAMES.test(basename(path)) || EXTENSIONS.has(extname(path));
}

function followersIn(root: string, file: string, byName: ReadonlyMap<string, readonly string[]>): Follower[] {
  const text = textOf(join(root, file));
  if (text === undefined) return [];
  const found: Follower[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    for (const [written] of line.matchAll(PATHS)) {
      const path = written.replace(/^(?:\.{0,2}\/)+/, "");
      const known = byName.get(basename(path));
      if (known?.some((one) => one === path || one.endsWith(`/${path}`) || path.endsWith(`/${one}`)) === true)
        found.push({ file, line: at + 1, names: written });
    }
  }
  return found;
}

function textOf(path: string): string | undefined {
  try {
    return statSync(path).size > MOST_BYTES ? undefined : readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}
