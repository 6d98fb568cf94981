/** Owns a PostgreSQL server for tests: a cluster of its own in a temporary folder, on a private port of 127.0.0.1 and a unix socket. */
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { type RunningCommand, runOk, start } from "../../src/support/exec.js";

/** A running cluster; its folder goes with `stop`. */
export interface PostgresCluster {
  /** For `DATABASE_URL`: over TCP, with a password. */
  readonly url: string;
  /** The same through the unix socket. */
  readonly socketUrl: string;
  readonly port: number;
  /** The postmaster's number. */
  pid(): number;
  /** A new empty database; its url. */
  createDatabase(name: string): Promise<string>;
  /** Ends the server at once (`kill`: as a crash, SIGKILL) and starts it again on the same port; the pause is in ms. */
  restart(options?: { readonly kill?: boolean; readonly pauseMs?: number }): Promise<void>;
  stop(): Promise<void>;
}

const USER = "unfork";

/** Undefined when PostgreSQL is there; else why tests that need it are skipped. */
export function postgresMissing(): string | undefined {
  return binFolder() === undefined ? "no PostgreSQL server (Debian: postgresql) is on this machine" : undefined;
}

/** Makes a cluster and starts it; takes about two seconds. Root lends it to the user `postgres`, as the server refuses to run as root. */
export async function startPostgres(): Promise<PostgresCluster> {
  const bin = binFolder();
  if (bin === undefined) throw new Error(postgresMissing());
  const folder = join(tmpdir(), `unfork-pg-${randomBytes(6).toString("hex")}`);
  const password = randomBytes(16).toString("hex");
  mkdirSync(folder, { mode: 0o700 });
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (isRoot()) await lend(folder, passwordFile);
  await initialise(bin, folder, passwordFile);
  return serveCluster(bin, folder, password, await freePort());
}

async function serveCluster(bin: string, folder: string, password: string, port: number): Promise<PostgresCluster> {
  let server = await startServer(bin, folder, port);
  const url = `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`;
  const socketUrl = `postgresql://${USER}@localhost:${port}/postgres?host=${encodeURIComponent(folder)}`;
  async function end(signal: NodeJS.Signals): Promise<void> {
    process.kill(server.pid ?? Number.NaN, signal);
    await server.done;
  }
  return {
    url,
    socketUrl,
    port,
    pid: () => server.pid ?? Number.NaN,
    async createDatabase(name) {
      await psql(bin, folder, port, `CREATE DATABASE "${name}"`);
      return url.replace(/postgres$/, name);
    },
    async restart({ kill = false, pauseMs = 0 } = {}) {
      await end(kill ? "SIGKILL" : "SIGQUIT");
      await new Promise((resolve) => void setTimeout(resolve, pauseMs));
      server = await startServer(bin, folder, port);
    },
    async stop() {
      await end("SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function initialise(bin: string, folder: string, passwordFile: string): Promise<void> {
  const auth = ["--auth-local=trust", "--auth-host=scram-sha-256", `--pwfile=${passwordFile}`];
  const args = ["-D", join(folder, "data"), "-U", USER, ...auth, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
  await runOk(asOwner(join(bin, "initdb"), args, folder));
}

/** Durable against the death of processes, not of the machine (`fsync=off`): tests kill only the former. */
async function startServer(bin: string, folder: string, port: number): Promise<RunningCommand> {
  const settings = [
    "fsync=off",
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${folder}`,
    "max_connections=50",
    "shared_buffers=64MB",
  ];
  const args = ["-D", join(folder, "data"), "-p", String(port), ...settings.flatMap((one) => ["-c", one])];
  const server = start(asOwner(join(bin, "postgres"), args, folder));
  server.stdout.resume();
  for (let round = 0; round < 400; round++) {
    if (await answers(bin, folder, port)) return server;
    await new Promise((resolve) => void setTimeout(resolve, 25));
  }
  server.kill();
  throw new Error(`PostgreSQL did not start:\n${server.stderr()}`);
}

async function answers(bin: string, folder: string, port: number): Promise<boolean> {
  return psql(bin, folder, port, "SELECT 1").then(
    () => true,
    () => false,
  );
}

async function psql(bin: string, folder: string, port: number, sql: string): Promise<void> {
  await runOk({ command: join(bin, "psql"), args: ["-X", "-h", folder, "-p", String(port), "-U", USER, "-d", "postgres", "-c", sql] });
}

/** The child ends with this process even when a SIGKILL ends it; as root it runs under the user `postgres`. */
function asOwner(command: string, args: readonly string[], cwd: string): { command: string; args: string[]; cwd: string } {
  const user = isRoot() ? ["--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
  return { command: "setpriv", args: [...user, "--pdeathsig=QUIT", command, ...args], cwd };
}

async function lend(...paths: string[]): Promise<void> {
  const [uid, gid] = await Promise.all([idOf("-u"), idOf("-g")]);
  for (const path of paths) chownSync(path, uid, gid);
}

async function idOf(which: "-u" | "-g"): Promise<number> {
  return Number((await runOk({ command: "id", args: [which, "postgres"] })).stdout.toString());
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The newest server's programs: Debian keeps them off PATH, in a folder by release. */
function binFolder(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const releases = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...releases.map((release) => join(debian, release, "bin")), ...(process.env["PATH"] ?? "").split(delimiter)];
  return folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
