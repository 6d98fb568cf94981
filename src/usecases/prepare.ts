/** Owns the inputs of a use case: made once for both flavors, reused while what makes them is unchanged. */
import { readdir, stat } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { z } from "zod";

import type { UseCase } from "../model/use-case.js";
import { UnforkError } from "../support/errors.js";
import { runOk } from "../support/exec.js";
import { listFiles, readTextIfThere, replaceFolder, writeFileAtomic } from "../support/fs.js";
import { canonicalJson, sha256, sha256File } from "../support/hash.js";
import { checkInputs, declaredDigests } from "./declared-inputs.js";
import { fillPlaceholders } from "./placeholders.js";

const MARKER = "prepared.json";
const markerSchema = z.strictObject({ recipe: z.string(), files: z.record(z.string(), z.string()) });

/**
 * Makes `{inputs}/{id}` by the use case's prepare commands, unless it is there, made by the same commands and
 * scripts, and undamaged. Gives the folder. The folder appears whole or not at all.
 * Throws `tool-missing` or `tool-failed` when a command cannot do its work; `input-missing` or `input-invalid` for a declared input.
 */
export async function prepareInputs(useCase: UseCase, root: string, inputs: string): Promise<string> {
  const folder = join(inputs, useCase.id);
  const recipe = await recipeDigest(useCase, root);
  if (!(await isFresh(folder, recipe))) await makeInputs(useCase, root, folder, recipe);
  await checkInputs(useCase, root, folder);
  return folder;
}

async function makeInputs(useCase: UseCase, root: string, folder: string, recipe: string): Promise<void> {
  await replaceFolder(folder, async (fresh) => {
    for (const words of useCase.prepare) {
      const [command = "", ...args] = fillPlaceholders(words, { inputs: fresh, root });
      const timeoutMs = useCase.timeoutSeconds * 1000;
      await runOk({ command, args, cwd: root, timeoutMs }).catch((error: unknown) => Promise.reject(notMade(useCase, error)));
    }
    await writeFileAtomic(join(fresh, MARKER), canonicalJson({ recipe, files: await digests(fresh) }, 1));
  });
}

function notMade({ id, timeoutSeconds }: UseCase, error: unknown): unknown {
  if (!(error instanceof UnforkError)) return error;
  return new UnforkError(error.code, `${id}: its inputs cannot be made: ${error.message}`, {
    hint: `mend \`prepare\` in the use case's file, or what it calls; each command has ${timeoutSeconds} s (\`timeoutSeconds\`)`,
    context: error.context,
    cause: error,
  });
}

/**
 * A digest of the commands, of the declared input files, and of every file the commands name below {root}. A named script brings the files beside
 * it with the same extension (the modules it imports), a named folder all that is in it.
 */
export async function recipeDigest(useCase: UseCase, root: string): Promise<string> {
  const { prepare } = useCase;
  const named = prepare.flat().filter((word) => word.startsWith("{root}/"));
  const lists = await Promise.all(named.map((word) => filesBehind(word.slice("{root}/".length), root)));
  const files = [...new Set(lists.flat())].toSorted();
  const hashes = await Promise.all(files.map(async (file) => [file, await sha256File(join(root, file))]));
  const declared = await declaredDigests(useCase, root);
  return sha256(canonicalJson({ prepare, files: hashes, ...(declared.length === 0 ? {} : { declared }) }));
}

async function filesBehind(path: string, root: string): Promise<string[]> {
  const status = await stat(join(root, path)).catch(() => undefined);
  if (status?.isDirectory()) return (await listFiles(join(root, path))).map((file) => `${path}/${file}`);
  if (!status?.isFile()) return [];
  const beside = await readdir(join(root, dirname(path)), { withFileTypes: true });
  const modules = beside.filter((entry) => entry.isFile() && extname(entry.name) === extname(path));
  return modules.map((entry) => join(dirname(path), entry.name));
}

async function isFresh(folder: string, recipe: string): Promise<boolean> {
  const text = await readTextIfThere(join(folder, MARKER));
  const marker = text === undefined ? undefined : parseMarker(text);
  return marker?.recipe === recipe && canonicalJson(marker.files) === canonicalJson(await digests(folder));
}

function parseMarker(text: string): z.infer<typeof markerSchema> | undefined {
  try {
    return markerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function digests(folder: string): Promise<Record<string, string>> {
  const files = (await listFiles(folder)).filter((file) => file !== MARKER);
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await sha256File(join(folder, file))] as const)));
}
