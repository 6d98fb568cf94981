/** Owns names in the shim: from the name that both releases have in common to the one under the shim's namespace. */
import type { ShimSurface } from "../../model/shim-surface.js";
import { libraryWord } from "./instances/instance-words.js";
import { withoutKeywords } from "./keyword-names.js";
import { fieldOfWord } from "./name-members.js";

/** `webrtc_shim`. */
export function shimNamespace({ library }: ShimSurface): string {
  return `${library}_shim`;
}

/** Relative to the shim's namespace: `webrtc::Foo::Bar` → `Foo::Bar`; of other namespaces whole. */
export function relativeName(common: string, { library, namespace }: ShimSurface): string {
  const outer = `${namespace ?? library}::`;
  return withoutKeywords(common.startsWith(outer) ? common.slice(outer.length) : common);
}

/** As it is written inside the shim's namespace: in full where its first word means something else in an inner scope. */
export function writtenName(relative: string, surface: ShimSurface, inner: ReadonlySet<string>): string {
  const first = /^\w+/.exec(relative)?.[0] ?? "";
  return inner.has(first) ? `${shimNamespace(surface)}::${relative}` : relative;
}

/** A name as the flavor's own build has it, with a leading `::`; a type without a name is that of its field. */
export function libraryName(spelled: string, flavor: string, { isolated }: ShimSurface): string {
  const renames = isolated[flavor] ?? {};
  const [first = "", ...rest] = spelled.split("::");
  const whole = rest.reduce(
    (scope, word) => {
      const field = fieldOfWord(word);
      return field === undefined ? `${scope}::${word}` : `std::remove_all_extents_t<decltype(${scope}::${field})>`;
    },
    `::${renames[first] ?? first}`,
  );
  return libraryWord(whole, flavor);
}
