/** Owns the JSON schemas of what users read and write. */
import { z } from "zod";

import { allowListSchema, auditResultSchema } from "../model/audit.js";
import { configSchema } from "../model/config.js";
import { importGroupsSchema } from "../model/import-groups.js";
import { isolationPlanSchema } from "../model/isolation.js";
import { layersFileSchema } from "../model/layers-file.js";
import { patchIntakeSchema } from "../model/patch-intake.js";
import { runReportSchema } from "../model/report.js";
import { shimManifestSchema } from "../model/shim-manifest.js";
import { shimSurfaceSchema } from "../model/shim-surface.js";

/** JSON Schema 2020-12 of `unfork.config.json`. */
export function configJsonSchema(): object {
  return { title: "unfork.config", ...z.toJSONSchema(configSchema, { io: "input", unrepresentable: "any" }) };
}

/** JSON Schema 2020-12 of `report.json`. */
export function reportJsonSchema(): object {
  return { title: "unfork report", ...z.toJSONSchema(runReportSchema, { io: "output", unrepresentable: "any" }) };
}

/** JSON Schema 2020-12 of a policy file of `unfork isolate`. */
export function policyJsonSchema(): object {
  return { title: "unfork isolation policy", ...z.toJSONSchema(isolationPlanSchema, { io: "input", unrepresentable: "any" }) };
}

/** JSON Schema 2020-12 of what `unfork audit --json` prints. */
export function auditJsonSchema(): object {
  return { title: "unfork audit", ...z.toJSONSchema(auditResultSchema, { io: "output", unrepresentable: "any" }) };
}

/** JSON Schema 2020-12 of an allow list of `unfork audit`. */
export function allowListJsonSchema(): object {
  return { title: "unfork audit allow list", ...z.toJSONSchema(allowListSchema, { io: "input", unrepresentable: "any" }) };
}

/** JSON Schema 2020-12 of the file that says which patches make which feature. */
export function patchGroupsJsonSchema(): object {
  return { title: "unfork patch groups", ...z.toJSONSchema(importGroupsSchema, { io: "input", unrepresentable: "any" }) };
}

/** JSON Schema 2020-12 of what `unfork patch intake --json` prints. */
export function patchIntakeJsonSchema(): object {
  return { title: "unfork patch intake", ...z.toJSONSchema(patchIntakeSchema, { io: "output", unrepresentable: "any" }) };
}

/** JSON Schema 2020-12 of a layers file: the repositories that a fork has features in. */
export function layersJsonSchema(): object {
  return { title: "unfork patch layers", ...z.toJSONSchema(layersFileSchema, { io: "input", unrepresentable: "any" }) };
}

/** JSON Schema 2020-12 of the surface file of `unfork shim generate`. */
export function shimSurfaceJsonSchema(): object {
  return { title: "unfork shim surface", ...z.toJSONSchema(shimSurfaceSchema, { io: "input", unrepresentable: "any" }) };
}

/** JSON Schema 2020-12 of the manifest that a generated shim carries. */
export function shimManifestJsonSchema(): object {
  return { title: "unfork shim", ...z.toJSONSchema(shimManifestSchema, { io: "output", unrepresentable: "any" }) };
}
