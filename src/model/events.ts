/** Owns the events that the core sends while it works. */

export type RunEvent =
  | { readonly type: "stage:start"; readonly stage: string; readonly title: string; readonly index: number; readonly total: number }
  | {
      readonly type: "stage:end";
      readonly stage: string;
      readonly status: "done" | "skipped" | "failed" | "waiting";
      readonly durationMs: number;
      readonly summary: string;
    }
  /** `done` and `total` in `unit`; total is null when it is not known. */
  | {
      readonly type: "progress";
      readonly label: string;
      readonly done: number;
      readonly total: number | null;
      readonly unit: "bytes" | "files" | "steps";
    }
  | { readonly type: "progress:end"; readonly label: string }
  | { readonly type: "finding"; readonly severity: "error" | "warning" | "note"; readonly message: string }
  | { readonly type: "command:start"; readonly id: number; readonly command: readonly string[]; readonly cwd: string }
  | {
      readonly type: "command:end";
      readonly id: number;
      readonly command: readonly string[];
      readonly cwd: string;
      readonly code: number | null;
      readonly durationMs: number;
    };
