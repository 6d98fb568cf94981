/** Owns the placeholders in the command lines of a user's own build system. */
import { UnforkError } from "../../support/errors.js";

/** What each placeholder stands for; a list where several files may stand. */
export type PlaceholderValues = Readonly<Record<string, string | readonly string[]>>;

const PLACEHOLDER = /\{([a-z]+(?::[a-z]+)?)\}/g;

/**
 * The arguments with every placeholder filled in. An argument that is nothing but a list placeholder becomes one
 * argument per entry; inside an argument the entries are joined with `;`, as CMake wants lists.
 *
 * @param key where the command stands in the config, for messages
 * @throws UnforkError `config-invalid` for a placeholder that means nothing here
 */
export function fillCommand(command: readonly string[], values: PlaceholderValues, key: string): string[] {
  return command.flatMap((argument) => {
    const alone = /^\{([a-z]+(?::[a-z]+)?)\}$/.exec(argument)?.[1];
    if (alone === undefined) return [fillText(argument, values, key)];
    const value = valueOf(alone, values, key);
    return typeof value === "string" ? [value] : [...value];
  });
}

/** One argument or path with every placeholder filled in. */
export function fillText(text: string, values: PlaceholderValues, key: string): string {
  return text.replaceAll(PLACEHOLDER, (_whole, name: string) => {
    const value = valueOf(name, values, key);
    return typeof value === "string" ? value : value.join(";");
  });
}

function valueOf(name: string, values: PlaceholderValues, key: string): string | readonly string[] {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value !== undefined) return value;
  const known = Object.keys(values).map((one) => `{${one}}`);
  throw new UnforkError("config-invalid", `${key}: the placeholder {${name}} means nothing here`, {
    hint: `known here: ${known.join(" ")}`,
    context: { key, placeholder: name },
  });
}
