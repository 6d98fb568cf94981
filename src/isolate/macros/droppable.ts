/** Owns the question whether a header can be kept away from applications by deleting include lines that nothing needs. */
import { declaredNames } from "./declared-names.js";
import { type HeaderTree, reachedFrom } from "./header-tree.js";

/** An include line that its file does not need. */
export interface NeedlessInclude {
  readonly file: string;
  readonly line: number;
  readonly path: string;
}

/**
 * For a header of the tree: the include lines whose deletion keeps it out of what the chosen headers reach. Undefined when
 * it is a chosen header itself, or when a reached header mentions a name that it, or what only it brings, introduces.
 */
export function droppableReader(tree: HeaderTree): (header: string) => readonly NeedlessInclude[] | undefined {
  const declared = declaredNames(tree);
  const closures = new Map([...tree.reached].map((path) => [path, reachedFrom([path], tree.edges)]));
  const known = new Map<string, readonly NeedlessInclude[] | undefined>();

  /** Whether `from` mentions a name of a header that it reaches only through `header`. */
  function needs(from: string, header: string): boolean {
    const uses = tree.headers.get(from)?.uses ?? new Set<number>();
    const left = reachedFrom([from], (path) => tree.edges(path).filter(({ file }) => file !== header));
    return [...(closures.get(from) ?? [])].some((file) => !left.has(file) && hasCommon(uses, declared(file)));
  }

  function find(header: string): readonly NeedlessInclude[] | undefined {
    if (tree.chosen.includes(header)) return undefined;
    const through = [...tree.reached].filter((from) => from !== header && closures.get(from)?.has(header) === true);
    if (through.some((from) => needs(from, header))) return undefined;
    return through.flatMap((file) =>
      tree
        .edges(file)
        .filter((edge) => edge.file === header)
        .map(({ line, path }) => ({ file, line, path })),
    );
  }

  return (header) => {
    if (!known.has(header)) known.set(header, find(header));
    return known.get(header);
  };
}

function hasCommon(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const one of small) if (large.has(one)) return true;
  return false;
}
