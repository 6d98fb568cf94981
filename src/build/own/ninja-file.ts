/** Owns the text of build.ninja (format: ninja-build.org/manual.html). */
import { shellLine } from "../../support/shell-line.js";
import type { ArchiveStep, BuildGraph, BuildTools, CompileStep, LinkStep, PrecompileStep } from "./graph.js";
import { compilerOf } from "./graph.js";

/** The file every compile depends on: another version of a compiler makes everything anew. */
export const TOOLCHAIN_FILE = "toolchain.txt";

/**
 * The whole file. Big sources come first: ninja starts what is ready in file order, so that no long compile is
 * left for the end while other cores idle. An archive or program is made aside and put in place by rename: a
 * kill in the middle leaves the old one or the new one.
 */
export function ninjaText(graph: BuildGraph, tools: BuildTools): string {
  const shared = sharedArguments(graph.compiles);
  const lines = ["ninja_required_version = 1.8", ...rules(tools)];
  for (const [text, name] of shared) lines.push(`${name} = ${text}`);
  for (const step of graph.precompiles) lines.push(...precompileLines(step));
  for (const step of biggestFirst(graph.compiles)) lines.push(...compileLines(step, shared));
  for (const step of graph.archives) lines.push(...archiveLines(step));
  for (const step of graph.links) lines.push(...linkLines(step));
  return `${lines.join("\n")}\n`;
}

function rules(tools: BuildTools): string[] {
  const aside = "rm -f $out.new && ";
  const inPlace = " && mv -f $out.new $out";
  return [
    ...compileRule("c", tools),
    ...compileRule("cxx", tools),
    ...compileRule("asm", tools),
    "rule precompile",
    `  command = ${word(tools.cxx)} $args -frandom-seed=precompiled -MD -MF $out.d -x c++-header -c $in -o $out`,
    "  description = PCH $in",
    "  depfile = $out.d",
    "  deps = gcc",
    "rule archive",
    `  command = ${aside}${word(tools.ar)} qcsD $out.new @$out.rsp${inPlace}`,
    "  description = AR $out",
    "  rspfile = $out.rsp",
    "  rspfile_content = $in",
    "rule link",
    `  command = ${aside}${word(tools.cxx)} -o $out.new @$out.rsp $flags${inPlace}`,
    "  description = LINK $out",
    "  rspfile = $out.rsp",
    "  rspfile_content = $in",
  ];
}

function compileRule(language: CompileStep["language"], tools: BuildTools): string[] {
  const command = [...tools.launcher, compilerOf(language, tools)].map(word).join(" ");
  return [
    `rule ${language}`,
    `  command = ${command} $args -frandom-seed=$seed -MMD -MF $out.d -c $in -o $out`,
    "  description = CC $in",
    "  depfile = $out.d",
    "  deps = gcc",
  ];
}

/** Every distinct argument list once, under a name. */
function sharedArguments(steps: readonly CompileStep[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const step of steps) {
    const text = argumentText(step);
    if (!names.has(text)) names.set(text, `args_${names.size}`);
  }
  return names;
}

function argumentText(step: CompileStep): string {
  return value(shellLine(step.arguments));
}

function biggestFirst(steps: readonly CompileStep[]): CompileStep[] {
  return steps.toSorted((a, b) => b.size - a.size || (a.object < b.object ? -1 : 1));
}

function precompileLines(step: PrecompileStep): string[] {
  return [
    `build ${path(step.output)}: precompile ${path(step.header)} | ${TOOLCHAIN_FILE}`,
    `  args = ${value(shellLine(step.arguments))}`,
  ];
}

function compileLines(step: CompileStep, shared: ReadonlyMap<string, string>): string[] {
  const needs = [TOOLCHAIN_FILE, ...(step.precompiled === undefined ? [] : [step.precompiled])];
  return [
    `build ${path(step.object)}: ${step.language} ${path(step.source)} | ${needs.map(path).join(" ")}`,
    `  args = $${shared.get(argumentText(step)) ?? ""}`,
    `  seed = ${value(step.seed)}`,
  ];
}

function archiveLines(step: ArchiveStep): string[] {
  return [`build ${path(step.archive)}: archive ${step.objects.map(path).join(" ")}`];
}

function linkLines(step: LinkStep): string[] {
  return [
    `build ${path(step.executable)}: link ${[...step.objects, ...step.archives].map(path).join(" ")}`,
    `  flags = ${value(shellLine(step.flags))}`,
  ];
}

function path(name: string): string {
  return name.replaceAll(/[$ :|]/g, "$$$&");
}

function value(text: string): string {
  return text.replaceAll("$", "$$$$");
}

function word(text: string): string {
  return value(shellLine([text]));
}
