/** Owns what a use case must hold beyond the shape of its keys. */
import { isAbsolute, normalize } from "node:path";

import type { UseCase } from "../model/use-case.js";
import { PLACEHOLDERS, placeholdersIn } from "./placeholders.js";
import { type Problem, didYouMean } from "./problems.js";

/** Every broken rule, in the order of the keys. */
export function brokenRules(useCase: UseCase): Problem[] {
  return [...commandProblems(useCase), ...outputProblems(useCase), ...toleranceProblems(useCase), ...metricProblems(useCase)];
}

function toleranceProblems({ tolerance, outputs }: UseCase): Problem[] {
  return Object.entries(tolerance).flatMap(([file, wanted]) => {
    const path = ["tolerance", file];
    if (!outputs.includes(file)) return [{ path, message: `'${file}' is not one of the outputs${didYouMean(file, outputs)}` }];
    if (wanted.kind === "command") return unknownPlaceholders(wanted.run, PLACEHOLDERS.comparing, [...path, "run"]);
    const isEmpty = wanted.kind === "numbers" && [wanted.absolute, wanted.relative, wanted.ulp].every((each) => each === undefined);
    return isEmpty ? [{ path, message: "wants absolute, relative or ulp" }] : [];
  });
}

function commandProblems(useCase: UseCase): Problem[] {
  return [
    ...useCase.prepare.flatMap((words, index) => unknownPlaceholders(words, PLACEHOLDERS.prepare, ["prepare", index])),
    ...unknownPlaceholders(useCase.run, PLACEHOLDERS.run, ["run"]),
    ...unknownPlaceholders(useCase.both?.run ?? [], PLACEHOLDERS.both, ["both", "run"]),
  ];
}

function unknownPlaceholders(words: readonly string[], valid: readonly string[], path: readonly PropertyKey[]): Problem[] {
  return placeholdersIn(words)
    .filter((name) => !valid.includes(name))
    .map((name) => ({ path, message: `{${name}} is not a placeholder here${didYouMean(name, valid)}; valid: ${valid.join(", ")}` }));
}

function outputProblems(useCase: UseCase): Problem[] {
  const files = useCase.outputs.map((file, index) => ({ file, path: ["outputs", index] }));
  const joint = (useCase.both?.outputs ?? []).flatMap((entry, index) =>
    (["legacy", "latest"] as const).map((key) => ({ file: entry[key], path: ["both", "outputs", index, key] })),
  );
  const outside = [...files, ...joint].filter((each) => !staysInside(each.file));
  const unknown = (useCase.both?.outputs ?? []).flatMap((entry, index) =>
    useCase.outputs.includes(entry.file)
      ? []
      : [
          {
            path: ["both", "outputs", index, "file"],
            message: `'${entry.file}' is not one of the outputs${didYouMean(entry.file, useCase.outputs)}`,
          },
        ],
  );
  return [...outside.map((each) => ({ path: each.path, message: `'${each.file}' must be a path inside {out}` })), ...unknown];
}

function staysInside(file: string): boolean {
  return file !== "" && !isAbsolute(file) && !normalize(file).startsWith("..");
}

function metricProblems(useCase: UseCase): Problem[] {
  const ids = useCase.metrics.map((metric) => metric.id);
  return useCase.metrics.flatMap((metric, index) => {
    const problems: Problem[] = [];
    if (ids.indexOf(metric.id) !== index) problems.push({ path: ["metrics", index, "id"], message: `'${metric.id}' is listed twice` });
    if (metric.direction === "target" && metric.target === undefined)
      problems.push({ path: ["metrics", index, "target"], message: "is missing: direction 'target' needs the wanted value" });
    if (metric.direction !== "target" && metric.target !== undefined)
      problems.push({ path: ["metrics", index, "target"], message: `has no meaning with direction '${metric.direction}'` });
    return problems;
  });
}
