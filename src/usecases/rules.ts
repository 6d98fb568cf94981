/** Owns what a use case must hold beyond the shape of its keys. */
import { isAbsolute, normalize } from "node:path";

import type { UseCase } from "../model/use-case.js";
import { PLACEHOLDERS, placeholdersIn } from "./placeholders.js";
import { type Problem, didYouMean } from "./problems.js";

/** Every broken rule, in the order of the keys. */
export function brokenRules(useCase: UseCase): Problem[] {
  return [
    ...commandProblems(useCase),
    ...inputProblems(useCase),
    ...outputProblems(useCase),
    ...toleranceProblems(useCase),
    ...metricProblems(useCase),
    ...flavorProblems(useCase),
  ];
}

function inputProblems({ inputs }: UseCase): Problem[] {
  return inputs.flatMap(({ file }, index) => {
    const path = ["inputs", index, "file"];
    const outside = staysInside(file)
      ? []
      : [{ path, message: `'${file}' must be a path below the configuration's folder, or {inputs}/…` }];
    return [...unknownPlaceholders([file], PLACEHOLDERS.declared, path), ...outside];
  });
}

/** Latest is what is judged; without legacy there is nothing to compare with. */
function flavorProblems({ flavors, both, tolerance }: UseCase): Problem[] {
  if (!flavors.latest.runs)
    return [{ path: ["flavors", "latest", "runs"], message: "latest must run it, else nothing is judged: take the use case out" }];
  const added = (["legacy", "latest"] as const).flatMap((flavor) =>
    unknownPlaceholders(flavors[flavor].arguments, PLACEHOLDERS.run, ["flavors", flavor, "arguments"]),
  );
  if (flavors.legacy.runs) return added;
  const needless = [...(both === undefined ? [] : ["both"]), ...(Object.keys(tolerance).length === 0 ? [] : ["tolerance"])];
  return [...added, ...needless.map((key) => ({ path: [key], message: "has no meaning where legacy does not run" }))];
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
