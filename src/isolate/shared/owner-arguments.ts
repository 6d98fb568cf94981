/** Owns a unit's command as it is with the owner's copy of the modules: include roots inside a module lead there, roots above it pass it first. */
import { dirname, join, relative, resolve, sep } from "node:path";

/** Where a module lies: in the tree at hand, and in the tree whose copy is used. Absolute. */
export interface ModulePlace {
  readonly own: string;
  readonly owners: string;
}

export interface OwnerArguments {
  readonly arguments: readonly string[];
  /** Links to make before the command runs: path, target. They stand in for the module below an include root above it. */
  readonly links: readonly (readonly [path: string, target: string])[];
}

const ROOT_OPTIONS = ["-I", "-isystem", "-iquote", "-idirafter"];

/** Options that would write something; with -fsyntax-only there is nothing to write. */
const DROPPED = /^-(?:c|S|E|M|MM|MD|MMD|MP|g.*|save-temps.*|Werror.*|W.*)$/;
const DROPPED_WITH_VALUE = /^-(?:o|MF|MT|MQ)$/;

/** `links` is a folder for links of our own. */
export function ownerArguments(
  { words, directory, source }: { readonly words: readonly string[]; readonly directory: string; readonly source: string },
  modules: readonly ModulePlace[],
  links: string,
): OwnerArguments {
  const made: [string, string][] = [];
  const out: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (DROPPED_WITH_VALUE.test(word)) i++;
    if (DROPPED.test(word) || DROPPED_WITH_VALUE.test(word) || resolve(directory, word) === source) continue;
    const option = ROOT_OPTIONS.find((name) => word.startsWith(name));
    if (option === undefined) {
      out.push(word);
      continue;
    }
    const root = resolve(directory, word === option ? (words[++i] ?? "") : word.slice(option.length));
    const found = rootsFor(root, modules, links);
    made.push(...found.links);
    out.push(...found.roots.flatMap((path) => [option, path]));
  }
  return { arguments: [...out, "-w", "-fsyntax-only", source], links: made };
}

function rootsFor(root: string, modules: readonly ModulePlace[], links: string): { roots: string[]; links: [string, string][] } {
  const inside = modules.find(({ own }) => isInside(root, own));
  if (inside !== undefined) return { roots: [join(inside.owners, relative(inside.own, root))], links: [] };
  const below = modules.filter(({ own }) => isInside(own, root));
  if (below.length === 0) return { roots: [root], links: [] };
  const shadow = join(links, root.replaceAll(sep, "_"));
  return { roots: [shadow, root], links: below.map(({ own, owners }) => [join(shadow, relative(root, own)), owners]) };
}

export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`);
}

/** The folders that the links need. */
export function foldersOf(links: OwnerArguments["links"]): string[] {
  return [...new Set(links.map(([path]) => dirname(path)))].toSorted();
}
