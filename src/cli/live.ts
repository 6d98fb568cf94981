/** Owns what is shown while stages run: a line per stage, and one live line with rate and remaining time. */
import type { RunEvent } from "../model/events.js";
import { listen } from "../support/bus.js";
import { monotonicMs } from "../support/clock.js";
import { shellLine } from "../support/shell-line.js";
import type { Terminal } from "./terminal.js";

interface Bar {
  readonly since: number;
  readonly unit: "bytes" | "files" | "steps";
  done: number;
  total: number | null;
}

const REDRAW_MS = 100;

/** Shows the events until the returned function is called. */
export function showProgress(terminal: Terminal, options: { verbose?: boolean }): () => void {
  const bars = new Map<string, Bar>();
  let drawn = 0;
  const stop = listen((event) => {
    if (event.type === "progress") {
      update(bars, event);
      if (monotonicMs() - drawn < REDRAW_MS) return;
      drawn = monotonicMs();
      terminal.live(liveLine(bars, terminal.width));
    } else if (event.type === "progress:end") bars.delete(event.label);
    else tell(event, terminal, options.verbose === true);
  });
  return () => {
    stop();
    terminal.live("");
  };
}

function update(bars: Map<string, Bar>, event: Extract<RunEvent, { type: "progress" }>): void {
  const bar = bars.get(event.label) ?? { since: monotonicMs(), unit: event.unit, done: 0, total: event.total };
  bar.done = event.done;
  bar.total = event.total;
  bars.set(event.label, bar);
}

function tell(event: RunEvent, terminal: Terminal, verbose: boolean): void {
  if (event.type === "stage:start") terminal.message(`▸ ${event.index + 1}/${event.total} ${event.title} …`);
  else if (event.type === "stage:end")
    terminal.message(
      `${glyph(event.status, terminal.errorColor)} ${event.stage}: ${event.summary}${event.status === "skipped" ? " (from the journal)" : ` — ${seconds(event.durationMs)}`}`,
    );
  else if (event.type === "finding" && (verbose || event.severity === "error")) terminal.message(`  ${event.severity}: ${event.message}`);
  else if (event.type === "command:end" && verbose)
    terminal.message(`  $ ${shellLine(event.command).slice(0, 2000)}  # exit ${event.code ?? "by signal"}, ${seconds(event.durationMs)}`);
}

function glyph(status: "done" | "skipped" | "failed" | "waiting", color: boolean): string {
  const [sign, code] = { done: ["✔", 32], skipped: ["↷", 36], failed: ["✖", 31], waiting: ["⏸", 33] }[status] as [string, number];
  return color ? `\u001B[${code}m${sign}\u001B[39m` : sign;
}

function liveLine(bars: Map<string, Bar>, width: number): string {
  const parts = [...bars].map(([label, bar]) => `${label} ${barText(bar)}`);
  return ` ${parts.join(" │ ")}`.slice(0, Math.max(20, width - 1));
}

/** "123 of 812 MB · 15% · 31.2 MB/s · 22 s left". */
function barText(bar: Bar): string {
  const passed = (monotonicMs() - bar.since) / 1000;
  const rate = passed > 0.2 ? bar.done / passed : 0;
  const scale = bar.unit === "bytes" ? 1e6 : 1;
  const unit = bar.unit === "bytes" ? " MB" : bar.unit === "files" ? " files" : "";
  const amount = (value: number): string => (value / scale).toFixed(0);
  if (bar.total === null || bar.total === 0) return `${amount(bar.done)}${unit} · ${(rate / scale).toFixed(1)}${unit}/s`;
  const left = rate > 0 ? ` · ${Math.ceil((bar.total - bar.done) / rate)} s left` : "";
  return `${amount(bar.done)} of ${amount(bar.total)}${unit} · ${Math.floor((100 * bar.done) / bar.total)}% · ${(rate / scale).toFixed(1)}${unit}/s${left}`;
}

/** Milliseconds as people read them: "0.4 s", "83 s", "4 min 10 s". */
export function seconds(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
