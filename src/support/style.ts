/** Owns the looks of text in a terminal: colours by name, and text made safe to print. */

/** What a colour means; every use adds a word or a glyph, so that nothing is said by colour alone. */
export type Tone = "good" | "info" | "warn" | "bad" | "muted" | "strong" | "plain";

/** Paints text in a tone; without colour it gives the text back unchanged. */
export type Paint = (tone: Tone, text: string) => string;

const CODES: Readonly<Record<Tone, readonly [open: string, close: string]>> = {
  good: ["32", "39"],
  info: ["36", "39"],
  warn: ["33", "39"],
  bad: ["1;31", "22;39"],
  muted: ["2", "22"],
  strong: ["1", "22"],
  plain: ["", ""],
};

/** The painter for a stream that shows colours, or for one that does not. */
export function painter(color: boolean): Paint {
  if (!color) return (_tone, text) => text;
  return (tone, text) => {
    const [open, close] = CODES[tone];
    return open === "" || text === "" ? text : `\u001b[${open}m${text}\u001b[${close}m`;
  };
}

/** One escape sequence that sets the looks of text (SGR, ECMA-48 §8.3.117), as a group. */
// oxlint-disable-next-line no-control-regex
export const STYLE_SEQUENCE = /(\u001b\[[0-9;]*m)/;

/** Ends every style. */
export const STYLE_RESET = "\u001b[0m";

/** Whether the sequence ends a style that `painter` began. */
export function isStyleEnd(sequence: string): boolean {
  return Object.values(CODES).some(([, close]) => close !== "" && sequence === `\u001b[${close}m`);
}

/** The text without its colours. */
export function withoutStyle(text: string): string {
  return text.replaceAll(new RegExp(STYLE_SEQUENCE, "g"), "");
}

/**
 * Foreign text (symbol names, paths, messages) as one harmless line: white space becomes one blank, control and
 * bidirectional-override characters are shown as \uXXXX, so that nothing can move the cursor or reorder the line.
 */
export function printable(text: string): string {
  return HARMLESS.test(text) ? text : withVisibleControls(text.replaceAll(/\s+/gu, " "));
}

/** Visible ASCII with single blanks, as nearly all names are. */
const HARMLESS = /^[!-~]*(?: [!-~]+)*$/;

/** The same, with blanks, tabs and line ends kept as they are. */
export function withVisibleControls(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Surrogate}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, visible);
}

function visible(character: string): string {
  if (character === "\n" || character === "\t") return character;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
