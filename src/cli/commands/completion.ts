/** Owns `unfork completion`: scripts for bash, zsh and fish, made from the command tree. */
import { type Command, Argument } from "commander";

import { openTerminal } from "../terminal.js";
import { withExamples } from "../command.js";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly { readonly flag: string; readonly description: string; readonly choices: readonly string[] }[];
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
  const commands = program.commands.map((command) => wordsOf(command, program));
  return { bash, zsh: (words: readonly CommandWords[]) => `autoload -U +X bashcompinit && bashcompinit\n${bash(words)}`, fish }[shell](
    commands,
  );
}

function wordsOf(command: Command, program: Command): CommandWords {
  const options = [...command.options, ...program.options].map((option) => ({
    flag: option.long ?? option.flags,
    description: option.description,
    choices: option.argChoices ?? [],
  }));
  return { name: command.name(), description: command.description(), options };
}

function bash(commands: readonly CommandWords[]): string {
  const cases = commands.map((command) => `    ${command.name}) words="${command.options.map((option) => option.flag).join(" ")}" ;;`);
  const choices = new Map(
    commands.flatMap((command) =>
      command.options.filter((option) => option.choices.length > 0).map((option) => [option.flag, option.choices.join(" ")]),
    ),
  );
  const values = [...choices].map(([flag, words]) => `    ${flag}) COMPREPLY=($(compgen -W "${words}" -- "$current")); return ;;`);
  return `_unfork() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  case "$previous" in
${values.join("\n")}
    --config|--output) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
    *) words="${commands.map((command) => command.name).join(" ")}" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _unfork unfork`;
}

function fish(commands: readonly CommandWords[]): string {
  const top = commands.map(
    (command) => `complete -c unfork -f -n __fish_use_subcommand -a ${command.name} -d '${quoted(command.description)}'`,
  );
  const options = commands.flatMap((command) =>
    command.options.map((option) => {
      const choices = option.choices.length === 0 ? "" : ` -xa '${option.choices.join(" ")}'`;
      return `complete -c unfork -n '__fish_seen_subcommand_from ${command.name}' -l ${option.flag.replace(/^--/, "")}${choices} -d '${quoted(option.description)}'`;
    }),
  );
  return [...top, ...options].join("\n");
}

function quoted(text: string): string {
  return text.replaceAll("'", String.raw`\'`);
}
