/** Owns the list of checked-in files that are made from the code. */
import {
  allowListJsonSchema,
  auditJsonSchema,
  configJsonSchema,
  layersJsonSchema,
  patchGroupsJsonSchema,
  patchIntakeJsonSchema,
  policyJsonSchema,
  reportJsonSchema,
  shimManifestJsonSchema,
  shimSurfaceJsonSchema,
} from "../config/json-schema.js";
import { warehouseScript } from "../store/telemetry/warehouse.js";
import { commandReference } from "./document.js";
import { createProgram } from "./program.js";

/** Path relative to the package's root, and content. */
export function generatedFiles(): readonly (readonly [string, string])[] {
  return [
    ["docs/cli.md", commandReference(createProgram(() => undefined))],
    ["docs/experiments/telemetry.sql", warehouseScript()],
    ["schema/unfork.config.schema.json", `${JSON.stringify(configJsonSchema(), null, 2)}\n`],
    ["schema/isolation-policy.schema.json", `${JSON.stringify(policyJsonSchema(), null, 2)}\n`],
    ["schema/audit.schema.json", `${JSON.stringify(auditJsonSchema(), null, 2)}\n`],
    ["schema/audit-allow.schema.json", `${JSON.stringify(allowListJsonSchema(), null, 2)}\n`],
    ["schema/patch-layers.schema.json", `${JSON.stringify(layersJsonSchema(), null, 2)}\n`],
    ["schema/patch-groups.schema.json", `${JSON.stringify(patchGroupsJsonSchema(), null, 2)}\n`],
    ["schema/patch-intake.schema.json", `${JSON.stringify(patchIntakeJsonSchema(), null, 2)}\n`],
    ["schema/shim-surface.schema.json", `${JSON.stringify(shimSurfaceJsonSchema(), null, 2)}\n`],
    ["schema/shim.schema.json", `${JSON.stringify(shimManifestJsonSchema(), null, 2)}\n`],
    ["schema/report.schema.json", `${JSON.stringify(reportJsonSchema(), null, 2)}\n`],
  ];
}
