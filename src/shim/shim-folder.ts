/** Owns everything that stands in a shim's folder: the C++ files, forwarding headers, CMake, tests, and the manifest with its coverage. */
import type { ApiSnapshot } from "../model/api-snapshot.js";
import type { ShimManifest } from "../model/shim-manifest.js";
import type { ShimSurface } from "../model/shim-surface.js";
import { sha256 } from "../support/hash.js";
import { byText } from "../support/order.js";
import { byHandHeader, byHandHeaderName, byHandUnit } from "./emit/by-hand.js";
import { cmakeText } from "./emit/cmake.js";
import { forwardHeader } from "./emit/forward-header.js";
import { testFiles } from "./emit/tests/test-files.js";
import { handFile } from "./emit/unit.js";
import { type GeneratedFile, shimFiles } from "./generate.js";
import type { HandMarks } from "./manifest/hand-written.js";
import { forwardedHeaders } from "./manifest/headers.js";
import { shimItems } from "./manifest/items.js";
import { leftMembers } from "./manifest/left-members.js";
import { manifestNames, missingNames } from "./manifest/names.js";
import { instanceSpeller } from "./plan/instances/spell-instances.js";
import { type ShimPlan, SIDES } from "./plan/model.js";

export interface ShimInputs {
  readonly plan: ShimPlan;
  readonly surface: ShimSurface;
  readonly snapshots: readonly [ApiSnapshot, ApiSnapshot];
}

/** In the order of their paths. */
export function folderFiles({ plan, snapshots }: ShimInputs): GeneratedFile[] {
  const { namespace } = plan;
  const main = `${namespace}/${namespace}.h`;
  const forwards = forwardedHeaders(plan, snapshots)
    .filter(({ to }) => to !== main)
    .map(({ from, to }) => ({ path: `include/${to}`, text: forwardHeader(plan, from) }));
  const byHand: GeneratedFile[] = [
    { path: `include/${namespace}/${byHandHeaderName(namespace)}`, text: byHandHeader(plan), once: true },
    ...SIDES.map((side): GeneratedFile => ({ path: `src/${handFile(plan, side)}`, text: byHandUnit(plan, side), once: true })),
  ];
  const spell = instanceSpeller(plan);
  return [...shimFiles(plan), ...byHand, ...testFiles(plan), ...forwards, { path: "CMakeLists.txt", text: cmakeText(plan) }]
    .map((one) => spelledFile(one, spell))
    .toSorted((a, b) => byText(a.path, b.path));
}

function spelledFile(file: GeneratedFile, spell: (text: string) => string): GeneratedFile {
  return { ...file, text: spell(file.text) };
}

/** `marks`: what the folder's files say about items by hand. */
export function shimManifest(inputs: ShimInputs, files: readonly GeneratedFile[], marks: HandMarks): ShimManifest {
  const { plan, snapshots } = inputs;
  const [legacy, latest] = plan.flavors;
  return {
    format: "unfork-shim",
    version: 1,
    library: plan.library,
    namespace: plan.namespace,
    flavors: [
      { name: legacy.name, release: legacy.release },
      { name: latest.name, release: latest.release },
    ],
    names: manifestNames(inputs),
    missing: missingNames(inputs),
    headers: [...forwardedHeaders(plan, snapshots)],
    items: shimItems(plan, leftMembers(plan, snapshots), marks),
    files: files.filter(({ once }) => once !== true).map(({ path, text }) => ({ path, digest: sha256(text) })),
  };
}
