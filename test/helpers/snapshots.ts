/** Owns snapshots of header texts in tests. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { type SnapshotOptions, takeSnapshot } from "../../src/api/snapshot/take-snapshot.js";
import type { ApiClass, ApiDeclaration, ApiSnapshot } from "../../src/model/api-snapshot.js";
import { temporaryFolder } from "./temp.js";

/** Writes headers into a new folder; gives the folder. */
export function headerFolder(headers: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(headers)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** The snapshot of one header's text, as C++20 unless something else is asked for. */
export function snapshotOf(text: string, options: Partial<SnapshotOptions> = {}): Promise<ApiSnapshot> {
  const folder = headerFolder({ "api.h": text });
  return takeSnapshot({
    headers: ["api.h"],
    roots: [folder],
    includes: [],
    flags: [],
    language: "c++",
    standard: options.language === "c" ? "c11" : "c++20",
    compileCommands: undefined,
    keepGoing: false,
    engine: undefined,
    ...options,
  });
}

/** The declaration of that kind and qualified name. */
export function declarationOf<K extends ApiDeclaration["kind"]>(
  { declarations }: ApiSnapshot,
  kind: K,
  name: string,
): Extract<ApiDeclaration, { kind: K }> {
  const found = declarations.find((one) => one.kind === kind && one.qualifiedName === name);
  if (found === undefined)
    throw new Error(`no ${kind} ${name} in ${declarations.map((one) => `${one.kind} ${one.qualifiedName}`).join(", ")}`);
  return found as Extract<ApiDeclaration, { kind: K }>;
}

export function methodOf(one: ApiClass, name: string): ApiClass["methods"][number] {
  const found = one.methods.find((method) => method.name === name);
  if (found === undefined) throw new Error(`no method ${name} in ${one.methods.map((method) => method.name).join(", ")}`);
  return found;
}
