/** Owns the move of a state's rows into another database: all or nothing, compared table by table before it counts. */
import { UnforkError } from "../../../support/errors.js";
import { canonicalJson, sha256 } from "../../../support/hash.js";
import { appendAudit, verifyAudit } from "../audit-log.js";
import type { Database, State } from "../database.js";
import { listProjects } from "../experiments.js";
import { expectSameMigrations } from "./same-migrations.js";
import { markMoved } from "./moved-mark.js";
import { type MovedTable, shownNameOf, sqlNameOf, stateTables } from "./moved-table.js";
import { fixTexts, rowsBy } from "./run-sql.js";
import { copySequences } from "./sequences.js";
import { type TableDigest, columnsOf, digestTable, isEmpty, putRows } from "./table-rows.js";

export interface MoveOptions {
  /** Beside the state's own; they come behind them. */
  readonly moreTables: readonly MovedTable[];
  /** For the audit log. */
  readonly actor: string;
  readonly at: Date;
  /** Does all of it, and takes it back at the end. */
  readonly rehearse: boolean;
  readonly tell: (message: string) => void;
  /** Called before the copy counts; what it throws takes the copy back. */
  readonly beforeEnd: () => Promise<void>;
}

/** `already`: an earlier move had got there, and ended before it could mark the source. */
export interface MovedState {
  readonly status: "moved" | "rehearsed" | "already";
  readonly from: State["engine"];
  readonly to: State["engine"];
  readonly tables: readonly TableDigest[];
  /** Of the source. */
  readonly auditHead: string;
}

const ACTION = "state.move";

/**
 * Copies all rows in one transaction, then marks the source as moved. Nobody writes to the source meanwhile. Throws `state-invalid` for a target that
 * has something, for other migrations, for an audit log that is not whole, or where the copy differs.
 */
export async function moveRows(source: State, target: State, options: MoveOptions): Promise<MovedState> {
  await expectSameMigrations(source.db, target.db);
  const tables = [...stateTables(), ...options.moreTables];
  return source.db.transaction(
    async (from) => {
      await begin(from, tables, "share");
      const moved = await intoTarget(from, { source, target, tables, options });
      if (moved.status !== "rehearsed") await markMoved(from, target.engine, options.at);
      return moved;
    },
    { isolationLevel: "repeatable read" },
  );
}

async function begin(tx: Database, tables: readonly MovedTable[], mode: "share" | "access exclusive"): Promise<void> {
  await fixTexts(tx);
  await rowsBy(tx, "set local lock_timeout = '5s'");
  await rowsBy(tx, `lock table ${tables.map(sqlNameOf).join(", ")} in ${mode} mode`);
}

interface Move {
  readonly source: State;
  readonly target: State;
  readonly tables: readonly MovedTable[];
  readonly options: MoveOptions;
}

/** Ends a transaction whose work was only tried. */
class TakenBack extends Error {}

async function intoTarget(from: Database, move: Move): Promise<MovedState> {
  const { options, tables } = move;
  const auditHead = await wholeAudit(from);
  const whole = { from: move.source.engine, to: move.target.engine, auditHead };
  let copied: readonly TableDigest[] = [];
  try {
    return await move.target.db.transaction(async (to) => {
      await begin(to, tables, "access exclusive");
      const filled = await filledTables(to, tables);
      if (filled.length > 0) return { ...whole, status: "already", tables: await movedBefore(from, to, tables, filled) };
      copied = await copyAll(from, to, move);
      await expectEqual(to, tables, copied, auditHead);
      await record(to, whole, copied, options);
      await options.beforeEnd();
      if (options.rehearse) throw new TakenBack();
      return { ...whole, status: "moved", tables: copied };
    });
  } catch (error) {
    if (error instanceof TakenBack) return { ...whole, status: "rehearsed", tables: copied };
    throw error;
  }
}

async function wholeAudit(db: Database): Promise<string> {
  const verdict = await verifyAudit(db);
  if (verdict.status === "intact") return verdict.head;
  throw new UnforkError("state-invalid", `the audit log is broken at row ${verdict.seq}: ${verdict.reason}`, {
    hint: "a state that somebody altered is not moved: restore a backup (docs/operations.md)",
  });
}

async function filledTables(to: Database, tables: readonly MovedTable[]): Promise<string[]> {
  const filled: string[] = [];
  for (const table of tables) if (!(await isEmpty(to, table))) filled.push(shownNameOf(table));
  return filled;
}

async function copyAll(from: Database, to: Database, { tables, options }: Move): Promise<TableDigest[]> {
  const copied: TableDigest[] = [];
  for (const table of tables) {
    const columns = await columnsOf(to, table);
    const found = await digestTable(from, table, (rows) => putRows(to, table, columns, rows));
    options.tell(`${found.table}: ${found.rows} rows`);
    copied.push(found);
  }
  await copySequences(from, to);
  return copied;
}

/** Read back from the target: what was sent may not be what was stored. */
async function expectEqual(to: Database, tables: readonly MovedTable[], copied: readonly TableDigest[], auditHead: string): Promise<void> {
  for (const [index, table] of tables.entries()) {
    const stored = await digestTable(to, table);
    if (canonicalJson(stored) === canonicalJson(copied[index])) continue;
    throw new UnforkError("state-invalid", `${stored.table} is not the same in the target: nothing was moved`, {
      context: { rows: stored.rows, digest: stored.digest },
    });
  }
  if ((await wholeAudit(to)) !== auditHead) throw new UnforkError("state-invalid", "the audit log ends otherwise in the target");
}

/** The move is in the audit log of each project, with what it moved. */
async function record(
  to: Database,
  { from, to: engine, auditHead }: Pick<MovedState, "from" | "to" | "auditHead">,
  copied: readonly TableDigest[],
  { actor, at }: MoveOptions,
): Promise<void> {
  const rows = copied.reduce((sum, one) => sum + one.rows, 0);
  const detail = { from, to: engine, head: auditHead, rows, digest: wholeDigest(copied) };
  for (const project of await listProjects(to)) {
    await appendAudit(to, { at: at.toISOString(), project, actor, action: ACTION, subject: "state", detail });
  }
}

function wholeDigest(tables: readonly TableDigest[]): string {
  return sha256(canonicalJson(tables));
}

/** The source's digests when the target has grown out of them; else throws `state-invalid`. */
async function movedBefore(
  from: Database,
  to: Database,
  tables: readonly MovedTable[],
  filled: readonly string[],
): Promise<readonly TableDigest[]> {
  const details = await rowsBy(to, `select detail from audit where action = '${ACTION}'`);
  const known = details.map(({ detail }) => (JSON.parse(String(detail)) as { readonly digest?: string }).digest);
  if (known.length > 0) {
    const found: TableDigest[] = [];
    for (const table of tables) found.push(await digestTable(from, table));
    if (known.includes(wholeDigest(found))) return found;
  }
  throw new UnforkError("state-invalid", `the target is not empty: ${filled.join(", ")}`, {
    hint: "move into a new database, or into a folder without state/ in it",
  });
}
