/** Owns the columns of an event: their order in the log, their types in Parquet and in a warehouse. */

export interface EventColumn {
  readonly name: string;
  /** PostgreSQL's name; DuckDB knows it too. */
  readonly type: "text" | "bigint" | "integer" | "double precision" | "uuid";
  /** What is absent is an empty text, so that it groups alike everywhere; numbers are null. */
  readonly absent: "never" | "empty" | "null";
}

/** In the log, a record is a line of these, divided by tabs; none of their values can hold a tab or a line's end. */
export const EVENT_COLUMNS: readonly EventColumn[] = [
  { name: "id", type: "text", absent: "never" },
  { name: "time", type: "bigint", absent: "never" },
  { name: "type", type: "text", absent: "never" },
  { name: "experiment", type: "text", absent: "never" },
  { name: "use_case", type: "text", absent: "never" },
  { name: "phase", type: "integer", absent: "never" },
  { name: "arm", type: "text", absent: "never" },
  { name: "unit", type: "uuid", absent: "never" },
  { name: "flavor", type: "text", absent: "never" },
  { name: "seed", type: "bigint", absent: "never" },
  { name: "metric", type: "text", absent: "empty" },
  { name: "value", type: "double precision", absent: "null" },
  { name: "denominator", type: "double precision", absent: "null" },
  { name: "signal", type: "text", absent: "empty" },
  { name: "stage", type: "text", absent: "empty" },
  { name: "pair", type: "text", absent: "empty" },
  { name: "period", type: "text", absent: "empty" },
];
