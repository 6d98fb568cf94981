/** Owns the filters above lists: choices and a search field whose state the page's script keeps in the URL. */
import { html, type Html } from "./template.js";

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly size: number;
}

export interface FilterSpec {
  /** Names the list: items carry it in `data-list`. */
  readonly list: string;
  readonly label: string;
  /** Choices by name; the name is the URL's parameter and the item's `data-…` key. */
  readonly choices: readonly { readonly name: string; readonly label: string; readonly values: readonly Choice[] }[];
  /** The search field's URL parameter, or null for none; it looks into the item's `data-text`. */
  readonly search: string | null;
  readonly total: number;
}

/** Shown only when scripts run; without them the whole list stands. */
export function filters(spec: FilterSpec): Html {
  return html`<form class="filters" data-filter="${spec.list}" role="search" aria-label="${spec.label}">
    ${spec.choices.map((choice) => choiceGroup(choice.name, choice.label, choice.values, spec))}
    ${spec.search === null ? null : html`<label class="search"><span class="sr">${spec.label}: search</span><input type="search" name="${spec.search}" placeholder="Search" autocomplete="off" /></label>`}
    <output aria-live="polite"></output>
  </form>`;
}

function choiceGroup(name: string, label: string, values: readonly Choice[], spec: FilterSpec): Html {
  const all: Choice = { value: "", label: "all", size: spec.total };
  return html`<fieldset>
    <legend class="sr">${label}</legend>
    <span class="legend" aria-hidden="true">${label}</span>
    ${[all, ...values].map(
      (choice) =>
        html`<label class="choice"
          ><input type="radio" name="${name}" value="${choice.value}" ${choice.value === "" ? html` checked` : null} /><span
            >${choice.label} <b>${choice.size}</b></span
          ></label
        >`,
    )}
  </fieldset>`;
}

/** Attributes of a list's item. */
export function item(list: string, keys: Readonly<Record<string, string>>, text: string): Html {
  return html`data-list="${list}"${Object.entries(keys).map(([key, value]) => html` data-${key}="${value}"`)}
  data-text="${text.toLowerCase()}"`;
}
