/** Owns where output goes and how: results to stdout, messages to stderr, colours only where wanted. */

export interface Terminal {
  /** Writes a result to stdout, with a line end. */
  readonly result: (text: string) => void;
  /** Writes a message to stderr, with a line end; silent under --quiet. */
  readonly message: (text: string) => void;
  /** Writes to stderr whatever --quiet says. */
  readonly complain: (text: string) => void;
  /** Overwrites the last line of stderr; nothing off a terminal. */
  readonly live: (text: string) => void;
  readonly color: boolean;
  readonly errorColor: boolean;
  /** Columns of the terminal, or 100 off one. */
  readonly width: number;
  readonly interactive: boolean;
}

export interface TerminalOptions {
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/** The process's own terminal. NO_COLOR and FORCE_COLOR count (no-color.org); --no-color wins. */
export function openTerminal(options: TerminalOptions): Terminal {
  const live = process.stderr.isTTY === true && process.env["CI"] === undefined && options.quiet !== true;
  let shown = false;
  function clear(): void {
    if (shown) process.stderr.write("\r\u001B[2K");
    shown = false;
  }
  function complain(text: string): void {
    clear();
    process.stderr.write(`${text}\n`);
  }
  return {
    result: (text) => {
      clear();
      process.stdout.write(`${text}\n`);
    },
    message: (text) => {
      if (options.quiet !== true) complain(text);
    },
    complain,
    live: (text) => {
      if (!live) return;
      clear();
      process.stderr.write(text);
      shown = true;
    },
    color: wantsColor(process.stdout, options),
    errorColor: wantsColor(process.stderr, options),
    width: process.stdout.columns ?? 100,
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true && process.env["CI"] === undefined,
  };
}

function wantsColor(stream: NodeJS.WriteStream, options: TerminalOptions): boolean {
  if (options.color === false || isSet(process.env["NO_COLOR"])) return false;
  const forced = process.env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return stream.isTTY === true && process.env["TERM"] !== "dumb";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
