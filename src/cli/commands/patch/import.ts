/** Owns `unfork patch import`: a collection of patches becomes features. */
import { type Command, InvalidArgumentError, Option } from "commander";

import { type ImportRequest, importAlone } from "../../../patches/import/import-alone.js";
import type { Grouping } from "../../../patches/import/plan-features.js";
import { importText } from "../../../report/patch-import.js";
import { canonicalJson } from "../../../support/hash.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";

interface ImportOptions extends GlobalOptions {
  readonly repo: string;
  readonly feature?: string;
  readonly purpose?: string;
  readonly owner?: string;
  readonly base?: string;
  readonly release?: string;
  readonly group?: Grouping;
  readonly groups?: string;
  readonly strip?: number;
  readonly keepGoing?: boolean;
  readonly replace?: boolean;
  readonly dryRun?: boolean;
}

export function addImport(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("import")
    .description("Import patches as features: quilt, mailbox, git format-patch, Electron's and Mozilla's folders, a diff, or commits A..B.")
    .argument("<patches>", "a folder or file of patches, or a range A..B of commits of the repository")
    .option("--repo <dir>", "the repository", ".")
    .optionsGroup("What they come onto:")
    .option("--base <release>", "the release with a branch base/<release>, or any commit (default: the only base)")
    .option("--release <release>", "the release that the branches are named for, where --base names a commit")
    .optionsGroup("One feature:")
    .option("--feature <name>", "its name, in kebab-case")
    .option("--purpose <sentence>", "why it exists")
    .option("--owner <person>", "who answers for it")
    .optionsGroup("Several features (--purpose and --owner count for all that have none of their own):")
    .addOption(new Option("--group <rule>", "how patches find together").choices(["tag", "folder", "file"]))
    .option("--groups <file>", "YAML: features with name, purpose, owner and patches")
    .optionsGroup("How:")
    .option("--strip <n>", "leading folders that are no part of the paths, as patch -p (default: found out)", folders)
    .option("--keep-going", "import what has a place, leave the rest out and list it (exit 1)")
    .option("--replace", "put the import in the place of branches that are there already")
    .option("--dry-run", "tell what would come out, write nothing");
  withExamples(command, [
    "unfork patch import ~/grub2/debian/patches --repo grub --base M2.06 --group file --dry-run",
    "unfork patch import fixes.mbox --feature echo-control --purpose 'Echo is cancelled on our own device, too.' --owner 'Audio <audio@example.org>'",
    "unfork patch import v1.2..our-work --base v1.2 --release 1.2 --groups features.yaml",
  ]);
  command.action(async (patches: string, _local: unknown, self: Command) => {
    const options = globalsOf(self) as ImportOptions;
    const result = await importAlone(requestOf(patches, options));
    const terminal = openTerminal(options);
    if (options.json === true) terminal.result(canonicalJson(result, 2));
    else terminal.result(importText(result, { color: terminal.color, verbose: options.verbose === true }));
    const refused = result.features.some((feature) =>
      feature.patches.some(({ status }) => status === "refused" || status === "incomplete"),
    );
    setExitCode(refused ? EXIT.gate : EXIT.done);
  });
}

function requestOf(source: string, options: ImportOptions): ImportRequest {
  const { repo, feature, purpose, owner, base, release, group, groups, strip, keepGoing, replace, dryRun } = options;
  const given = { feature, purpose, owner, base, release, group, groups, strip };
  const wanted = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { source, repo, ...wanted, keepGoing: keepGoing === true, replace: replace === true, dryRun: dryRun === true };
}

function folders(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("a number from 0 on is wanted");
}
