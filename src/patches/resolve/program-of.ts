/** Owns the name of the program that a shell's command line starts, without anything that may be a secret. */

/** A word that is blank-free but for quotes and backslashes. */
const WORD = /^\s*((?:[^\s"'\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+)/s;
const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;
/** Words that go on where this cannot follow, or end before the blank. */
const SHELL = /[$`;&|<>()]/;

/** `TOKEN=… ./tools/resolve --fast` is `resolve`; `sh` where only a shell can tell. */
export function programOf(command: string): string {
  let rest = command;
  for (let word = WORD.exec(rest); word !== null; word = WORD.exec(rest)) {
    const [whole, text = ""] = word;
    if (SHELL.test(text)) return "sh";
    if (!ASSIGNMENT.test(text)) return nameOf(text);
    rest = rest.slice(whole.length);
    if (/^\s*\n/.test(rest)) return "sh";
  }
  return "sh";
}

function nameOf(word: string): string {
  const [, name] = /^(?:.*\/)?([\w.+-]+)$/s.exec(word.replaceAll(/["'\\]/g, "")) ?? [];
  return name ?? "sh";
}
