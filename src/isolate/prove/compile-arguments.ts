/** Owns what becomes of a compile command when it is run for the proof: no outputs of its own, nothing that changes from run to run. */
import { basename } from "node:path";

export interface CompileStep {
  readonly cwd: string;
  readonly compiler: string;
  /** Everything but compiler, source, output and dependency files. */
  readonly arguments: readonly string[];
  /** As the command names it. */
  readonly source: string;
}

const LAUNCHERS = new Set(["ccache", "sccache", "distcc", "icecc", "goma", "gomacc"]);
/** Options with a value of their own that name outputs. */
const OUTPUTS = new Set(["-o", "-MF", "-MT", "-MQ", "--serialize-diagnostics", "-dumpdir", "-dumpbase"]);
const DEPENDENCIES = /^-M(M|D|MD|P|G)?$/;

/** The compiler and its arguments, without launcher, source, `-c`, outputs and debug information. */
export function plainArguments(words: readonly string[], source: string): { compiler: string; arguments: string[] } {
  const rest = [...words];
  while (rest.length > 1 && LAUNCHERS.has(basename(rest[0] ?? ""))) rest.shift();
  const compiler = rest.shift() ?? "";
  const kept: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? "";
    if (OUTPUTS.has(word)) at++;
    else if (word !== "-c" && word !== source && word !== "--" && !DEPENDENCIES.test(word) && !isOutput(word) && !isDebug(word))
      kept.push(word);
  }
  return { compiler, arguments: kept };
}

function isOutput(word: string): boolean {
  return /^(-o|-MF|-MT|-MQ).+/.test(word) || word === "-save-temps" || word === "-gsplit-dwarf";
}

function isDebug(word: string): boolean {
  return /^-g(\d|gdb\d?|dwarf(-\d)?|line-tables-only|mlt|column-info|z(=\w+)?)?$/.test(word);
}

/** Dates that would differ from one compilation to the next. */
const STEADY = [
  "-Wno-builtin-macro-redefined",
  '-D__DATE__="Jan  1 1970"',
  '-D__TIME__="00:00:00"',
  '-D__TIMESTAMP__="Thu Jan  1 00:00:00 1970"',
];

/** The arguments that compile a step to an object; `unit` seeds what GCC would draw at random. */
export function objectArguments(step: CompileStep, unit: string, more: readonly string[], output: string, debug = "-g0"): string[] {
  const seed = step.arguments.some((word) => word.startsWith("-frandom-seed")) ? [] : [`-frandom-seed=${unit}`];
  return [...step.arguments, debug, ...seed, ...STEADY, ...more, "-c", step.source, "-o", output];
}

/** The arguments that preprocess it. */
export function preprocessArguments(step: CompileStep, more: readonly string[], output: string): string[] {
  return [...step.arguments, "-g0", ...STEADY, ...more, "-E", step.source, "-o", output];
}

/** The arguments that compile preprocessed text: what the preprocessor took is left out. */
export function preprocessedArguments(step: CompileStep, unit: string, more: readonly string[], input: string, output: string): string[] {
  const language = isC(step) ? "cpp-output" : "c++-cpp-output";
  const compile = withoutPreprocessing([...step.arguments, ...more]);
  return [...compile, "-g0", "-w", `-frandom-seed=${unit}`, "-x", language, "-c", input, "-o", output];
}

const PREPROCESSING = new Set(["-include", "-imacros", "-D", "-U", "-I", "-isystem", "-iquote", "-idirafter", "-x", "-frandom-seed"]);

function withoutPreprocessing(words: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (PREPROCESSING.has(word)) at++;
    else if (!/^-[DUI]./.test(word) && !/^-(isystem|iquote|idirafter|frandom-seed=)/.test(word)) kept.push(word);
  }
  return kept;
}

/** Whether the step compiles C: by `-x`, by the source's ending, by the compiler. */
export function isC(step: CompileStep): boolean {
  const chosen = step.arguments[step.arguments.indexOf("-x") + 1];
  if (step.arguments.includes("-x") && chosen !== undefined) return !chosen.includes("++");
  return /\.[cm]$/.test(step.source) && !/\+\+/.test(basename(step.compiler));
}

/** Assembler has no strings and constants of its own making: nothing to neutralise. */
export function isAssembler(step: CompileStep): boolean {
  return /\.(s|S|sx|asm|nasm)$/.test(step.source);
}

/** The C compiler that belongs to a C++ compiler: gcc-12 to g++-12, clang to clang++. */
export function compilerFor(cxx: string, step: CompileStep): string {
  if (!isC(step) && !isAssembler(step)) return cxx;
  const name = basename(cxx);
  const c = name
    .replace(/^(.*-)?g\+\+/, "$1gcc")
    .replace("clang++", "clang")
    .replace(/^c\+\+/, "cc");
  return cxx.slice(0, cxx.length - name.length) + c;
}
