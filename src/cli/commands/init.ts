/** Owns `unfork init`: asks, then writes a commented `unfork.config.ts`. */
import { join } from "node:path";
import { cancel, intro, isCancel, outro, text } from "@clack/prompts";
import { type Command, Option } from "commander";

import { CONFIG_NAMES } from "../../config/load-config.js";
import { type Answers, configTemplate } from "../../config/template.js";
import { UnforkError } from "../../support/errors.js";
import { exists, writeFileAtomic } from "../../support/fs.js";
import { EXIT } from "../exit-codes.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { type Terminal, openTerminal } from "../terminal.js";

interface Options extends GlobalOptions {
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly library?: string;
  readonly url?: string;
  readonly from?: string;
  readonly to?: string;
  readonly fromRef?: string;
  readonly toRef?: string;
  readonly namespace?: readonly string[];
  readonly compiler: "g++" | "clang++";
}

export function addInit(program: Command, setExitCode: SetExitCode): void {
  const command = program
    .command("init")
    .description("Ask what the project is, and write a commented unfork.config.ts.")
    .optionsGroup("Answers (asked for when missing):")
    .option("--library <name>", "the library's name")
    .option("--url <url>", "upstream's git repository")
    .option("--from <release>", "the release your users run")
    .option("--to <release>", "the release to move to")
    .option("--from-ref <ref>", "its tag, branch or commit (default: the release's label)")
    .option("--to-ref <ref>", "its tag, branch or commit (default: the release's label)")
    .option("--namespace <name...>", "external namespaces of the library")
    .addOption(new Option("--compiler <name>", "C++ compiler").choices(["g++", "clang++"]).default("g++"))
    .optionsGroup("How:")
    .option("--yes", "ask nothing: what is missing is an error")
    .option("--force", "replace a configuration that is there")
    .option("--dry-run", "print the file, write nothing");
  withExamples(command, [
    "unfork init",
    "unfork init --yes --library zlib --url https://github.com/madler/zlib --from v1.2.13 --to v1.3.1",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await init(globalsOf(self) as Options)));
}

async function init(options: Options): Promise<number> {
  const terminal = openTerminal(options);
  const file = join(process.cwd(), CONFIG_NAMES[0]);
  if (options.force !== true && options.dryRun !== true) await refuseExisting();
  const answers = options.yes === true || !terminal.interactive ? fromFlags(options) : await ask(options);
  const content = configTemplate(answers);
  if (options.dryRun === true) terminal.result(content.trimEnd());
  else await write(file, content, terminal);
  return EXIT.done;
}

async function refuseExisting(): Promise<void> {
  for (const name of CONFIG_NAMES) {
    if (await exists(join(process.cwd(), name)))
      throw new UnforkError("usage", `${name} is there already`, { hint: "give --force to replace it, or edit it" });
  }
}

async function write(file: string, content: string, terminal: Terminal): Promise<void> {
  await writeFileAtomic(file, content);
  terminal.message(`wrote ${CONFIG_NAMES[0]}; next: edit its build section, then \`unfork config\` and \`unfork upgrade --dry-run\``);
}

function fromFlags(options: Options): Answers {
  const missing = (["library", "url", "from", "to"] as const).filter((name) => options[name] === undefined);
  if (missing.length > 0) {
    throw new UnforkError("usage", `cannot ask here, and these are missing: ${missing.map((name) => `--${name}`).join(", ")}`, {
      hint: "give them as options, or run `unfork init` in a terminal",
    });
  }
  return answersOf({ library: options.library ?? "", url: options.url ?? "", from: options.from ?? "", to: options.to ?? "" }, options);
}

function answersOf(given: { library: string; url: string; from: string; to: string }, options: Options): Answers {
  return {
    library: given.library,
    url: given.url,
    fromRelease: label(given.from),
    toRelease: label(given.to),
    fromRef: options.fromRef ?? given.from,
    toRef: options.toRef ?? given.to,
    namespaces: options.namespace ?? [],
    compiler: options.compiler,
  };
}

/** A release's label may not hold a slash: branch-heads/6099 becomes branch-heads-6099. */
function label(ref: string): string {
  return ref.replaceAll(/[^A-Za-z0-9._-]/g, "-");
}

async function ask(options: Options): Promise<Answers> {
  intro("unfork: two releases of one library in one program");
  const library = options.library ?? (await question("What is the library called?", "webrtc"));
  const url = options.url ?? (await question("Where is upstream's git repository?", "https://webrtc.googlesource.com/src"));
  const from = options.from ?? (await question("Which release do your users run (tag, branch or label)?", "M120"));
  const to = options.to ?? (await question("Which release do you want to move to?", "M150"));
  const namespaces =
    options.namespace ??
    (await question("Which namespaces does it define (separated by blanks; none for C)?", "webrtc rtc", false))
      .split(/\s+/)
      .filter((word) => word !== "");
  outro("thank you");
  return answersOf({ library, url, from, to }, { ...options, namespace: namespaces });
}

async function question(message: string, placeholder: string, needed = true): Promise<string> {
  const answer = await text({
    message,
    placeholder,
    validate: (value) => (needed && (value ?? "").trim() === "" ? "an answer is needed" : undefined),
  });
  if (!isCancel(answer)) return answer.trim();
  cancel("nothing was written");
  throw new UnforkError("interrupted", "interrupted: nothing was written");
}
