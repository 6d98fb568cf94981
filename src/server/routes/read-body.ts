/** Owns the reading of what a request says, by strict schemas. */
import type { FastifyRequest } from "fastify";
import { z } from "zod";

import { UnforkError } from "../../support/errors.js";
import { explainIssues } from "../../support/explain-issues.js";
import type { Actor } from "../core/core.js";

/** The body. Throws `input-invalid` with every problem by its key. */
export function bodyOf<T extends z.ZodType>(schema: T, request: FastifyRequest): z.infer<T> {
  const body = request.body ?? {};
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new UnforkError("input-invalid", `the body is not as it must be: ${explainIssues(parsed.error.issues, body, schema).join("; ")}`);
}

/** The query's parameters. Throws `input-invalid`. */
export function queryOf<T extends z.ZodType>(schema: T, request: FastifyRequest): z.infer<T> {
  const parsed = schema.safeParse(request.query);
  if (parsed.success) return parsed.data;
  throw new UnforkError(
    "input-invalid",
    `the query is not as it must be: ${explainIssues(parsed.error.issues, request.query, schema).join("; ")}`,
  );
}

/** How many rows at most; of text, as queries are. */
export const limitSchema = z.coerce.number().int().min(1).max(1000).default(100);

export function idOf(request: FastifyRequest): string {
  return (request.params as { readonly id: string }).id;
}

/** The caller, as the audit log names it. */
export function actorOf({ caller }: FastifyRequest): Actor {
  if (caller === undefined) throw new Error("a route without a role has no actor");
  return { name: `${caller.name} (${caller.role} ${caller.id})` };
}
