/** Owns the options by which files, flavors and lists are given to an audit. */
import { type Command, Option } from "commander";

import type { FilesToAudit } from "../../../audit/audit-files.js";
import { loadAllowList } from "../../../audit/allow-list.js";
import { UnforkError } from "../../../support/errors.js";
import type { GlobalOptions } from "../../command.js";

export interface AuditInputOptions extends GlobalOptions {
  readonly flavor?: readonly string[];
  readonly single?: readonly string[];
  readonly shared?: readonly string[];
  readonly allow?: string;
}

export function addInputOptions(command: Command): void {
  command
    .optionsGroup("What to audit:")
    .option("--flavor <name=path...>", "a flavor and its archives, objects, shared libraries, executables or folders; two or more", collect)
    .addOption(new Option("--single <path...>", "audit one flavor alone: every definition must bear the name that --flavor gives"))
    .option("--shared <path...>", "what is linked once for all flavors: what it defines is no flavor's, and not missing")
    .option("--allow <file>", "names that both may define, each with its reason, and severities; YAML or JSON");
}

function collect(value: string, earlier: readonly string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

/** Throws `usage` when the flavors are not told apart, and what reading the allow list throws. */
export async function filesToAudit(options: AuditInputOptions): Promise<FilesToAudit> {
  const flavors = options.single === undefined ? severalFlavors(options.flavor ?? []) : [oneFlavor(options.single, options.flavor ?? [])];
  const allow = options.allow === undefined ? { shared: [], severity: {} } : await loadAllowList(options.allow);
  return { flavors, common: options.shared ?? [], allow };
}

type FlavorPaths = FilesToAudit["flavors"][number];

function oneFlavor(paths: readonly string[], flavors: readonly string[]): FlavorPaths {
  const [name] = flavors;
  if (name === undefined || flavors.length > 1 || !isName(name))
    throw usage("--single needs one --flavor with a name alone", "as in --single build/liba.a --flavor legacy");
  return { name, paths };
}

/** `legacy=a.a b.a latest=c.a`: what has no `=` belongs to the flavor before it. */
function severalFlavors(given: readonly string[]): FlavorPaths[] {
  const flavors: { name: string; paths: string[] }[] = [];
  for (const text of given) {
    const [, name, path = text] = /^(\w+)=(.+)$/s.exec(text) ?? [];
    const known = flavors.find((flavor) => flavor.name === name);
    const last = name === undefined ? flavors.at(-1) : known;
    if (last !== undefined) last.paths.push(path);
    else if (name !== undefined) flavors.push({ name, paths: [path] });
    else throw usage(`--flavor ${text} is not of the form NAME=PATH`, "as in --flavor legacy=build/legacy/liba.a");
  }
  if (flavors.length < 2)
    throw usage(
      flavors.length === 0 ? "no flavors are given" : `only the flavor ${flavors[0]?.name} is given`,
      "give two, as in --flavor legacy=a.a --flavor latest=b.a; or one alone with --single PATH --flavor NAME",
    );
  return flavors;
}

function isName(text: string): boolean {
  return /^\w+$/.test(text);
}

function usage(message: string, hint: string): UnforkError {
  return new UnforkError("usage", message, { hint });
}
