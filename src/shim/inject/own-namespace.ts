/** Owns which namespace of a component gets the flavor's name. */
import { UnforkError } from "../../support/errors.js";
import type { ComponentFile, InjectRequest } from "./model.js";

/** The innermost namespace that all public headers have in common, as words. Throws `input-invalid`. */
export function ownNamespace(headers: readonly ComponentFile[], request: InjectRequest): readonly string[] {
  const words = request.namespace?.split("::") ?? inCommon(headers, request);
  if (!request.library.includes(words.at(-1) as string)) return words;
  throw new UnforkError("input-invalid", `the component's namespace ${words.join("::")} has the library's name`, {
    hint: "what the library itself owns has its flavors already; put the component into a namespace of its own",
  });
}

function inCommon(headers: readonly ComponentFile[], { library, component }: InjectRequest): readonly string[] {
  let common: readonly string[] | undefined;
  for (const { path, namespaces } of headers)
    for (const words of namespaces) {
      if (words[0] === "std" || library.includes(words[0] as string)) continue;
      const known = common ?? words;
      const end = known.findIndex((word, index) => words[index] !== word);
      common = end === -1 ? known : known.slice(0, end);
      if (common.length === 0)
        throw new UnforkError(
          "input-invalid",
          `${path}: namespace ${words.join("::")} has no outer namespace in common with the headers before it`,
          {
            hint: "name the one that is to be built twice: --namespace app::recorder",
          },
        );
    }
  if (common !== undefined) return common;
  throw new UnforkError(
    "input-invalid",
    `no public header of ${component} opens a namespace of its own: nothing can tell its flavors apart`,
    {
      hint: "put the component into a namespace, or name its public headers: --public recorder.h",
    },
  );
}
