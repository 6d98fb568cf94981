/** Owns the pieces that all sections of the page are made of. */
import type { Mark } from "../vocabulary.js";
import { html, type Html, type HtmlValue } from "./template.js";

/** "✔ clean" as a chip: glyph, word and colour. */
export function chip(mark: Mark, text: string = mark.word): Html {
  return html`<span class="chip ${mark.tone}"><span class="glyph" aria-hidden="true">${mark.glyph}</span> ${text}</span>`;
}

/** A section with a heading that can be linked to. */
export function section(id: string, title: string, lead: HtmlValue, body: HtmlValue): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title"><a href="#${id}">${title}</a></h2>
    ${lead === null || lead === "" ? null : html`<p class="lead">${lead}</p>`} ${body}
  </section> `;
}

export interface HeadCell {
  readonly text: string;
  readonly right?: boolean;
}

/** A table with a caption; the first cell of each row is the row's head. */
export function dataTable(caption: string, heads: readonly HeadCell[], rows: readonly (readonly HtmlValue[])[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col" ${align(head)}>${head.text}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, index) => dataCell(cell, index, heads[index]))}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function dataCell(cell: HtmlValue, index: number, head: HeadCell | undefined): Html {
  if (index === 0) return html`<th scope="row">${cell}</th>`;
  return html`<td${head === undefined ? null : align(head)}>${cell}</td>`;
}

function align(head: HeadCell): Html | null {
  return head.right === true ? html` class="right"` : null;
}

/** A command to run, with a button that copies it (shown when scripts run). */
export function command(text: string): Html {
  return html`<span class="command"
    ><code>${text}</code><button type="button" class="copy" data-copy aria-label="Copy the command ${text}">Copy</button></span
  >`;
}

/** A horizontal bar of parts; each part is a share of `total`. Numbers stand beside it as text. */
export function bar(parts: readonly { readonly from?: number; readonly size: number; readonly tone: string }[], total: number): Html {
  let at = 0;
  const scale = total === 0 ? 0 : 1000 / total;
  const rects = parts.map((part) => {
    const from = part.from ?? at;
    at = from + part.size;
    return html`<rect
      class="${part.tone}"
      x="${tenths(from * scale)}"
      y="0"
      width="${tenths(Math.max(part.size * scale, part.size > 0 ? 3 : 0))}"
      height="10"
    />`;
  });
  return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="track" x="0" y="0" width="1000" height="10" />
    ${rects}
  </svg>`;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
