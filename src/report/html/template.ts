/** Owns HTML text: a template tag that escapes all it is given. */
import { withVisibleControls } from "../../support/style.js";

const MARKUP = Symbol("markup");

/** Finished markup; only `html`, `raw` and `join` make it. */
export interface Html {
  readonly [MARKUP]: string;
}

/** Text and numbers are escaped, markup stays, lists are joined; null, undefined and false give nothing. */
export type HtmlValue = string | number | Html | readonly HtmlValue[] | null | undefined | false;

/** html`<b>${name}</b>`: safe in content and in quoted attribute values. The template's own indentation is left out. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const texts = strings.map((text) => text.replaceAll(/\n\s*/g, "\n"));
  return { [MARKUP]: texts.map((text, index) => (index === 0 ? text : rendered(values[index - 1]) + text)).join("") };
}

/** Markup of our own that is not to be escaped. */
export function raw(markup: string): Html {
  return { [MARKUP]: markup };
}

export function markupOf(value: Html): string {
  return value[MARKUP];
}

function rendered(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return "";
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  return MARKUP in value ? value[MARKUP] : value.map(rendered).join("");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(text: string): string {
  return withVisibleControls(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
