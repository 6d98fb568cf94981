/** Owns the request for a proof: what is given on each side, and which of the two ways it takes. */
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";

import type { IsolationProof } from "../../model/isolation-prove.js";
import { UnforkError, fileError } from "../../support/errors.js";
import { exists } from "../../support/fs.js";
import { MARKER_FILE, readMarker } from "../marker.js";
import { bareNames } from "./bare-names.js";
import { type CompileInput, compileUnits, databaseAt } from "./compile-units.js";
import { type CompiledRequest, proveCompiled } from "./prove-compiled.js";
import { proveObjects } from "./prove-objects.js";
import { isProven } from "./run-result.js";

export interface ProveRequest {
  /** A folder of objects, an archive, a compile database, a folder with one, or a tree; null where trees are given. */
  readonly before: string | null;
  readonly after: string | null;
  readonly beforeTree: string | null;
  readonly afterTree: string | null;
  /** One database for both trees. */
  readonly compileCommands: string | null;
  /** Null: from `isolation`, or from the marker of the isolated tree. */
  readonly flavor: string | null;
  /** A marker or a result of `unfork isolate`. */
  readonly isolation: string | null;
  /** Take a folder's objects as they are, even if a compile database lies there. */
  readonly objects: boolean;
  readonly allowUncompiled: boolean;
  readonly compile: Pick<CompiledRequest, "compilers" | "flags" | "launcher" | "jobs" | "keep">;
}

/** Proves, or says where not. Throws `usage`, `input-missing`, `input-invalid`, `object-invalid`, `tool-missing`. */
export async function prove(request: ProveRequest): Promise<IsolationProof> {
  const input = await compileInput(request);
  const flavor = await flavorOf(request);
  const bare = bareNames(flavor);
  const runs =
    input === null
      ? [await proveObjects(sideOf(request.before, "before"), sideOf(request.after, "after"), bare)]
      : await proveCompiled({ ...request.compile, units: await compileUnits(input), bare });
  const proven = runs.every((run) => isProven(run, request.allowUncompiled));
  return { format: 1, flavor, from: input === null ? "objects" : "compile database", proven, runs };
}

function sideOf(path: string | null, side: string): string {
  if (path !== null) return resolve(path);
  throw new UnforkError("usage", `--${side} is missing`, {
    hint: "give --before and --after, or --before-tree and --after-tree with --compile-commands",
  });
}

/** The databases and trees, or null when both sides are objects. Throws when one side is objects and the other is not. */
async function compileInput(request: ProveRequest): Promise<CompileInput | null> {
  const { beforeTree, afterTree, compileCommands } = request;
  const trees = { beforeTree: absolute(beforeTree), afterTree: absolute(afterTree) };
  if (compileCommands !== null) {
    const before = trees.beforeTree ?? absolute(request.before);
    const after = trees.afterTree ?? absolute(request.after);
    if (before === null || after === null) sideOf(null, before === null ? "before-tree" : "after-tree");
    return databaseOf(resolve(compileCommands), before, after);
  }
  const [old, fresh] = [sideOf(request.before ?? beforeTree, "before"), sideOf(request.after ?? afterTree, "after")];
  const before = request.objects ? null : await databaseAt(old);
  const after = request.objects ? null : await databaseAt(fresh);
  if (before === null && after === null) return null;
  const bare = { before: before === null ? old : null, after: after === null ? fresh : null };
  for (const path of [bare.before, bare.after]) if (path !== null) await wantFolder(path);
  return { before, after, beforeTree: trees.beforeTree ?? bare.before, afterTree: trees.afterTree ?? bare.after };
}

/** One database belongs to the tree whose files it names; else it is carried over to both. */
async function databaseOf(database: string, before: string | null, after: string | null): Promise<CompileInput> {
  if (!(await exists(database)))
    throw new UnforkError("input-missing", `there is no file ${database}`, { hint: "check the path given to --compile-commands" });
  const text = await readFile(database, "utf8");
  const ofAfter = after !== null && text.includes(`"${after}`) && !(before !== null && text.includes(`"${before}"`));
  return { before: ofAfter ? null : database, after: ofAfter ? database : null, beforeTree: before, afterTree: after };
}

async function wantFolder(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw fileError("read", path, error);
  });
  if (found.isDirectory()) return;
  throw new UnforkError("input-invalid", `one side is a compile database, but ${path} is neither a database nor a tree`, {
    hint: "give the same kind on both sides: objects with objects, a database with a database or a tree",
    context: { path },
  });
}

function absolute(path: string | null): string | null {
  return path === null ? null : resolve(path);
}

const resultSchema = z.looseObject({ flavor: z.string().min(1) });

async function flavorOf(request: ProveRequest): Promise<string> {
  for (const side of [request.before, request.after, request.beforeTree, request.afterTree])
    if (side !== null && !(await exists(side)))
      throw new UnforkError("input-missing", `there is no ${side}`, { hint: "check the paths of both sides" });
  if (request.flavor !== null) return request.flavor;
  if (request.isolation !== null) return flavorIn(request.isolation);
  for (const tree of [request.afterTree, request.after]) {
    if (
      tree === null ||
      !(await stat(tree).then(
        (found) => found.isDirectory(),
        () => false,
      ))
    )
      continue;
    const marker = await readMarker(resolve(tree));
    if (marker !== undefined) return marker.flavor;
  }
  throw new UnforkError("usage", "the flavor is not known: the isolated side carries no marker", {
    hint: `give --flavor NAME, or --isolation FILE with the tree's ${MARKER_FILE}`,
  });
}

async function flavorIn(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw fileError("read", path, error);
  });
  const parsed = resultSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data.flavor;
  throw new UnforkError("input-invalid", `${path} names no flavor: it is neither a marker nor a result of unfork isolate`, {
    hint: `give the isolated tree's ${MARKER_FILE}`,
    context: { path },
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
