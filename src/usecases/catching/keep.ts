/** Owns what stays of a hunt: found inputs, their labels, and a use case for each regression. */
import { appendFile, mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { stringify } from "yaml";

import { type Caught, type Label, type LabelLine, caughtSchema, labelSchema } from "../../model/catching.js";
import type { UseCase } from "../../model/use-case.js";
import { UnforkError } from "../../support/errors.js";
import { exists, readTextIfThere, replaceFolder, writeFileAtomic } from "../../support/fs.js";
import { canonicalJson } from "../../support/hash.js";
import { type Find, type Inputs, copyInputs, writeInputs } from "./hunt.js";

const RECORD = "caught.json";
const LABELS_FILE = "labels.jsonl";
/** Beside the use cases. */
const FOLDER = "caught";

/** Puts the inputs and what they show into `<out>/<key>`. */
export async function storeFind(out: string, useCase: UseCase, find: Find, recorded: Inputs): Promise<Caught> {
  const { key, kind, what } = find.difference;
  const folder = join(out, key);
  const files = [...find.inputs].map(([file, bytes]) => ({ file, recorded: recorded.get(file)?.length ?? 0, bytes: bytes.length }));
  const { seen, first, how } = find;
  const caught: Caught = { useCase: useCase.id, key, kind, what, seen, first, how: [...how], files, folder, label: null, test: null };
  await replaceFolder(folder, async (fresh) => {
    await writeInputs(join(fresh, "inputs"), find.inputs);
    await writeFileAtomic(join(fresh, RECORD), canonicalJson(caught, 2));
  });
  return caught;
}

/** What an earlier hunt found. Throws `usage` for a key that it did not. */
export async function storedFind(out: string, key: string): Promise<Caught> {
  const text = await readTextIfThere(join(out, key, RECORD));
  if (text === undefined) throw new UnforkError("usage", `nothing was caught under '${key}'`, { hint: `a folder of ${out} is wanted` });
  return caughtSchema.parse(JSON.parse(text));
}

export async function readLabels(dir: string): Promise<LabelLine[]> {
  const lines = ((await readTextIfThere(join(dir, FOLDER, LABELS_FILE))) ?? "").split("\n");
  return lines.filter((line) => line.trim() !== "").map((line, index) => labelIn(line, join(dir, FOLDER, LABELS_FILE), index + 1));
}

function labelIn(line: string, file: string, number: number): LabelLine {
  try {
    return labelSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new UnforkError("config-invalid", `${file}:${number}: not a label`, { hint: "take the broken line out", cause });
  }
}

export interface Labelled {
  readonly dir: string;
  readonly root: string;
  readonly useCase: UseCase;
  readonly label: Label;
  readonly who: string;
  readonly when: string;
}

/** Notes the label; a regression becomes a use case with the found input, which is worse as long as the flavors differ on it. */
export async function labelFind(caught: Caught, { dir, root, useCase, label, who, when }: Labelled): Promise<Caught> {
  const test = label === "regression" ? await writeTest(caught, { dir, root, useCase, when }) : null;
  const line: LabelLine = { useCase: useCase.id, key: caught.key, what: caught.what, label, who, when };
  await mkdir(join(dir, FOLDER), { recursive: true });
  await appendFile(join(dir, FOLDER, LABELS_FILE), `${JSON.stringify(line)}\n`);
  const labelled: Caught = { ...caught, label, test };
  await writeFileAtomic(join(caught.folder, RECORD), canonicalJson(labelled, 2));
  return labelled;
}

async function writeTest(
  caught: Caught,
  { dir, root, useCase, when }: Pick<Labelled, "dir" | "root" | "useCase" | "when">,
): Promise<string> {
  const id = `${useCase.id}-caught-${caught.key}`;
  const file = join(dir, `${id}.yaml`);
  if (await exists(file)) throw new UnforkError("usage", `${file} is there already`, { hint: "remove it to have it written anew" });
  const inputs = join(dir, FOLDER, id);
  await copyInputs(join(caught.folder, "inputs"), inputs);
  const { tolerance, outputs, metrics, run, both, environment, flavors, owner, timeoutSeconds, limits } = useCase;
  const text = stringify(
    {
      id,
      name: `${useCase.name}: caught ${caught.key}`,
      owner,
      purpose: `Caught on ${when.slice(0, 10)}: ${caught.what}`,
      prepare: [["cp", "-R", `{root}/${relative(root, inputs)}/.`, "{inputs}"]],
      run,
      outputs,
      tolerance,
      metrics,
      ...(both === undefined ? {} : { both }),
      environment,
      flavors,
      timeoutSeconds,
      limits,
    },
    { lineWidth: 120 },
  );
  await writeFileAtomic(file, text);
  return file;
}
