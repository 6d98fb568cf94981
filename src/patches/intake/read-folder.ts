/** Owns a fork that is a folder: every file and link below it, with the id that git would give it. */
import { lstatSync } from "node:fs";
import { readFile, readdir, readlink } from "node:fs/promises";

import { type ByteString, shownBytes } from "../../git/bytes.js";
import { objectId } from "../../git/loose-object.js";
import { emit } from "../../support/bus.js";
import { UnforkError, fileError } from "../../support/errors.js";
import { byText } from "../../support/order.js";
import type { ForkFile, ForkFiles } from "./fork-file.js";

/** Files read at once; more only takes memory. */
const BATCH = 64;

/** What a version control keeps beside the files. */
const OTHERS = new Set([".git", ".hg", ".svn", ".bzr", ".jj", "CVS", ".unfork"]);

/** Throws `input-missing`, `input-invalid` for an empty folder, `disk` for a file that cannot be read. */
export async function readFolder(root: string): Promise<ForkFiles> {
  const found: Omit<ForkFile, "id">[] = [];
  const passedOver: string[] = [];
  await walk(root, "", { found, passedOver });
  if (found.length === 0) throw new UnforkError("input-invalid", `${root} holds no file`, { hint: "name the fork's folder" });
  const listed = found.toSorted((a, b) => byText(a.path, b.path));
  const files: ForkFile[] = [];
  for (let at = 0; at < listed.length; at += BATCH) {
    emit({ type: "progress", label: "read the fork", done: at, total: listed.length, unit: "files" });
    const some = listed.slice(at, at + BATCH);
    const contents = await Promise.all(some.map((file) => contentOf(root, file)));
    for (const [index, file] of some.entries()) files.push({ ...file, id: objectId("blob", contents[index] ?? new Uint8Array()) });
  }
  emit({ type: "progress:end", label: "read the fork" });
  return { files, read: (file) => contentOf(root, file), passedOver: passedOver.toSorted(byText) };
}

interface Walk {
  readonly found: Omit<ForkFile, "id">[];
  readonly passedOver: string[];
}

async function walk(root: string, prefix: ByteString, into: Walk): Promise<void> {
  const folder = onDisk(root, prefix);
  const entries = await readdir(folder, { withFileTypes: true, encoding: "latin1" as BufferEncoding }).catch((error: unknown) =>
    Promise.reject(fileError("read", shown(root, prefix), error)),
  );
  for (const entry of entries) {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (OTHERS.has(entry.name)) into.passedOver.push(shownBytes(path));
    else if (entry.isDirectory()) await walk(root, path, into);
    else if (entry.isSymbolicLink()) into.found.push({ path, mode: "120000" });
    else if (entry.isFile()) into.found.push({ path, mode: (lstatSync(onDisk(root, path)).mode & 0o100) === 0 ? "100644" : "100755" });
    else into.passedOver.push(shownBytes(path));
  }
}

async function contentOf(root: string, { path, mode }: Pick<ForkFile, "path" | "mode">): Promise<Buffer> {
  try {
    return mode === "120000" ? await readlink(onDisk(root, path), { encoding: "buffer" }) : await readFile(onDisk(root, path));
  } catch (error) {
    throw fileError("read", shown(root, path), error);
  }
}

function onDisk(root: string, path: ByteString): Buffer {
  return Buffer.concat([Buffer.from(path === "" ? root : `${root}/`), Buffer.from(path, "latin1")]);
}

function shown(root: string, path: ByteString): string {
  return path === "" ? root : `${root}/${shownBytes(path)}`;
}
