/** Owns which words of a component are the library's: those that the isolated headers which it reads have with the flavor's name. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

import { run } from "../../support/exec.js";
import { listFiles } from "../../support/fs.js";
import { byText } from "../../support/order.js";
import { isHeader } from "../codemod/source-text.js";
import { commonFlags, languageFlags } from "./compile-flavors.js";
import { filesRead } from "./files-read.js";
import type { ComponentFile, InjectFlavor, InjectRequest } from "./model.js";

/** By flavor; what `--library` names is there in both. @param units sources, or headers where there are none */
export async function libraryWords(
  files: Iterable<ComponentFile>,
  units: readonly string[],
  request: InjectRequest,
  scratch: string,
): Promise<[string[], string[]]> {
  const said = new Set<string>();
  for (const { words } of files) for (const word of words) said.add(word);
  const [legacy, latest] = await Promise.all(request.flavors.map((flavor) => flavoredIn(flavor, said, units, request, scratch)));
  const sorted = (found: ReadonlySet<string> | undefined): string[] => [
    ...request.library,
    ...[...(found ?? [])].filter((word) => !request.library.includes(word)).toSorted(byText),
  ];
  return [sorted(legacy), sorted(latest)];
}

/** `deflate` of `deflate_legacy`, wherever a header of the flavor says it that the component reads. */
async function flavoredIn(
  flavor: InjectFlavor,
  said: ReadonlySet<string>,
  units: readonly string[],
  request: InjectRequest,
  scratch: string,
): Promise<Set<string>> {
  const found = new Set<string>();
  const flavored = new RegExp(`\\b([A-Za-z_]\\w*)_${flavor.name}\\b`, "g");
  for (const path of await headersRead(flavor, units, request, scratch))
    for (const [, word = ""] of readFileSync(path).toString("latin1").matchAll(flavored)) if (said.has(word)) found.add(word);
  return found;
}

/** Headers of the flavor that the units read, as the preprocessor tells; all of them where it fails. */
async function headersRead(flavor: InjectFlavor, units: readonly string[], request: InjectRequest, scratch: string): Promise<Set<string>> {
  const found = new Set<string>();
  const [compiler = ""] = request.compilers;
  const dependencies = join(scratch, `${flavor.name}.d`);
  const includes = flavor.includes.flatMap((dir) => ["-I", dir]);
  for (const unit of units) {
    const args = [...languageFlags(request, unit), ...commonFlags(request, scratch), ...includes, "-M", "-MF", dependencies, unit];
    const { code } = await run({ command: compiler, args, cwd: request.folder });
    if (code !== 0 || !existsSync(dependencies)) return new Set(await everyHeader(flavor));
    for (const path of filesRead(dependencies, request.folder)) if (isOf(flavor, path)) found.add(path);
  }
  return found;
}

function isOf({ includes }: InjectFlavor, path: string): boolean {
  return includes.some((dir) => !relative(dir, path).startsWith("..")) && statSync(path).isFile();
}

async function everyHeader({ includes }: InjectFlavor): Promise<string[]> {
  const found: string[] = [];
  for (const dir of includes) found.push(...(await listFiles(dir)).filter(isHeader).map((path) => join(dir, path)));
  return found;
}
