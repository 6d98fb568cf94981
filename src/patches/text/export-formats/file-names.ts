/** Owns the names of exported patch files: out of subjects, each one once. */

/** Lower case, all that is neither letter nor digit as `join`, cut to 52 characters. */
export function slug(text: string, join = "-"): string {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  let name = "";
  for (const word of words) if (name.length + word.length < 52) name += (name === "" ? "" : join) + word;
  return name === "" ? "patch" : name;
}

/** The names of the subjects; one that is there already gets a number. */
export function uniqueNames(subjects: readonly string[], join = "-"): string[] {
  const taken = new Set<string>();
  return subjects.map((subject) => {
    let name = slug(subject, join);
    for (let number = 2; taken.has(name); number++) name = `${slug(subject, join)}${join}${number}`;
    taken.add(name);
    return name;
  });
}
