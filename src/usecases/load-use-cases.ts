/** Owns reading the register: a folder of YAML files, one use case each. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { type UseCase, useCaseSchema } from "../model/use-case.js";
import { UnforkError, fileError } from "../support/errors.js";
import { readText } from "../support/fs.js";
import { byText } from "../support/order.js";
import { parseYaml, yamlLine, type YamlSource } from "../support/yaml-source.js";
import { brokenRules } from "./rules.js";
import { type Problem, keyText, problemsOf } from "./problems.js";

/**
 * All use cases of a folder (`*.yaml`, `*.yml`, not below it), sorted by id.
 * Throws `input-missing` when there is no such folder, `config-invalid` when a file is not a use case, when
 * two have one id, or when there is none at all.
 */
export async function loadUseCases(dir: string): Promise<UseCase[]> {
  const files = await useCaseFiles(dir);
  const loaded = await Promise.all(files.map((file) => loadUseCase(join(dir, file))));
  refuseDuplicates(loaded);
  return loaded.map((each) => each.useCase).toSorted((a, b) => byText(a.id, b.id));
}

async function useCaseFiles(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch((error: unknown) => Promise.reject(fileError("read", dir, error)));
  const files = names.filter((name) => /\.ya?ml$/.test(name)).toSorted();
  if (files.length > 0) return files;
  throw new UnforkError("config-invalid", `no use case in ${dir}`, {
    hint: "put one YAML file per use case there, or take useCases out of the configuration",
    context: { path: dir },
  });
}

async function loadUseCase(file: string): Promise<{ source: YamlSource; useCase: UseCase }> {
  const source = parseYaml(file, await readText(file), { expected: "not valid YAML" });
  const input: unknown = source.document.toJS();
  const parsed = useCaseSchema.safeParse(input);
  const problems = parsed.success ? brokenRules(parsed.data) : problemsOf(parsed.error.issues, input);
  if (!parsed.success || problems.length > 0) throw invalid(source, problems);
  return { source, useCase: parsed.data };
}

function invalid(source: YamlSource, problems: readonly Problem[]): UnforkError {
  const placed = problems.map((problem) => ({ ...problem, line: yamlLine(source, problem.path) })).toSorted((a, b) => a.line - b.line);
  const text = placed.map(
    ({ path, message, line }) => `${source.file}:${line}: ${keyText(path)}${path.length === 0 ? "" : ": "}${message}`,
  );
  return new UnforkError("config-invalid", text.join("\n"), {
    hint: "mend the named lines",
    context: { file: source.file, line: placed[0]?.line ?? 1, key: keyText(placed[0]?.path ?? []) },
  });
}

function refuseDuplicates(loaded: readonly { source: YamlSource; useCase: UseCase }[]): void {
  const first = new Map<string, YamlSource>();
  for (const { source, useCase } of loaded) {
    const other = first.get(useCase.id);
    if (other !== undefined)
      throw new UnforkError(
        "config-invalid",
        `${source.file}:${yamlLine(source, ["id"])}: id: '${useCase.id}' is already the id of ${other.file}`,
        {
          hint: "give one of them another id",
          context: { file: source.file, key: "id" },
        },
      );
    first.set(useCase.id, source);
  }
}
