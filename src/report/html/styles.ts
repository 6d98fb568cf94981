/** Owns the page's style sheet: one set of rules, two sets of colours. */
import { COMPONENT_STYLES } from "./styles-components.js";

const LIGHT = `color-scheme:light;
--bg:#f5f7f9;--surface:#fff;--sunken:#eef2f5;--ink:#17212b;--muted:#51606e;--line:#d8dfe6;--accent:#1a5ab8;
--good:#0d6638;--good-bg:#e1f3e8;--info:#14589b;--info-bg:#e2eefb;--warn:#774a00;--warn-bg:#fdf0d3;--bad:#a81c29;--bad-bg:#fde7e9;
--legacy:#4f81bd;--latest:#2c9c86;--added:#d98a2b;--track:#e4e9ee;--shadow:0 1px 2px #17212b14`;

const DARK = `color-scheme:dark;
--bg:#0e1318;--surface:#161d25;--sunken:#1e2731;--ink:#e7edf3;--muted:#9fadbb;--line:#2b3641;--accent:#82b5ff;
--good:#67d59b;--good-bg:#11301f;--info:#8ac0ff;--info-bg:#122a42;--warn:#f1c067;--warn-bg:#33270c;--bad:#ff949b;--bad-bg:#3d171b;
--legacy:#6b9bd6;--latest:#3fb8a0;--added:#e3a04c;--track:#26303a;--shadow:none`;

const BASE = `
*,*::before,*::after{box-sizing:border-box}
html{scroll-padding-top:4rem;-webkit-text-size-adjust:100%}
body{margin:0;overflow-wrap:break-word;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
header,main,footer,nav ul{max-width:1180px;margin-inline:auto;padding-inline:24px}
h1,h2,h3,h4{line-height:1.2;margin:0}
h2{font-size:1.3rem}h2 a{color:inherit;text-decoration:none}h2 a:hover{text-decoration:underline}
h3{font-size:1.02rem;margin:1.4rem 0 .5rem}h4{font-size:.82rem;margin:1rem 0 .3rem;color:var(--muted)}
p{margin:.4rem 0}a{color:var(--accent)}
code,.values,.right{font-variant-numeric:tabular-nums}
code{font:.87em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
.good{color:var(--good)}.info{color:var(--info)}.warn{color:var(--warn)}.bad{color:var(--bad)}.muted{color:var(--muted)}.strong{font-weight:650}
.right{text-align:right;white-space:nowrap}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--surface);padding:8px;z-index:9}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
[hidden]{display:none!important}
.theme,.copy,.filters{display:none}
.js .theme,.js .copy{display:inline-block}.js .filters{display:flex}
@media(max-width:640px){header,main,footer,nav ul{padding-inline:16px}}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{nav,.theme,.js .theme,.copy,.js .copy,.filters,.js .filters,.skip{display:none}body{background:#fff;font-size:11px}section,.card{break-inside:avoid-page;box-shadow:none}details{break-inside:avoid}}
`;

export const STYLES = `:root{${LIGHT}}
@media(prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK}}}
:root[data-theme=dark]{${DARK}}
@media print{:root:root{${LIGHT}}}
${BASE}${COMPONENT_STYLES}`;
