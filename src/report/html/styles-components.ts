/** Owns the looks of the page's components. */
import { EVIDENCE_STYLES } from "./styles-evidence.js";

const TOP = `
.top{display:flex;align-items:center;gap:10px;padding-top:18px;font-size:.85rem}
.brand{font-weight:700;letter-spacing:.01em}.kind{color:var(--muted)}
.theme{margin-left:auto}
button{font:inherit;font-size:.8rem;color:var(--ink);background:var(--surface);border:1px solid var(--line);border-radius:6px;padding:3px 10px;cursor:pointer}
button:hover{border-color:var(--accent)}
h1{font-size:clamp(1.5rem,4.2vw,2.15rem);font-weight:680;letter-spacing:-.015em;display:flex;flex-wrap:wrap;align-items:center;gap:.15em .45em;margin:.55rem 0 .3rem}
h1>span{overflow-wrap:anywhere;min-width:0}
h1 .chip{font-size:.9rem;letter-spacing:0;padding:4px 12px}
.headline{font-size:1.02rem;margin:0 0 1rem}.headline .part:last-child{display:inline-block;max-width:100%}.headline .dot{color:var(--muted)}
nav{position:sticky;top:0;z-index:5;background:var(--bg);border-block:1px solid var(--line)}
nav ul{display:flex;gap:2px;list-style:none;margin-block:0;overflow-x:auto;scrollbar-width:thin}
nav a{display:block;padding:9px 10px;color:var(--muted);text-decoration:none;white-space:nowrap;font-size:.88rem}nav a:hover{color:var(--ink);text-decoration:underline}
nav li:first-child a{padding-left:0}
footer{padding-block:28px;color:var(--muted);font-size:.85rem}
`;

const NEEDS = `
.needs{margin:20px 0 0;padding:14px 18px;border:1px solid var(--bad);border-radius:8px;background:var(--surface);box-shadow:var(--shadow)}
.needs h2{font-size:1.08rem}.needs h2 .glyph,.needs .size{color:var(--bad)}
.needs ol{margin:.5rem 0 0;padding-left:1.4em}.needs li{margin:.3rem 0}.needs .what{margin-right:.7em}
.needs.none{border-color:var(--good)}.needs.none h2 .glyph{color:var(--good)}
.next{margin:.7rem 0 0;display:flex;flex-wrap:wrap;gap:.2em .7em;align-items:baseline}
.command{display:inline-flex;align-items:center;gap:8px;max-width:100%}
.command code{background:var(--sunken);border-radius:5px;padding:3px 8px}
.copy{flex:none;padding:1px 8px;min-width:62px}
`;

const CARDS = `
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:12px;margin:16px 0 8px}
.card{min-width:0;overflow-wrap:anywhere;display:flex;flex-direction:column;padding:12px 14px 13px;background:var(--surface);border:1px solid var(--line);border-radius:8px;color:var(--ink);text-decoration:none;box-shadow:var(--shadow)}
.card:hover{border-color:var(--accent)}
.card .label{font-size:.8rem;color:var(--muted)}.card .value{font-size:1.5rem;font-weight:660;letter-spacing:-.01em;line-height:1.3;font-variant-numeric:tabular-nums}.card .note{font-size:.82rem;color:var(--muted);line-height:1.35}
.card.good .value{color:var(--good)}.card.bad .value{color:var(--bad)}
.strip{display:flex;flex-wrap:wrap;gap:3px;margin-top:8px}
.cell{display:grid;place-items:center;width:18px;height:18px;border-radius:4px;font-size:.72rem;line-height:1;background:var(--sunken)}
.cell.good{background:var(--good-bg)}.cell.info{background:var(--info-bg)}.cell.bad{background:var(--bad-bg)}.cell.warn{background:var(--warn-bg)}
@media(max-width:640px){.cards{grid-template-columns:repeat(2,1fr)}}
@media(max-width:640px){.cards{gap:8px}.card{padding:9px 11px}.card .value{font-size:1.25rem}.card:last-child:nth-child(odd){grid-column:1/-1}}
`;

const SECTIONS = `
main>section:not(.needs){margin-top:34px}main>section>h2{margin-bottom:.5rem}
.lead{color:var(--muted);margin:-.25rem 0 .7rem;max-width:100ch}
.chip{display:inline-block;white-space:nowrap;border-radius:999px;padding:1px 9px;font-size:.8rem;font-weight:560;background:var(--sunken)}
.chip.good{background:var(--good-bg)}.chip.info{background:var(--info-bg)}.chip.warn{background:var(--warn-bg)}.chip.bad{background:var(--bad-bg)}
.rows{border:1px solid var(--line);border-radius:8px;background:var(--surface);box-shadow:var(--shadow);overflow:hidden}
.row+.row{border-top:1px solid var(--line)}
.row>summary{display:grid;gap:4px 14px;align-items:center;padding:8px 14px;cursor:pointer;list-style:none}
.row>summary::-webkit-details-marker{display:none}
.row>summary:hover{background:var(--sunken)}
.row .chip{justify-self:start}
.name{font-weight:600}.owner{color:var(--muted);font-size:.85rem;font-weight:400}
.row>summary>*{min-width:0;overflow-wrap:anywhere}
.feature>summary{grid-template-columns:8.6rem 14rem 1fr fit-content(11rem) 1rem}
.case>summary{grid-template-columns:6.4rem 12rem 1fr 1rem}
.row>summary::after{content:"›";color:var(--muted);justify-self:end;font-size:1.1rem;line-height:1;grid-row:1;grid-column:-2/-1}
.row[open]>summary::after{content:"⌄"}
.about{color:var(--muted);overflow-wrap:anywhere}
.facts,.inside{margin:0;padding:4px 14px 14px;border-top:1px dashed var(--line)}
.facts>div{display:grid;grid-template-columns:8.6rem 1fr;gap:14px;padding:4px 0}
.facts dt{color:var(--muted)}.facts dd{margin:0;min-width:0;overflow-wrap:anywhere}.facts ul,.outputs{margin:0;padding-left:1.1em}
.case .name .owner{display:block}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(124px,1fr));gap:6px 10px}
.tile{display:flex;flex-direction:column;font-size:.8rem;line-height:1.35;min-width:0}
.tile .metric{color:var(--muted);font-size:.74rem;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.tile .values{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.tile .change{overflow-wrap:anywhere}.tile small{color:var(--muted);font-size:.92em}.change{font-size:.78rem}.change.good,.change.bad{font-weight:600}
@media(max-width:860px){.feature>summary,.case>summary{grid-template-columns:auto 1fr 1rem}.feature .about,.case .tiles{grid-column:1/-1}.feature .owner{display:none}.tiles{grid-template-columns:repeat(auto-fit,minmax(120px,1fr))}.facts>div{grid-template-columns:1fr;gap:0}}
`;

