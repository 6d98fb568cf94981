/** Owns texts of DuckDB's own SQL: files in and out. */
import { EVENT_COLUMNS } from "../columns.js";
import { literal } from "../sql/metric-list.js";

/** A Parquet file, or several, as a relation. */
export function parquet(paths: readonly string[]): string {
  return `read_parquet([${paths.map(literal).join(", ")}])`;
}

/** Segments of the log as a relation: columns as they are stored. */
export function segments(paths: readonly string[]): string {
  const columns = EVENT_COLUMNS.map(({ name, type }) => `${literal(name)}: ${literal(type === "uuid" ? "text" : type)}`).join(", ");
  const empties = EVENT_COLUMNS.filter(({ absent }) => absent === "empty").map(({ name }) => `coalesce(${name}, '') AS ${name}`);
  const options = `delim = '\\t', header = false, auto_detect = false, quote = '', escape = '', comment = '#', new_line = '\\n'`;
  return `(SELECT * REPLACE (CAST(unit AS uuid) AS unit, ${empties.join(", ")})
    FROM read_csv([${paths.map(literal).join(", ")}], ${options}, columns = {${columns}}))`;
}

/** Writes a query's rows to a Parquet file. */
export function copyTo(select: string, path: string): string {
  return `COPY (${select}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`;
}
