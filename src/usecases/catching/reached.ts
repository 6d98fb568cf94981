/** Owns which changed functions a use case's recorded input comes to at all, as callgrind sees it. */
import { UnforkError } from "../../support/errors.js";
import { useCaseArm } from "../attribution/arm.js";
import { profileOf } from "../attribution/probe.js";
import { plainName } from "../callgrind/call-edges.js";
import { commonNames } from "../callgrind/compare-profiles.js";
import type { HuntRequest } from "./hunt.js";

export async function reachedFunctions(request: HuntRequest, functions: readonly string[]): Promise<string[]> {
  const { useCase, program, inputs, root, work } = request;
  const arm = useCaseArm({ id: useCase.id, useCase, program, flavor: "latest", inputs, root });
  const profile = await profileOf(arm, `${work}/reached`, undefined);
  if (typeof profile === "string") throw new UnforkError("input-invalid", `the recorded input ends latest under callgrind: ${profile}`);
  const ran = [...commonNames(profile).keys()].map(plainName);
  return functions.filter((name) => ran.some((each) => each === name || each.endsWith(`::${name}`)));
}
