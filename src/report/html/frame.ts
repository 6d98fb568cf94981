/** Owns what every page has: one file that asks nothing of the network and works without scripts. */
import { sha256 } from "../../support/hash.js";
import { HEAD_SCRIPT, PAGE_SCRIPT } from "./script.js";
import { STYLES } from "./styles.js";
import { html, markupOf, raw, type Html } from "./template.js";

export interface PageParts {
  readonly tool: { readonly name: string; readonly version: string };
  readonly title: string;
  readonly header: Html;
  readonly nav: readonly { readonly id: string; readonly title: string }[];
  readonly main: Html;
}

export function pageFrame({ tool, title, header, nav, main }: PageParts): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="${tool.name} ${tool.version}" />
        <title>${title}</title>
        ${raw(`<style>${STYLES}</style>`)} ${raw(`<script>${HEAD_SCRIPT}</script>`)}
      </head>
      <body>
        <a class="skip" href="#main">To the report</a>
        ${header}
        <nav aria-label="Sections">
          <ul>
            ${nav.map((part) => html`<li><a href="#${part.id}">${part.title}</a></li>`)}
          </ul>
        </nav>
        <main id="main">${main}</main>
        <footer>${tool.name} ${tool.version} · one file, no request leaves this page</footer>
        ${raw(`<script>${PAGE_SCRIPT}</script>`)}
      </body>
    </html>`;
  return `${markupOf(page).trimEnd()}\n`;
}

/** Nothing from anywhere; of scripts and styles only the page's own, by hash (CSP Level 3, §2.3.1). */
function policy(): string {
  const scripts = [HEAD_SCRIPT, PAGE_SCRIPT].map(cspHash).join(" ");
  return `default-src 'none'; script-src ${scripts}; style-src ${cspHash(STYLES)}; base-uri 'none'; form-action 'none'`;
}

function cspHash(text: string): string {
  return `'sha256-${Buffer.from(sha256(text), "hex").toString("base64")}'`;
}
