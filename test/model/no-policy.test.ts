/** That the plan without a policy is the one that the schema makes. */
import { expect, it } from "vitest";

import { isolationPlanSchema } from "../../src/model/isolation.js";
import { NO_POLICY } from "../../src/model/no-policy.js";

it("is what an empty policy says", () => expect(NO_POLICY).toEqual(isolationPlanSchema.parse({})));
