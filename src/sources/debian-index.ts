/** Owns the text of Debian's indices: a suite's Release file and the stanzas of its Sources (deb822(5), Debian RepositoryFormat). */

/** A file listed with its SHA-256. */
export interface ListedFile {
  readonly sha256: string;
  readonly size: number;
  readonly name: string;
}

export interface SuiteRelease {
  /** "Suite" and "Codename" as the file calls itself. */
  readonly names: readonly string[];
  readonly byHash: boolean;
  readonly files: readonly ListedFile[];
}

/** One build of a source package. */
export interface SourceBuild {
  readonly package: string;
  readonly version: string;
  /** Folder in the pool, relative to the mirror's root. */
  readonly directory: string;
  readonly files: readonly ListedFile[];
}

export function parseRelease(text: string): SuiteRelease {
  const fields = parseStanza(text);
  const names = [fields.get("suite"), fields.get("codename")].filter((name) => name !== undefined);
  return { names, byHash: fields.get("acquire-by-hash") === "yes", files: listedFiles(fields.get("sha256") ?? "") };
}

/** Sources indices of a suite, "main" first, the smallest form we can unpack of each component. */
export function sourcesIndices(release: SuiteRelease): ListedFile[] {
  const all = release.files.filter(({ name, size }) => /\/source\/Sources\.(xz|gz)$/.test(name) && size > 0);
  const best = new Map<string, ListedFile>();
  for (const file of all) {
    const component = file.name.slice(0, file.name.indexOf("/source/"));
    const known = best.get(component);
    if (known === undefined || file.size < known.size) best.set(component, file);
  }
  return [...best].toSorted(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1)).map(([, file]) => file);
}

function rankOf(component: string): number {
  return component === "main" || component.endsWith("/main") ? 0 : 1;
}

/** Fields by lower-case name; continuation lines are kept, joined by line feeds. */
export function parseStanza(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let current = "";
  for (const line of text.split("\n")) {
    if (/^[ \t]/.test(line)) fields.set(current, `${fields.get(current) ?? ""}\n${line.trim()}`);
    else {
      const colon = line.indexOf(":");
      if (colon <= 0) continue;
      current = line.slice(0, colon).toLowerCase();
      fields.set(current, line.slice(colon + 1).trim());
    }
  }
  return fields;
}

/** The builds of one package in a Sources file that comes as a stream of text. */
export async function buildsOf(sources: AsyncIterable<Buffer>, name: string): Promise<SourceBuild[]> {
  const builds: SourceBuild[] = [];
  for await (const stanza of stanzasOf(sources)) {
    if (!stanza.startsWith(`Package: ${name}\n`)) continue;
    const fields = parseStanza(stanza);
    const [version, directory] = [fields.get("version"), fields.get("directory")];
    if (version === undefined || directory === undefined) continue;
    builds.push({ package: name, version, directory, files: listedFiles(fields.get("checksums-sha256") ?? "") });
  }
  return builds;
}

async function* stanzasOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const parts = `${rest}${chunk.toString("latin1")}`.split("\n\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest !== "") yield rest;
}

/** Lines "sha256 size name". */
function listedFiles(lines: string): ListedFile[] {
  const files: ListedFile[] = [];
  for (const line of lines.split("\n")) {
    const match = /^([0-9a-f]{64})\s+(\d+)\s+(\S+)$/.exec(line.trim());
    if (match !== null) files.push({ sha256: match[1] ?? "", size: Number(match[2]), name: match[3] ?? "" });
  }
  return files;
}

/** The upstream archive of a build: ".orig.tar.*", neither an additional component's nor a signature. */
export function upstreamArchive(build: SourceBuild): ListedFile | undefined {
  return build.files.find(({ name }) => /\.orig\.tar\.(xz|gz|bz2|zst)$/.test(name));
}
