/** Owns what would be there twice when a component is built twice: names outside its namespace, headers that cannot be read again. */
import type { ComponentFile, FlavoredNames, InjectFinding, InjectRequest } from "./model.js";

/** Names outside the namespaces, seen by other files, that get no flavor: both builds define them. */
export function outsideNames(
  files: readonly ComponentFile[],
  { namespaces, own }: FlavoredNames,
  { library }: InjectRequest,
): InjectFinding[] {
  const inside = namespaces.map((words) => words.join("::")).join(" or ");
  return files.flatMap(({ path, names }) =>
    names
      .filter(({ scope }) => !namespaces.some((words) => words.every((word, index) => scope[index] === word)))
      .filter(({ name, scope }) => scope[0] !== "std" && !library.includes(scope[0] as string) && !own.includes(name))
      .map(({ name, line, scope }): InjectFinding => {
        const way = `move it into ${inside}, or give it the flavor: --name ${name}`;
        if (scope.length === 0)
          return { kind: "global", path, line, text: `${name} stands at global scope, and both builds define it; ${way}` };
        return {
          kind: "outside",
          path,
          line,
          text: `${[...scope, name].join("::")} stands outside ${inside}, and both builds define it; ${way}`,
        };
      }),
  );
}

/** `#pragma once` in headers that the header of both flavors reads twice. */
export function readOnce(files: readonly ComponentFile[]): InjectFinding[] {
  return files
    .filter(({ once }) => once !== 0)
    .map(({ path, once }) => ({
      kind: "once",
      path,
      line: once,
      text: "#pragma once keeps it from being read for the second flavor; give it an include guard instead",
    }));
}

/** Macros of those headers whose text holds a word that is another one per flavor: behind the header it is neither. */
export function flavoredMacros(files: readonly ComponentFile[], words: readonly string[]): InjectFinding[] {
  return files.flatMap(({ path, macros }) =>
    macros.flatMap(({ name, line, words: own }): InjectFinding[] => {
      const word = own.find((each) => words.includes(each));
      if (word === undefined) return [];
      return [{ kind: "macro", path, line, text: `macro ${name} says ${word}, which has no flavor where the macro is used` }];
    }),
  );
}
