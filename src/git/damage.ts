/** Owns what is told when somebody's own repository lacks an object or cannot be read: which kind of clone it is, and what helps. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { UnforkError } from "../support/errors.js";
import type { GitErrorCode } from "./errors.js";
import type { ExistingRepository } from "./open-existing.js";

/** The same error in the words of somebody who did not make the repository with this tool; others as they are. */
export function toldOf(existing: ExistingRepository, error: unknown): unknown {
  if (!(error instanceof UnforkError)) return error;
  const kind = error.context["git"] as GitErrorCode | undefined;
  if (kind === "missing-object") return missing(existing, error);
  if (kind === "not-fetched") return notFetched(existing, error);
  if (kind === "corrupt-object") {
    const hint = "git fsck --full tells what is damaged; fetch it again, or work on another clone";
    return told(existing, error, { what: `the repository ${existing.repository.path} is damaged`, hint });
  }
  if (kind === "ref-locked") {
    const hint = "wait until the other git process has ended, or remove the .lock file where none runs";
    return told(existing, error, { what: `the refs of ${existing.repository.path} are locked`, hint, code: "locked" });
  }
  if (kind === "unreadable") {
    const hint = "correct it, until `git status` works there";
    return told(existing, error, { what: `git cannot work on ${existing.repository.path}`, hint });
  }
  return error;
}

function missing(existing: ExistingRepository, error: UnforkError): UnforkError {
  const { object } = error.context;
  const what = `${existing.repository.path} lacks ${object === undefined ? "an object" : `the object ${object}`}`;
  const gone = goneAlternates(existing);
  if (gone.length > 0) {
    const hint = "bring it back, or correct objects/info/alternates";
    return told(existing, error, { what: `${what}: it borrows objects from ${gone.join(", ")}, which is gone`, hint });
  }
  if (existing.shallow) {
    return told(existing, error, { what: `${what}: it is a shallow clone`, hint: "git fetch --unshallow, or fetch the missing commits" });
  }
  return told(existing, error, { what, hint: "git fsck --full tells what is missing; fetch it again, or work on another clone" });
}

function notFetched(existing: ExistingRepository, error: UnforkError): UnforkError {
  const what = `${existing.repository.path} is a partial clone, and what it lacks could not be fetched from its remote`;
  const hint = "try `git fetch` there; without the remote a whole clone is needed: git clone without --filter";
  return told(existing, error, { what, hint, code: "network" });
}

interface Words {
  readonly what: string;
  readonly hint: string;
  readonly code?: UnforkError["code"];
}

function told({ repository }: ExistingRepository, cause: UnforkError, { what, hint, code }: Words): UnforkError {
  const words = firstWords(cause.message);
  const { git = "unknown" } = cause.context;
  return new UnforkError(code ?? "input-invalid", words === "" ? what : `${what}: ${words}`, {
    hint,
    cause,
    context: { git, repository: repository.path },
  });
}

/** Git's first words of what is wrong. */
function firstWords(message: string): string {
  const line = message.split("\n").find((one) => /^(?:error|fatal): /.test(one));
  return (line ?? "").replace(/^(?:error|fatal): /, "");
}

/** Repositories from which this one borrows objects, and which are not there. */
function goneAlternates({ objects }: ExistingRepository): string[] {
  const file = join(objects, "info", "alternates");
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  const paths = lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => resolve(objects, line));
  return paths.filter((path) => !existsSync(path));
}
