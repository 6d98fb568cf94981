/** Owns pieces of C++ text that all emitters write: names of tables, parameter lists, comments. */
import { isOfInstance, ownWord, plainWords } from "../plan/instances/instance-words.js";
import type { ClassPlan, ParameterPlan } from "../plan/model.js";

/** `AudioProcessing::Config` → `AudioProcessing_Config`: a word of its own. */
export function wordOf(name: string): string {
  return plainWords(name).replaceAll("::", "_");
}

export function opsName({ name }: Pick<ClassPlan, "name">): string {
  return `${wordOf(name)}Ops`;
}

export function callsName({ name }: Pick<ClassPlan, "name">): string {
  return `${wordOf(name)}Calls`;
}

/** A type before a declarator: one that is written around its name gets a name of its own. */
export function beforeName(type: string): string {
  return /[([]/.test(type) ? `unfork::Type<${type}>` : type;
}

/** As an argument of a macro, whose commas part arguments. */
export function inMacro(type: string): string {
  return /[([,]/.test(type) || isOfInstance(type) ? `UNFORK_TYPE(${type})` : type;
}

export function declared({ name, type }: ParameterPlan): string {
  return `${beforeName(type.shim)} ${name}`;
}

export function declaredWithDefault(parameter: ParameterPlan): string {
  return declared(parameter) + (parameter.default === "" ? "" : ` = ${parameter.default}`);
}

/** A parameter given on: what is held by value, or by an rvalue reference, is moved. */
export function givenOn({ name, type }: ParameterPlan): string {
  return isByValueObject(type.shim) || type.shim.endsWith("&&") ? `std::move(${name})` : name;
}

const SCALARS =
  /^(const )?(bool|(un)?signed( (char|short|int|long|long long))?|char|wchar_t|char(8|16|32)_t|short|int|long( long| int| double)?|float|double|(std::)?u?int(_fast|_least)?(8|16|32|64|ptr|max)_t|(std::)?s?size_t|(std::)?ptrdiff_t|std::nullptr_t|unsigned (char|short|int|long|long long))$/;

/** Neither a reference, a pointer nor a number. */
export function isByValueObject(type: string): boolean {
  return !/[&*]( const)?$/.test(type) && !SCALARS.test(type) && !/[([]/.test(type);
}

/** Lines of a comment before a declaration. */
export function commentLines(comment: string | null): string[] {
  if (comment === null || comment.trim() === "") return [];
  return comment
    .trim()
    .split("\n")
    .map((line) => `// ${line.trim()}`.trimEnd().replace(/\\$/, "\\ ."));
}

export function indented(lines: readonly string[], by = "  "): string[] {
  return lines.map((line) => (line === "" || line.startsWith("#") ? line : by + line));
}

/** Namespaces that a relative path opens: `inner::Foo` → [`inner`]. */
export function scopeAndName(path: string): { readonly scope: readonly string[]; readonly name: string } {
  const words = path.split("::");
  return { scope: words.slice(0, -1), name: words.at(-1) as string };
}

/** What a class calls itself inside: `Box` of `Box<int>`. */
export function selfName(path: string): string {
  return ownWord(scopeAndName(path).name);
}

/** Groups neighbours by namespace and opens it around them. */
export function inNamespaces<T>(
  items: readonly T[],
  pathOf: (item: T) => string,
  write: (item: T, name: string) => readonly string[],
): string[] {
  const lines: string[] = [];
  let open: readonly string[] = [];
  for (const item of items) {
    const { scope, name } = scopeAndName(pathOf(item));
    if (scope.join("::") !== open.join("::")) {
      if (open.length > 0) lines.push(`}  // namespace ${open.join("::")}`, "");
      if (scope.length > 0) lines.push(`namespace ${scope.join("::")} {`);
      open = scope;
    }
    lines.push(...write(item, name));
  }
  if (open.length > 0) lines.push(`}  // namespace ${open.join("::")}`);
  return lines;
}

/** A word for a type's text, for the name that a flavor's unit gives it. */
export function typeWord(text: string): string {
  return plainWords(text)
    .replaceAll(/\bstd::|\bunfork::/g, "")
    .replaceAll("&&", "_rvalue")
    .replaceAll("&", "_ref")
    .replaceAll("*", "_ptr")
    .replaceAll("<", "_of_")
    .replaceAll(/[^\w]+/g, "_")
    .replaceAll(/_+/g, "_")
    .replaceAll(/^_|_$/g, "");
}
