/**
 * Owns the compiled code of the bundle's files between runs, for a Node that does not keep it by itself (before 22). It lies in the user's
 * folder of such things, for nobody else to write; whatever is wrong with it, the files are compiled as ever.
 */
import { hash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join } from "node:path";
import { Script, constants } from "node:vm";

import { wallClockMs } from "./clock.js";
import { BUNDLE, isBundled, ownFile } from "./own-files.js";
import { randomId } from "./random.js";

/** Files whose names tell their content, so that old code never meets a new file. */
const NAMED_BY_CONTENT = /^(?<name>[\w-]+)-[\w-]{8}\.js$/;
const DIGEST = 20;
/** What other builds left is removed after so long. */
const OLD_MS = 30 * 24 * 3600 * 1000;

/** Node 22 and later do. */
const keepsCodeItself = "enableCompileCache" in Module;

/** The part of Node's loader that is used here; it is as old as Node, and not documented. */
const COMPILE = "_compile";
type Loader = Record<typeof COMPILE, (this: NodeJS.Module, content: string, file: string) => unknown>;

/** Runs of one kind have the same settings of the engine: with others code is compiled anew. */
export interface CodeKind {
  readonly name: string;
  /** The files whose code is kept, by their names without what tells their content; all unless given. */
  readonly files?: readonly string[];
}

/** Loads the files of that folder with the code of earlier runs of the kind; what is given stores what these lacked. */
export function keepCode(bundle: string, { name: kind, files }: CodeKind): () => void {
  const folder = cacheFolder();
  const missing = new Map<string, Script>();
  if (folder === undefined) return () => undefined;
  const isTrusted = isOurs(folder);
  const loader = Module.prototype as unknown as Loader;
  const compile = loader[COMPILE];
  loader[COMPILE] = function compileKept(content, file) {
    const name = basename(file);
    const known = NAMED_BY_CONTENT.exec(name)?.groups?.["name"];
    if (dirname(file) !== bundle || known === undefined || files?.includes(known) === false) return compile.call(this, content, file);
    const cachedData = isTrusted ? readCode(join(folder, `${kind}.${name}`)) : undefined;
    const script = new Script(Module.wrap(content), {
      filename: file,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    if (cachedData === undefined || script.cachedDataRejected === true) missing.set(`${kind}.${name}`, script);
    const body = script.runInThisContext() as (...args: unknown[]) => unknown;
    return body.call(this.exports, this.exports, createRequire(file), this, file, bundle);
  };
  return () => {
    if (missing.size > 0) storeAll(folder, missing);
  };
}

/** The same for a thread, by which its entry file calls it before it loads the others. */
export function keepThreadCode(name: string): () => void {
  if (!isBundled || keepsCodeItself) return () => undefined;
  return keepCode(ownFile(BUNDLE), { name });
}

/** Undefined where nothing is to be kept: by Node's own variable for it, or where the engine's settings are not the usual ones. */
function cacheFolder(): string | undefined {
  const { NODE_DISABLE_COMPILE_CACHE: off = "", NODE_OPTIONS: options = "", XDG_CACHE_HOME: home = "" } = process.env;
  if (process.geteuid === undefined || off !== "" || options !== "" || process.execArgv.length > 0) return undefined;
  return join(!isAbsolute(home) ? join(homedir(), ".cache") : home, "unfork", `code-${process.version}-${process.arch}`);
}

/** Nor where another user's home is this one's, and closed. */
function isOurs(folder: string): boolean {
  try {
    const stat = statSync(folder);
    return stat.isDirectory() && stat.uid === process.geteuid?.() && (stat.mode & 0o022) === 0;
  } catch {
    return false;
  }
}

/** The engine does not look whether it is damaged. */
function readCode(path: string): Buffer | undefined {
  try {
    const bytes = readFileSync(path);
    const code = bytes.subarray(0, -DIGEST);
    return bytes.length > DIGEST && digestOf(code).equals(bytes.subarray(-DIGEST)) ? code : undefined;
  } catch {
    return undefined;
  }
}

function digestOf(code: Buffer): Buffer {
  return hash("sha1", code, "buffer");
}

function storeAll(folder: string, scripts: ReadonlyMap<string, Script>): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOurs(folder)) return;
    for (const [name, script] of scripts) {
      const code = script.createCachedData();
      const temporary = join(folder, `${name}.${randomId()}.tmp`);
      writeFileSync(temporary, Buffer.concat([code, digestOf(code)]), { mode: 0o600 });
      renameSync(temporary, join(folder, name));
    }
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (wallClockMs() - statSync(path).mtimeMs > OLD_MS && !scripts.has(name)) rmSync(path, { force: true });
    }
  } catch {
    // No room, or no right: the next run compiles again.
  }
}
