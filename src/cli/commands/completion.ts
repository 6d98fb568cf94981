/** Owns `unfork completion`: scripts for bash, zsh and fish, made from the command tree. */
import { type Command, Argument } from "commander";

import { openTerminal } from "../terminal.js";
import { withExamples } from "../command.js";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

interface CommandWords {
  /** Behind `unfork`: `upgrade`, or `isolate scan`. */
  readonly path: readonly string[];
  readonly description: string;
  /** Names of the commands inside a group. */
  readonly inner: readonly string[];
  readonly options: readonly OptionWords[];
}

interface OptionWords {
  readonly flag: string;
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

export function addCompletion(program: Command): void {
  const command = program
    .command("completion")
    .description("Print a completion script for your shell.")
    .addArgument(new Argument("<shell>", "bash, zsh or fish").choices(SHELLS));
  withExamples(command, [
    "unfork completion bash > /etc/bash_completion.d/unfork",
    "source <(unfork completion zsh)",
    "unfork completion fish > ~/.config/fish/completions/unfork.fish",
  ]);
  command.action((shell: Shell) => openTerminal({}).result(completionScript(shell, program)));
}

/** The whole script for one shell. */
export function completionScript(shell: Shell, program: Command): string {
  const commands = program.commands.flatMap((command) => wordsOf(command, [], program));
  return { bash, zsh: (words: readonly CommandWords[]) => `autoload -U +X bashcompinit && bashcompinit\n${bash(words)}`, fish }[shell](
    commands,
  );
}

/** A command, and those inside its group. */
function wordsOf(command: Command, parents: readonly string[], program: Command): CommandWords[] {
  const options = [...command.options, ...program.options].map((option) => ({
    flag: option.long ?? option.flags,
    description: option.description,
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? [],
  }));
  const path = [...parents, command.name()];
  const inner = command.commands.map((each) => each.name());
  return [
    { path, description: command.description(), inner, options },
    ...command.commands.flatMap((each) => wordsOf(each, path, program)),
  ];
}

/** Where nothing matches, and behind options that take any value, bash goes on to file names (`-o default`). */
function bash(commands: readonly CommandWords[]): string {
  const options = commands.flatMap((command) => command.options);
  const choices = new Map(options.filter((option) => option.choices.length > 0).map((option) => [option.flag, option.choices.join(" ")]));
  const values = [...choices].map(([flag, words]) => `    ${flag}) COMPREPLY=($(compgen -W "${words}" -- "$current")); return ;;`);
  const free = [...new Set(options.filter((option) => option.takesValue && !choices.has(option.flag)).map(({ flag }) => flag))];
  const wordsOfCommand = ({ inner, options: own }: CommandWords): string => [...inner, ...own.map(({ flag }) => flag)].join(" ");
  const deepest = commands.toSorted((a, b) => b.path.length - a.path.length);
  const cases = deepest.map((command) => `    "${command.path.join(" ")} "*) words="${wordsOfCommand(command)}" ;;`);
  return `_unfork() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  case "$previous" in
${values.join("\n")}
    ${free.join("|")}) return ;;
  esac
  case "\${COMP_WORDS[*]:1:COMP_CWORD-1} " in
${cases.join("\n")}
    *) words="${commands
      .filter(({ path }) => path.length === 1)
      .map(({ path }) => path[0])
      .join(" ")}" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _unfork unfork`;
}

function fish(commands: readonly CommandWords[]): string {
  return commands.flatMap((command) => [fishName(command), ...command.options.map((option) => fishOption(command, option))]).join("\n");
}

function fishName({ path, description }: CommandWords): string {
  const group = path.slice(0, -1);
  const when = group.length === 0 ? "__fish_use_subcommand" : `'${seen(group)}'`;
  return `complete -c unfork ${group.length === 0 ? "-f " : ""}-n ${when} -a ${path.at(-1)} -d '${quoted(description)}'`;
}

/** A group's own options are those of the group alone, not of the commands inside it. */
function fishOption({ path, inner }: CommandWords, { flag, description, choices }: OptionWords): string {
  const apart = inner.length === 0 ? "" : `; and not __fish_seen_subcommand_from ${inner.join(" ")}`;
  const values = choices.length === 0 ? "" : ` -xa '${choices.join(" ")}'`;
  return `complete -c unfork -n '${seen(path)}${apart}' -l ${flag.replace(/^--/, "")}${values} -d '${quoted(description)}'`;
}

function seen(path: readonly string[]): string {
  return path.map((name) => `__fish_seen_subcommand_from ${name}`).join("; and ");
}

function quoted(text: string): string {
  return text.replaceAll("'", String.raw`\'`);
}
