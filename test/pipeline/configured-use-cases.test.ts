/** Owns the claims about which use cases of a register a configuration means. */
import { expect, test } from "vitest";

import { useCaseSchema } from "../../src/model/use-case.js";
import { configuredUseCases } from "../../src/pipeline/configured-use-cases.js";

const register = ["calls", "music", "noise"].map((id) =>
  useCaseSchema.parse({
    id,
    name: id,
    owner: "team",
    purpose: "a test",
    run: ["true"],
    metrics: [{ id: "a", name: "a", unit: "s", direction: "lower", margin: 1 }],
  }),
);

test("those that are named are meant, in the register's order", () => {
  expect(configuredUseCases(register, ["noise", "calls"], "c.ts").map(({ id }) => id)).toEqual(["calls", "noise"]);
});

test("all are meant where none is named", () => {
  expect(configuredUseCases(register, undefined, "c.ts")).toEqual(register);
});

test("a name that the register lacks is refused, with the nearest that it has", () => {
  expect(() => configuredUseCases(register, ["musik"], "c.ts")).toThrowError(
    expect.objectContaining({
      code: "config-invalid",
      message: "c.ts: useCases.only: there is no use case 'musik'",
      hint: "did you mean 'music'?",
    }),
  );
});
