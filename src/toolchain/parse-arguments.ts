/** Owns which of a compile command's arguments libclang gets: those that change what the source says. */

/** Options with their value in the next word. */
const WITH_VALUE = new Set([
  "-I",
  "-isystem",
  "-iquote",
  "-idirafter",
  "-D",
  "-U",
  "-include",
  "-imacros",
  "-x",
  "-target",
  "--target",
  "-isysroot",
  "--sysroot",
  "-F",
  "-iframework",
]);

const KEPT =
  /^-(I.|isystem.|iquote.|idirafter.|D.|U.|std=|ansi$|target=|-target=|-sysroot=|isysroot.|F.|nostdinc|nostdlibinc|pthread$|stdlib=|O[0-3sgz]?$|m(?!arch=native|tune=)|f(no-)?(exceptions|rtti|signed-char|unsigned-char|short-enums|short-wchar|char8_t|ms-extensions|ms-compatibility|blocks|objc-arc|objc-abi-version|modules|coroutines|PIC|pic|PIE|pie|openmp|freestanding|builtin|strict-aliasing|cxx-exceptions)\b)/;

/** The arguments of a parse without the compiler, the source last; warnings are off. */
export function parseArguments(command: readonly string[], source: string): string[] {
  const kept: string[] = [];
  const words = command.slice(compilerWords(command));
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (WITH_VALUE.has(word)) kept.push(word, words[++i] ?? "");
    else if (KEPT.test(word)) kept.push(word);
  }
  return ["clang", "-w", "-ferror-limit=0", ...kept, source];
}

/** `ccache g++ …`: a launcher before the compiler. */
function compilerWords(command: readonly string[]): number {
  return /(^|\/)(ccache|sccache|distcc|icecc|nice)$/.test(command[0] ?? "") ? 2 : 1;
}
