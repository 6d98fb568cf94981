/** Owns one suite on one mirror: its signed list, and the builds of a package that its Sources tell of. */
import { fileURLToPath } from "node:url";

import { UnforkError } from "../support/errors.js";
import { buildsOf, type ListedFile, parseRelease, type SourceBuild, sourcesIndices, type SuiteRelease } from "./debian-index.js";
import { verifiedText } from "./debian-signature.js";
import { decompressed } from "./decompress.js";
import { type ByteStream, measured } from "./extract.js";
import { openUrl } from "./http.js";
import { openFile } from "./local-file.js";

/** Opens an address of a mirror: http, https or file. */
export function openMirror(url: string): Promise<ByteStream> {
  return url.startsWith("file:") ? openFile(fileURLToPath(url)) : openUrl(url);
}

/**
 * The builds of `name` in a suite of a mirror, by way of the signed InRelease file. Throws `network`, `checksum`,
 * `input-missing` when the mirror has not this suite.
 */
export async function buildsInSuite(mirror: string, suite: string, name: string, keyrings: readonly string[]): Promise<SourceBuild[]> {
  const root = `${mirror}dists/${suite}/`;
  const release = await signedRelease(root, suite, keyrings);
  const indices = sourcesIndices(release);
  if (indices.length === 0) throw new UnforkError("input-missing", `${root}InRelease lists no Sources.xz or Sources.gz`);
  for (const index of indices) {
    const builds = await buildsInIndex(root, index, release.byHash, name);
    if (builds.length > 0) return builds;
  }
  return [];
}

async function signedRelease(root: string, suite: string, keyrings: readonly string[]): Promise<SuiteRelease> {
  const url = `${root}InRelease`;
  const release = parseRelease(await verifiedText(await readAll(url), url, keyrings));
  if (release.names.includes(suite) || release.names.includes(suite.replace(/\/updates$/, ""))) return release;
  throw new UnforkError("checksum", `${url} is signed, but for another suite: ${release.names.join(", ")}`, {
    hint: "the mirror serves the wrong suite at this place: choose another mirror in apt's configuration",
    context: { url, suite },
  });
}

async function readAll(url: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of (await openMirror(url)).chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** What is read counts only when the index's checksum is the signed one. */
async function buildsInIndex(root: string, index: ListedFile, byHash: boolean, name: string): Promise<SourceBuild[]> {
  const { url, stream } = await openIndex(root, index, byHash);
  const meter = { bytes: 0, whole: false, sha256: "" };
  const label = `${root.split("/").at(-2) ?? ""}: ${index.name}`;
  const builds = await buildsOf(decompressed(measured(stream, label, meter), url), name);
  if (meter.sha256 === index.sha256) return builds;
  throw new UnforkError("checksum", `${url} has SHA-256 ${meter.sha256}, the signed InRelease says ${index.sha256}`, {
    hint: "the mirror is perhaps being updated: try again in some minutes",
    context: { url, expected: index.sha256, got: meter.sha256 },
  });
}

/** By its checksum where the suite offers that, since names change their content while a mirror is updated. */
async function openIndex(root: string, index: ListedFile, byHash: boolean): Promise<{ url: string; stream: ByteStream }> {
  const plain = `${root}${index.name}`;
  if (!byHash) return { url: plain, stream: await openMirror(plain) };
  const url = `${plain.slice(0, plain.lastIndexOf("/"))}/by-hash/SHA256/${index.sha256}`;
  try {
    return { url, stream: await openMirror(url) };
  } catch {
    return { url: plain, stream: await openMirror(plain) };
  }
}
