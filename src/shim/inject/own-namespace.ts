/** Owns which namespaces of a component get the flavor's name. */
import { UnforkError } from "../../support/errors.js";
import type { ComponentFile, InjectRequest } from "./model.js";

/** Those that are named, else the innermost one that all public headers have in common; each as its words. Throws `input-invalid`. */
export function ownNamespaces(headers: readonly ComponentFile[], request: InjectRequest): readonly (readonly string[])[] {
  const named = request.namespaces.map((each) => each.split("::"));
  const all = named.length > 0 ? named : [inCommon(headers, request)];
  const taken = all.find((words) => request.library.includes(words.at(-1) as string));
  if (taken === undefined) return all;
  throw new UnforkError("input-invalid", `the component's namespace ${taken.join("::")} has the library's name`, {
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
            hint: "name what is to be built twice: --namespace app::recorder app::player",
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
