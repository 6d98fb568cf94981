/** Owns the page's scripts: theme, filters kept in the URL, copy buttons, print. The page is whole without them. */

/**
 * Runs before anything is drawn: says that scripts run, and takes the chosen theme. The choice stands in two places:
 * the storage hands it to other pages, but Chromium may lose what it is given right after its start, and it may be
 * forbidden; the state of the history keeps it over a reload of this page in any case.
 */
export const HEAD_SCRIPT = `
document.documentElement.classList.add("js");
function takeTheme(theme) {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}
try { takeTheme(localStorage.getItem("unfork-theme")); } catch {}
takeTheme(history.state?.theme);
`;

const THEME = `
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const button = document.querySelector("[data-theme-button]");
function isDark() { return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches; }
function nameTheme() { button.textContent = isDark() ? "Light" : "Dark"; button.setAttribute("aria-label", "Switch to " + (isDark() ? "light" : "dark") + " colours"); }
button.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  try { localStorage.setItem("unfork-theme", root.dataset.theme); } catch {}
  try { history.replaceState({ ...history.state, theme: root.dataset.theme }, ""); } catch {}
  nameTheme();
});
dark.addEventListener("change", nameTheme);
nameTheme();
`;

const FILTERS = `
const forms = [...document.querySelectorAll("[data-filter]")];
function controls(form) { return [...form.elements].filter((field) => field.name && (field.type !== "radio" || field.checked)); }
function apply(form) {
  const items = [...document.querySelectorAll('[data-list="' + form.dataset.filter + '"]')];
  const wanted = controls(form).filter((field) => field.value !== "");
  let shown = 0;
  for (const item of items) {
    const keep = wanted.every((field) => field.type === "radio" ? item.dataset[field.name] === field.value : item.dataset.text.includes(field.value.trim().toLowerCase()));
    item.hidden = !keep;
    if (keep) shown += 1;
  }
  form.querySelector("output").textContent = wanted.length === 0 ? "" : shown + " of " + items.length + " shown";
}
function readUrl() {
  const state = new URLSearchParams(location.search);
  for (const form of forms) {
    for (const field of form.elements) {
      if (!field.name) continue;
      const value = state.get(field.name) ?? "";
      if (field.type === "radio") field.checked = field.value === value; else field.value = value;
    }
    for (const group of form.querySelectorAll("fieldset")) {
      const radios = [...group.querySelectorAll("input")];
      if (!radios.some((radio) => radio.checked)) radios[0].checked = true;
    }
    apply(form);
  }
}
function writeUrl() {
  const state = new URLSearchParams(location.search);
  for (const field of forms.flatMap(controls)) {
    if (field.value === "") state.delete(field.name); else state.set(field.name, field.value);
  }
  const query = state.toString();
  try { history.replaceState(history.state, "", (query === "" ? location.pathname : "?" + query) + location.hash); } catch {}
}
for (const form of forms) {
  form.addEventListener("input", () => { apply(form); writeUrl(); });
  form.addEventListener("submit", (event) => event.preventDefault());
}
addEventListener("popstate", readUrl);
readUrl();
`;

const COPY = `
async function copy(code) {
  try { await navigator.clipboard.writeText(code.textContent); return true; } catch {}
  const range = document.createRange();
  range.selectNodeContents(code);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return document.execCommand("copy");
}
for (const copier of document.querySelectorAll("[data-copy]")) {
  copier.addEventListener("click", async () => {
    const done = await copy(copier.previousElementSibling);
    copier.textContent = done ? "Copied" : "Selected";
    setTimeout(() => { copier.textContent = "Copy"; }, 1500);
  });
}
`;

const PRINT = `
let opened = [];
addEventListener("beforeprint", () => { opened = [...document.querySelectorAll("details:not([open])")]; for (const part of opened) part.open = true; });
addEventListener("afterprint", () => { for (const part of opened) part.open = false; });
function openTarget() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id === "" ? null : document.getElementById(id);
  if (target instanceof HTMLDetailsElement) target.open = true;
}
addEventListener("hashchange", openTarget);
openTarget();
`;

export const PAGE_SCRIPT = `(() => {${THEME}${FILTERS}${COPY}${PRINT}})();\n`;
