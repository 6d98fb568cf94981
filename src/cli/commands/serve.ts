/** Owns `unfork serve`: the control plane as a process. */
import { resolve } from "node:path";
import { createSecureContext } from "node:tls";
import { type Command, InvalidArgumentError, Option } from "commander";

import type { OpenServer, ServerOptions } from "../../server/open-server.js";
import { UnforkError, messageOf } from "../../support/errors.js";
import { readText } from "../../support/fs.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { SERVER_FOLDER, databaseUrlOf, keepFilesPrivate } from "../server-folder.js";
import { type Terminal, openTerminal } from "../terminal.js";
import { addMoveState } from "./move-state.js";
import { addVerifyAudit } from "./verify-audit.js";

interface ServeOptions extends GlobalOptions {
  readonly dir: string;
  readonly project?: string;
  readonly database?: string;
  readonly host: string;
  readonly port: number;
  readonly haltKey?: string;
  readonly signer?: readonly string[];
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly behindProxy?: boolean;
  readonly privateSeed?: boolean;
  readonly maxAge: number;
  readonly openLimit: number;
  readonly lookEvery: number;
  readonly falseHalts?: number;
  readonly budget: "split" | "e-bh";
  readonly telemetry: boolean;
}

export function addServe(program: Command, setExitCode: SetExitCode): void {
  const command = program
    .command("serve")
    .description("Serve seeds, take in events, decide on experiments, halt what hurts.")
    .optionsGroup("State:")
    .option("--dir <dir>", "the server's folder: state, telemetry, halt key", SERVER_FOLDER)
    .option(
      "--database <url>",
      "a PostgreSQL, 15 or newer, instead of the folder's own state (also: DATABASE_URL, which others do not see)",
    )
    .option("--project <name>", "the project (default: the only one in the state, else 'default')")
    .optionsGroup("Keys:")
    .option("--halt-key <file>", "signs halts, which can only lower (default: halt-key.json in the folder, made at the first start)")
    .option("--signer <file>", "a signer's public key (or key file) to trust from now on; repeatable", collect)
    .optionsGroup("Network:")
    .option("--host <address>", "where to listen: other machines reach it only if told so", "127.0.0.1")
    .option("--port <n>", "0 for any that is free", port, 8474)
    .option("--tls-cert <file>", "certificate chain in PEM")
    .option("--tls-key <file>", "its private key in PEM")
    .option("--behind-proxy", "take the caller's address from X-Forwarded-For, as the one proxy before it sets it")
    .option("--private-seed", "seeds and evaluations want a token, too")
    .option("--max-age <seconds>", "how long caches may serve a seed without asking", whole, 30)
    .option("--open-limit <n>", "requests in a second of one address on what needs no token; 0 for no limit; loopback has none", whole, 500)
    .optionsGroup("Decisions:")
    .option("--look-every <seconds>", "between two looks at the experiments; 0 for none", whole, 300)
    .option("--false-halts <part>", "chance of any false halt in a campaign (default: what each was planned with, else 0.05)", part)
    .addOption(
      new Option(
        "--budget <method>",
        "split: over all tests; e-bh: bounds the part of the halts that are false, and finds more where much is harmed",
      )
        .choices(["split", "e-bh"])
        .default("split"),
    )
    .option("--no-telemetry", "take no events in and decide nothing: another server does");
  withExamples(command, [
    "unfork serve",
    "unfork serve --dir /var/lib/unfork --signer signer.pub.json --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem",
    "DATABASE_URL=postgresql://unfork@db/unfork unfork serve --dir /var/lib/unfork",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await serve(globalsOf(self) as ServeOptions)));
  addVerifyAudit(command, setExitCode);
  addMoveState(command, setExitCode);
}

async function serve(options: ServeOptions): Promise<number> {
  const terminal = openTerminal(options);
  keepFilesPrivate();
  const { openServer } = await import("../../server/open-server.js");
  const { isLoopback } = await import("../../server/security/is-loopback.js");
  const settings = await settingsOf(options, terminal);
  const server = await openServer(settings);
  told(server, options, terminal);
  if (!isLoopback(options.host) && settings.app.tls === undefined && options.behindProxy !== true) {
    terminal.complain(
      "warning: this listens beyond the machine without TLS: tokens can be read on the way (--tls-cert, --tls-key, or a proxy and --behind-proxy)",
    );
  }
  await untilStopped();
  terminal.message("stopping");
  await server.close();
  return EXIT.done;
}

async function settingsOf(options: ServeOptions, terminal: Terminal): Promise<ServerOptions> {
  const { DEFAULT_APP } = await import("../../server/app.js");
  const databaseUrl = databaseUrlOf(options);
  const { privateSeed = false, maxAge, openLimit } = options;
  return {
    dir: resolve(options.dir),
    host: options.host,
    port: options.port,
    signerFiles: options.signer ?? [],
    lookEveryMs: options.lookEvery * 1000,
    telemetry: options.telemetry,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(options.project === undefined ? {} : { project: options.project }),
    ...(options.haltKey === undefined ? {} : { haltKeyFile: options.haltKey }),
    ...(options.falseHalts === undefined ? {} : { alpha: options.falseHalts }),
    budget: options.budget,
    app: {
      ...DEFAULT_APP,
      ...(await tlsOf(options)),
      trustProxy: options.behindProxy === true,
      seed: { maxAge, privateSeed },
      limits: { ...DEFAULT_APP.limits, open: { perSecond: openLimit, burst: openLimit * 2 } },
      verbose: options.verbose === true,
      log: terminal.message,
    },
  };
}

async function tlsOf({ tlsCert, tlsKey }: ServeOptions): Promise<{ readonly tls?: { readonly cert: string; readonly key: string } }> {
  if (tlsCert === undefined && tlsKey === undefined) return {};
  if (tlsCert === undefined || tlsKey === undefined) throw new UnforkError("usage", "--tls-cert and --tls-key belong together");
  const tls = { cert: await readText(tlsCert), key: await readText(tlsKey) };
  try {
    createSecureContext(tls);
  } catch (error) {
    throw new UnforkError("input-invalid", `${tlsCert} and ${tlsKey} are not a certificate and its key in PEM: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return { tls };
}

/** The address on stdout, for scripts; nothing secret anywhere. */
function told({ url, core, auditHead }: OpenServer, options: ServeOptions, terminal: Terminal): void {
  const version = core.publisher.current()?.version ?? null;
  terminal.result(
    options.json === true ? JSON.stringify({ url, project: core.project, pid: process.pid, seed: version, haltKey: core.haltKey.id }) : url,
  );
  terminal.message(`project ${core.project}, seed ${version ?? "none yet"}, halt key ${core.haltKey.id}`);
  if (auditHead !== undefined) terminal.message(`audit head ${auditHead}`);
}

/** Until a signal to stop: all that was acknowledged is kept, what is under way is ended. A second one ends at once. */
function untilStopped(): Promise<void> {
  return new Promise((stopped) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.removeAllListeners(signal);
      process.once(signal, () => stopped());
    }
  });
}

function collect(value: string, earlier: readonly string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("it must be a whole number, 0 or more.");
  return Number(text);
}

function port(text: string): number {
  const number = whole(text);
  if (number > 65_535) throw new InvalidArgumentError("it must be 0 to 65535.");
  return number;
}

function part(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number < 1)) throw new InvalidArgumentError("it must lie between 0 and 1.");
  return number;
}
