/** Owns docs/cli.md: the command tree as Markdown. */
import type { Command, Option } from "commander";

/** The reference of all commands, options and exit codes. */
export function commandReference(program: Command): string {
  const commands = [...program.commands].toSorted((a, b) => (a.name() < b.name() ? -1 : 1));
  return [
    "# The command line",
    "Made from the command tree by `npm run generate`; do not edit.",
    program.description(),
    "## Options of every command",
    optionTable(program.options),
    ...commands.flatMap((command) => section(command, "unfork")),
    "## Exit codes",
    EXIT_CODES,
    "",
  ].join("\n\n");
}

/** A command and those inside its group, in the order of `--help`. */
function section(command: Command, parent: string): string[] {
  const name = `${parent} ${command.name()}`;
  const usage = `${name} ${command.usage()}`.trim();
  const options = command.options.length === 0 ? [] : [optionTable(command.options)];
  const described = command.registeredArguments.filter(({ description }) => description !== "");
  const places = described.length === 0 ? [] : [described.map((one) => `- \`${one.name()}\`: ${escape(one.description)}`).join("\n")];
  return [
    `## ${name}`,
    command.description(),
    `\`${usage}\``,
    ...places,
    ...options,
    ...command.commands.flatMap((inner) => section(inner, name)),
  ];
}

function optionTable(options: readonly Option[]): string {
  const rows = options.map((option) => `| \`${option.flags}\` | ${escape(option.description)}${choicesOf(option)}${defaultOf(option)} |`);
  return ["| option | meaning |", "| --- | --- |", ...rows].join("\n");
}

function choicesOf(option: Option): string {
  return option.argChoices === undefined ? "" : `. One of ${option.argChoices.map((choice) => `\`${choice}\``).join(", ")}`;
}

/** Defaults that depend on the machine are named, not shown. */
function defaultOf(option: Option): string {
  if (option.defaultValue === undefined || option.negate) return "";
  return option.long === "--jobs" ? ". Default: the number of cores" : `. Default: \`${String(option.defaultValue)}\``;
}

function escape(text: string): string {
  return text.replaceAll("|", "\\|");
}

const EXIT_CODES = [
  "| code | meaning |",
  "| --- | --- |",
  "| 0 | done |",
  "| 1 | a gate failed: clashes, compile errors, or (with `--strict`) a use case that is worse |",
  "| 2 | usage, configuration or input |",
  "| 3 | environment: a missing tool, network, disk, another run on the same project |",
  "| 4 | the run waits for a person: `--continue` or `--abort` |",
  "| 70 | a fault of unfork itself |",
  "| 130 | interrupted |",
].join("\n");