const TABLES = `
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--surface);box-shadow:var(--shadow);margin:0 0 14px}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;font-weight:600;padding:9px 14px 4px;font-size:.92rem}
th,td{padding:6px 14px;text-align:left;vertical-align:top}th.right,td.right{text-align:right}
thead th{color:var(--muted);font-weight:500;font-size:.8rem;white-space:nowrap;vertical-align:bottom}
tbody tr{border-top:1px solid var(--line)}tbody th{font-weight:560}
.why,.place{display:block;color:var(--muted);font-weight:400;font-size:.85rem}.findings td:first-child{white-space:nowrap}.findings th[scope=row]{min-width:17rem;width:55%}.findings td:last-child{min-width:17rem;width:45%}
.inside .scroll{box-shadow:none;margin-top:8px}
#commands tbody th{white-space:nowrap}
.digest{font-size:.74rem;display:inline-block;max-width:18rem}
.before-after{display:flex;flex-wrap:wrap;gap:4px 14px;align-items:baseline;margin:.2rem 0 1rem}.before-after b{font-size:1.5rem;font-weight:660}.before-after .arrow{color:var(--muted)}
.names{overflow-wrap:anywhere;columns:15rem;margin:.5rem 0 0;padding:0 0 0 1.1em;font-size:.88rem}
.more{margin:0 0 12px}.more>summary{cursor:pointer;color:var(--accent);padding:4px 0}
`;

const CHARTS = `
.sizes{display:grid;grid-template-columns:repeat(3,1fr);gap:12px;margin-bottom:14px}
.chart,.timeline{background:var(--surface);border:1px solid var(--line);border-radius:8px;border-collapse:separate;border-spacing:0;box-shadow:var(--shadow)}
.chart caption{padding:0 0 6px}.chart caption .muted{font-weight:400;font-size:.82rem}
.chart tr{display:grid;grid-template-columns:1fr auto;gap:0 8px;padding:7px 12px;border:0}.chart td,.chart th{padding:0}.chart .bars{grid-column:1/-1;grid-row:2;padding:3px 0}.chart .delta{grid-column:1/-1;font-size:.82rem;color:var(--ink)}
.chart .delta:empty{display:none}
.timeline td,.timeline th{border-top:1px solid var(--line)}.timeline tr:first-child>*{border-top:0}.timeline tbody>tr>*{vertical-align:middle}.timeline th{overflow-wrap:anywhere}.timeline .bars{width:38%}
.bar{display:block;width:100%;height:10px;border-radius:3px;overflow:hidden}
rect.track{fill:var(--track)}rect.legacy,rect.info{fill:var(--legacy)}rect.latest,rect.good{fill:var(--latest)}rect.added,rect.warn{fill:var(--added)}rect.bad{fill:var(--bad)}rect.muted{fill:var(--muted)}
.key{white-space:nowrap;margin-left:.6em}.swatch{display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:5px}.swatch.legacy{background:var(--legacy)}.swatch.latest{background:var(--latest)}.swatch.added{background:var(--added)}
@media(max-width:860px){.sizes{grid-template-columns:1fr}.timeline .bars{display:none}.timeline td,.timeline th{padding:6px 10px}}
`;

const FILTERS = `
.filters{flex-wrap:wrap;gap:6px 12px;align-items:center;margin:0 0 10px}
.legend{color:var(--muted);font-size:.82rem;align-self:center;margin-right:2px}
fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:4px}
.choice{position:relative;cursor:pointer}.choice input{position:absolute;opacity:0;inset:0;margin:0;cursor:pointer}
.choice span{display:block;padding:2px 10px;border:1px solid var(--line);border-radius:999px;font-size:.82rem;background:var(--surface)}.choice b{color:var(--muted);font-weight:500}
.choice input:checked+span{border-color:var(--accent);color:var(--accent);font-weight:600}.choice input:focus-visible+span{outline:2px solid var(--accent);outline-offset:2px}
input[type=search]{font:inherit;font-size:.85rem;color:var(--ink);background:var(--surface);border:1px solid var(--line);border-radius:6px;padding:3px 9px;width:11rem}
::placeholder{color:var(--muted);opacity:1}
output{color:var(--muted);font-size:.82rem}
`;

export const COMPONENT_STYLES = TOP + NEEDS + CARDS + SECTIONS + TABLES + CHARTS + FILTERS + EVIDENCE_STYLES;
