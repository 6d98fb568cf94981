/** Owns which name of either release became which name of the shim, for those who move an application to it. */
import { withoutSuffix } from "../../api/common-name.js";
import { diffSide } from "../../api/diff/side.js";
import type { ApiSnapshot } from "../../model/api-snapshot.js";
import type { ShimManifest } from "../../model/shim-manifest.js";
import type { ShimSurface } from "../../model/shim-surface.js";
import { byText } from "../../support/order.js";
import { everyClass } from "../emit/library-types.js";
import { isOfInstance } from "../plan/instances/instance-words.js";
import type { ClassPlan, EnumPlan, InstancePlan, ShimPlan } from "../plan/model.js";

type ManifestName = ShimManifest["names"][number];

export interface NameInputs {
  readonly plan: ShimPlan;
  readonly surface: ShimSurface;
  readonly snapshots: readonly [ApiSnapshot, ApiSnapshot];
}

/** How upstream spells a common name in either release: one or several. */
export type Spellings = (common: string) => readonly string[];

export function spellings({ plan: { flavors }, surface, snapshots }: NameInputs): Spellings {
  const found = new Map<string, Set<string>>();
  for (const [index, { declarations, macros }] of snapshots.entries()) {
    const { name } = flavors[index as 0 | 1];
    const side = diffSide(name, surface.map);
    const names = [...declarations.map((one) => one.qualifiedName), ...macros.map((one) => one.name)];
    for (const spelled of names) {
      const common = side.nameOf(spelled);
      found.set(common, (found.get(common) ?? new Set()).add(withoutSuffix(spelled, name)));
    }
  }
  return (common) => {
    const own = found.get(common);
    if (own !== undefined) return [...own].toSorted(byText);
    return [common];
  };
}

/** The template's name in common, of its instance's. */
function templateOf(common: string, { word, own }: InstancePlan): string {
  return common.slice(0, -word.length) + own;
}

type Add = (common: string, name: string, kind: ManifestName["kind"]) => ManifestName[];

/** A class with the enumerations and constants in it. */
function classNames(one: ClassPlan, add: Add): ManifestName[] {
  // By its template: what is in it is written behind the arguments.
  if (one.instance !== null) return add(templateOf(one.common, one.instance), one.instance.path, kindOf(one));
  if (isOfInstance(one.common)) return [];
  return [
    ...add(one.common, one.name, kindOf(one)),
    ...one.nested.filter((each): each is EnumPlan => each.is === "enum").flatMap((each) => enumNames(each, add)),
    ...one.constants.flatMap((each) => add(each.common, each.name, "constant")),
  ];
}

export function manifestNames(inputs: NameInputs): ManifestName[] {
  const { plan } = inputs;
  const header = `${plan.namespace}/${plan.namespace}.h`;
  const spell = spellings(inputs);
  const add = (common: string, name: string, kind: ManifestName["kind"]): ManifestName[] =>
    spell(common).map((from) => ({ from, to: `${plan.namespace}::${name}`, kind, header }));
  const found = [
    ...everyClass(plan.classes).flatMap((one) => classNames(one, add)),
    ...plan.enums.flatMap((one) => enumNames(one, add)),
    ...plan.functions.flatMap((one) =>
      one.instance === null
        ? add(one.common, one.path, "function")
        : add(templateOf(one.common, one.instance), one.instance.path, "function"),
    ),
    ...plan.constants.flatMap((one) => add(one.common, one.name, one.isMacro ? "macro" : "constant")),
    ...plan.typedefs.flatMap((one) => add(one.common, one.name, "typedef")),
  ];
  const distinct = new Map(found.map((one) => [one.from, one]));
  return [...distinct.values()].toSorted((a, b) => byText(a.from, b.from));
}

/** Names of the surface without a place in the shim. */
export function missingNames(inputs: NameInputs): ShimManifest["missing"] {
  const { plan, surface } = inputs;
  const spell = spellings(inputs);
  const outer = surface.namespace ?? surface.library;
  const taken = new Set(manifestNames(inputs).map(({ from }) => from));
  const found = plan.left.flatMap(({ kind, name, reason }) => {
    const common = kind === "macro" || plan.language === "c" ? name : `${outer}::${name}`;
    const [inNamespace, whole] = [spell(common), spell(name)];
    const spelled = inNamespace.length === 1 && inNamespace[0] === common && whole[0] !== name ? whole : inNamespace;
    return spelled.map((from) => ({ from, reason }));
  });
  // Overloads of a name that is there are no missing name.
  const distinct = new Map(found.filter(({ from }) => !taken.has(from)).map((one) => [one.from, one]));
  return [...distinct.values()].toSorted((a, b) => byText(a.from, b.from));
}

type AddName = (common: string, name: string, kind: ManifestName["kind"]) => ManifestName[];

function kindOf({ kind, key }: ClassPlan): ManifestName["kind"] {
  if (kind === "interface") return "interface";
  return kind === "object" || key === "class" ? "class" : "struct";
}

/** Enumerators that are not scoped stand beside their enumeration. */
function enumNames({ common, name, scoped, enumerators }: EnumPlan, add: AddName): ManifestName[] {
  const beside = (path: string, word: string): string => (scoped ? `${path}::${word}` : `${outerOf(path)}${word}`);
  return [
    ...add(common, name, "enum"),
    ...enumerators.flatMap((each) =>
      add(common, beside(name, each.name), "enumerator").map(({ from, to, kind, header }) => ({
        from: beside(from, each.name),
        to,
        kind,
        header,
      })),
    ),
  ];
}

function outerOf(name: string): string {
  const at = name.lastIndexOf("::");
  return at === -1 ? "" : name.slice(0, at + 2);
}
