/** Owns reading the register: a folder of YAML and TypeScript files. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { type UseCase, useCaseSchema } from "../model/use-case.js";
import { UnforkError, fileError, messageOf } from "../support/errors.js";
import { readText } from "../support/fs.js";
import { importDefault } from "../support/import-module.js";
import { byText } from "../support/order.js";
import { parseYaml, yamlLine } from "../support/yaml-source.js";
import { brokenRules } from "./rules.js";
import { type Problem, keyText, problemsOf } from "./problems.js";

/** One use case as it is written. */
interface Written {
  readonly file: string;
  readonly input: unknown;
  /** The line of a key, where the file's form tells. */
  readonly lineOf?: (path: readonly PropertyKey[]) => number;
  /** Its place in a file of several: leads the key in messages. */
  readonly place: readonly PropertyKey[];
}

/**
 * All use cases of a folder (`*.yaml`, `*.yml`, `*.ts`, not below it), sorted by id.
 * Throws `input-missing` when there is no such folder, `config-invalid` when a file is not a use case, when
 * two have one id, or when there is none at all.
 */
export async function loadUseCases(dir: string): Promise<UseCase[]> {
  const files = await useCaseFiles(dir);
  const written = (await Promise.all(files.map((file) => writtenIn(join(dir, file))))).flat();
  const loaded = written.map((each) => ({ written: each, useCase: checked(each) }));
  refuseDuplicates(loaded);
  return loaded.map((each) => each.useCase).toSorted((a, b) => byText(a.id, b.id));
}

async function useCaseFiles(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch((error: unknown) => Promise.reject(fileError("read", dir, error)));
  const files = names.filter((name) => /\.(?:ya?ml|ts)$/.test(name) && !name.endsWith(".d.ts")).toSorted();
  if (files.length > 0) return files;
  throw new UnforkError("config-invalid", `no use case in ${dir}`, {
    hint: "put one YAML or TypeScript file per use case there, or take useCases out of the configuration",
    context: { path: dir },
  });
}

async function writtenIn(file: string): Promise<Written[]> {
  if (file.endsWith(".ts")) return await exportedBy(file);
  const source = parseYaml(file, await readText(file), { expected: "not valid YAML" });
  return [{ file, input: source.document.toJS(), lineOf: (path) => yamlLine(source, path), place: [] }];
}

/** The default export: a use case, or several in a list. */
async function exportedBy(file: string): Promise<Written[]> {
  const value = await importDefault(file).catch((cause: unknown) => {
    throw invalid(`${file}: cannot be loaded: ${messageOf(cause)}`, file, [], cause);
  });
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0)
    throw invalid(`${file}: has no default export`, file, []);
  return Array.isArray(value) ? value.map((input, index) => ({ file, input, place: [index] })) : [{ file, input: value, place: [] }];
}

function checked({ file, input, lineOf, place }: Written): UseCase {
  const parsed = useCaseSchema.safeParse(input);
  const problems = parsed.success ? brokenRules(parsed.data) : problemsOf(parsed.error.issues, input);
  if (parsed.success && problems.length === 0) return parsed.data;
  const placed = problems.map((problem) => ({ problem, line: lineOf?.(problem.path) })).toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const text = placed.map(({ problem, line }) => messageOfProblem(problem, `${file}${line === undefined ? "" : `:${line}`}`, place));
  const [first] = placed;
  throw invalid(text.join("\n"), file, [...place, ...(first?.problem.path ?? [])], undefined, first?.line);
}

function messageOfProblem({ path, message }: Problem, where: string, place: readonly PropertyKey[]): string {
  const key = keyText([...place, ...path]);
  return `${where}: ${key}${key === "" ? "" : ": "}${message}`;
}

function invalid(message: string, file: string, path: readonly PropertyKey[], cause?: unknown, line = 1): UnforkError {
  return new UnforkError("config-invalid", message, {
    hint: file.endsWith(".ts") ? "write `export default defineUseCase({ … })`, and mend the named keys" : "mend the named lines",
    context: { file, line, key: keyText(path) },
    cause,
  });
}

function refuseDuplicates(loaded: readonly { readonly written: Written; readonly useCase: UseCase }[]): void {
  const first = new Map<string, string>();
  for (const { written, useCase } of loaded) {
    const { file, lineOf, place } = written;
    const other = first.get(useCase.id);
    const where = lineOf === undefined ? file : `${file}:${lineOf(["id"])}`;
    if (other !== undefined)
      throw new UnforkError("config-invalid", `${where}: ${keyText([...place, "id"])}: '${useCase.id}' is already the id of ${other}`, {
        hint: "give one of them another id",
        context: { file, key: keyText([...place, "id"]) },
      });
    first.set(useCase.id, file);
  }
}
