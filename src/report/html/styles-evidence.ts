/** Owns the looks of the use-case grid and of the pictures of evidence. */
export const EVIDENCE_STYLES = `
.grid{margin:0 0 14px}.group{margin:0 0 10px}.group h3{margin:.6rem 0 .35rem;font-size:.95rem}.group h3 small{color:var(--muted);font-weight:400;font-size:.82rem;margin-left:.5em}
.cells{display:grid;grid-template-columns:repeat(auto-fill,minmax(196px,1fr));gap:6px}
.usecase{display:flex;flex-direction:column;min-width:0;padding:5px 9px;border-radius:6px;border:1px solid transparent;border-left-width:3px;text-decoration:none;color:var(--ink);font-size:.82rem;line-height:1.35;background:var(--surface)}
.usecase b{font-weight:600}.usecase span{color:var(--muted);font-size:.78rem;overflow-wrap:anywhere}
.usecase.bad{background:var(--bad-bg);border-left-color:var(--bad)}.usecase.warn{background:var(--warn-bg);border-left-color:var(--warn)}.usecase.good{border-color:var(--line);border-left-color:var(--good)}
.usecase.bad span,.usecase.warn span{color:var(--ink)}.usecase:hover{border-color:var(--accent)}
.case .inside th,.case .inside td{padding:5px 9px}.case tbody th{min-width:11.5rem}
.plots{margin-bottom:12px;display:grid;grid-template-columns:repeat(2,1fr);gap:14px}@media(max-width:860px){.plots{grid-template-columns:1fr}}
.plot{margin:0}.plot figcaption{font-size:.82rem;color:var(--muted);margin-bottom:2px}.plot svg{display:block;width:100%;height:auto}
.plot text{font-size:11px;fill:var(--muted)}.plot .field{fill:var(--sunken)}.plot .axis{stroke:var(--line)}
.plot polyline{fill:none;stroke-width:1.6;stroke-linejoin:round}.plot polyline.legacy{stroke:var(--legacy)}.plot polyline.latest{stroke:var(--latest)}.plot path.gap{fill:var(--added)}
`;
