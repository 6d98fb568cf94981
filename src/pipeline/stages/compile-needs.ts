/** Owns what is said of compile errors: the place in the original source and the command that shows it again. */
import type { CompileError } from "../../model/build.js";
import type { Need } from "../outputs.js";

/** At most ten errors, each at its place in the un-renamed source. `hint`: what to do about one in that file, where it is not plain. */
export function compileNeeds(errors: readonly CompileError[], hint: (error: CompileError) => string | undefined = () => undefined): Need[] {
  return errors.slice(0, 10).map((error) => {
    const { file, line, column, message, command } = error;
    return { what: `${line === 0 ? message : `${file}:${line}:${column}: ${message}`}${hintText(hint(error))}`, command };
  });
}

function hintText(hint: string | undefined): string {
  return hint === undefined ? "" : ` (${hint})`;
}
