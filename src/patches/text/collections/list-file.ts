/** Owns the files that give a collection its order: quilt's `series`, Electron's `.patches`. */
import { UnforkError } from "../../../support/errors.js";
import { patchError } from "../patch-lines.js";

export interface Listed {
  /** The patch's path, relative to the list's folder. */
  readonly name: string;
  readonly line: number;
  /** Of `-pN`; 1 is what quilt takes. */
  readonly strip: number;
  /** `-R`: the patch is undone. */
  readonly reversed: boolean;
}

/** Quilt's `series`: a patch's name, then `-pN` and `-R`; `#` begins a comment. */
export function parseSeries(text: string, file: string): Listed[] {
  return text.split("\n").flatMap((row, index) => {
    const words = row.replace(/(?:^|\s)#.*$/s, "").trim();
    return words === "" ? [] : [parseEntry(words.split(/\s+/), { file, line: index + 1 })];
  });
}

function parseEntry([name = "", ...options]: readonly string[], where: { file: string; line: number }): Listed {
  let strip = 1;
  let reversed = false;
  for (const option of options) {
    const level = /^-p(\d+|ab)$/.exec(option)?.[1];
    if (level !== undefined) strip = level === "ab" ? 1 : Number(level);
    else if (option === "-R") reversed = true;
    else throw patchError(where, `the option ${option} is not known here`, "only -pN and -R may stand behind a patch's name");
  }
  return { name, line: where.line, strip, reversed };
}

/** Electron's `.patches`: a name a line. */
export function parseDotPatches(text: string): Listed[] {
  const rows = text.split("\n").map((row, index) => ({ name: row.trim(), line: index + 1 }));
  return rows
    .filter(({ name }) => name !== "" && !name.startsWith("#"))
    .map(({ name, line }) => ({ name, line, strip: 1, reversed: false }));
}

/** A listed patch that is not there. */
export function missingPatch(list: string, { name, line }: Listed, cause: unknown): UnforkError {
  return new UnforkError("input-missing", `${list}:${line}: there is no patch ${name}`, {
    hint: "add the file, or take its line out of the list",
    context: { file: list, line },
    cause,
  });
}
