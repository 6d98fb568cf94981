/** Owns the names of proposed features: kebab-case, each one once, none that a branch of a release has. */

const MOST = 32;
/** `base/…` holds upstream's releases, `r…` their candidates. */
const TAKEN = /^(?:base|r\d.*|r-\d.*|head)$/;

/** Any text as kebab-case; undefined when nothing of it can stay. */
export function kebab(text: string): string | undefined {
  const words = text
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  let name = "";
  for (const word of words) {
    const next = name === "" ? word : `${name}-${word}`;
    if (next.length > MOST && name !== "") break;
    name = next.slice(0, MOST);
  }
  if (name === "") return undefined;
  const lettered = /^[a-z]/.test(name) ? name : `patch-${name}`;
  return TAKEN.test(lettered) ? `${lettered}-changes` : lettered;
}

/** Gives each name once: the second `zephyr` becomes `zephyr-2`. */
export function uniqueNames(): (wanted: readonly (string | undefined)[]) => string {
  const used = new Set<string>();
  return (wanted) => {
    const names = wanted.filter((name) => name !== undefined);
    const free = names.find((name) => !used.has(name)) ?? numbered(names[0] ?? "changes", used);
    used.add(free);
    return free;
  };
}

function numbered(name: string, used: ReadonlySet<string>): string {
  for (let number = 2; ; number++) if (!used.has(`${name}-${number}`)) return `${name}-${number}`;
}
