/** Owns which words of a C header are keywords of C++: it names something by them, or says something that C++ says otherwise. */

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    "catch class const_cast delete dynamic_cast explicit export friend mutable namespace new operator private protected public " +
    "reinterpret_cast static_cast template this throw try typeid typename using virtual decltype noexcept concept requires consteval " +
    "constinit co_await co_return co_yield"
  ).split(" "),
);
const SAID_OTHERWISE: ReadonlySet<string> = new Set(["restrict", "register", "_Bool", "_Noreturn", "_Static_assert"]);

/** Words where C++ would read them: outside of comments, texts, directives and whatever asks for `__cplusplus`. */
export function cppWords(text: string): string[] {
  const bare = text.replaceAll(/\\\r?\n/g, " ").replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, " ");
  const found = new Set<string>();
  /** Of each condition around: whether it asks for C++. */
  const around: boolean[] = [];
  for (const line of bare.split("\n")) {
    const [, directive, rest = ""] = /^\s*#\s*(\w+)(.*)$/.exec(line) ?? [];
    if (directive === undefined) {
      if (!around.includes(true))
        for (const [word] of line.matchAll(/[A-Za-z_]\w*/g)) if (KEYWORDS.has(word) || SAID_OTHERWISE.has(word)) found.add(word);
    } else if (directive.startsWith("if")) around.push(rest.includes("__cplusplus"));
    else if (directive === "elif" && rest.includes("__cplusplus")) around[around.length - 1] = true;
    else if (directive === "endif") around.pop();
  }
  return [...found];
}

/** Whether a name cannot be one in C++. */
export function isCppKeyword(name: string): boolean {
  return KEYWORDS.has(name);
}
