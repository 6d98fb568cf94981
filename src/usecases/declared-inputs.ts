/** Owns the files that a use case says it reads: there, and the right ones, before anything runs. */
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";

import type { DeclaredInput, UseCase } from "../model/use-case.js";
import { UnforkError } from "../support/errors.js";
import { sha256File } from "../support/hash.js";
import { fillPlaceholders } from "./placeholders.js";

/** Throws `input-missing` or `input-invalid`, naming every file that is not there or not the one declared, by its key. */
export async function checkInputs(useCase: UseCase, root: string, inputs: string): Promise<void> {
  const found = await Promise.all(useCase.inputs.map((input) => problemOf(input, pathOf(input, root, inputs))));
  const problems = found.flatMap((problem, index) =>
    problem === undefined ? [] : [{ ...problem, text: `${useCase.id}: inputs[${index}]: ${problem.text}` }],
  );
  const [first] = problems;
  if (first === undefined) return;
  throw new UnforkError(first.code, problems.map(({ text }) => text).join("\n"), {
    hint: "put the files there, or mend `inputs` in the use case's file",
    context: { useCase: useCase.id },
  });
}

/** Digests of the declared files that no `prepare` makes, as a run depends on them; "none" for one that is not there. */
export async function declaredDigests({ inputs }: UseCase, root: string): Promise<string[]> {
  const given = inputs.filter(({ file }) => !file.includes("{inputs}"));
  return await Promise.all(given.map((input) => sha256File(pathOf(input, root, "")).catch(() => "none")));
}

function pathOf({ file }: DeclaredInput, root: string, inputs: string): string {
  const [path = ""] = fillPlaceholders([file], { root, inputs });
  return file.startsWith("{") ? path : join(resolve(root), path);
}

interface InputProblem {
  readonly code: "input-missing" | "input-invalid";
  readonly text: string;
}

async function problemOf({ file, sha256 }: DeclaredInput, path: string): Promise<InputProblem | undefined> {
  const status = await stat(path).catch(() => undefined);
  if (status === undefined) return { code: "input-missing", text: `${file} is not there (looked for ${path})` };
  if (!status.isFile()) return { code: "input-invalid", text: `${file} is not a file` };
  if (sha256 === undefined) return undefined;
  const digest = await sha256File(path);
  return digest === sha256 ? undefined : { code: "input-invalid", text: `${file} has sha256 ${digest}, and not ${sha256} as declared` };
}
