/**
 * Owns OFREP's answers (open-feature/protocol, service/openapi.yaml): a use case is a string flag, its value the flavor. Written by
 * hand: parts that are the same for all units are made once per seed.
 */
import { isExpired } from "../../experiment/assignment/judge-seed.js";
import { type Assignment, assign } from "../../experiment/assignment/assign.js";
import { UNIT_KINDS, type Units, type UnitKind } from "./units.js";
import { sha256 } from "../../support/hash.js";
import type { ServedSeed } from "../core/publisher.js";

export interface OfrepAnswer {
  readonly status: 200 | 304 | 400 | 404;
  readonly body: string;
  readonly etag?: string;
}

/** Longest id of a unit in UTF-16 code units. */
const MAX_UNIT = 1024;

export const NO_SEED = failure(404, "FLAG_NOT_FOUND", "there is no seed yet");

/** One flag. `body` is the request's text. */
export function evaluateOne(seed: ServedSeed | undefined, key: string, body: string, nowMs: number): OfrepAnswer {
  const units = unitsIn(body);
  if ("status" in units) return named(units, key);
  const known = inForce(seed, nowMs);
  if ("status" in known) return named(known, key);
  const useCase = known.prepared.useCases.get(key);
  if (useCase === undefined) return named(failure(404, "FLAG_NOT_FOUND", "the seed has no such use case"), key);
  const unit = withTarget(units, useCase.unit);
  if (unit === undefined) return named(failure(400, "TARGETING_KEY_MISSING", `a targetingKey, the ${useCase.unit}'s id, is needed`), key);
  return { status: 200, body: flagText(assign(known.prepared, key, unit, useCase.default)) };
}

/** All flags of one unit, with an ETag of the answer. */
export function evaluateAll(
  seed: ServedSeed | undefined,
  body: string,
  ifNoneMatch: string | undefined,
  nowMs: number,
  origin: StreamPath,
): OfrepAnswer {
  const units = unitsIn(body);
  if ("status" in units) return units;
  const known = inForce(seed, nowMs);
  if ("status" in known) return { status: 200, body: '{"flags":[]}' };
  const flags: string[] = [];
  for (const { name, unit, default: fallback } of known.prepared.useCases.values()) {
    const target = withTarget(units, unit);
    if (target === undefined) return failure(400, "TARGETING_KEY_MISSING", `a targetingKey, the ${unit}'s id, is needed`);
    flags.push(flagText(assign(known.prepared, name, target, fallback)));
  }
  const list = `"flags":[${flags.join(",")}],"metadata":{"seed":${known.version}}`;
  const etag = `"${sha256(list).slice(0, 32)}"`;
  if (ifNoneMatch !== undefined && ifNoneMatch.includes(etag)) return { status: 304, body: "", etag };
  return { status: 200, body: `{${list},"eventStreams":[{"type":"sse","endpoint":{"requestUri":"${origin(known.version)}"}}]}`, etag };
}

/** Where an answer's reader is told of changes: the path by the version that it knows. */
export type StreamPath = (version: number) => string;

function inForce(seed: ServedSeed | undefined, nowMs: number): ServedSeed | OfrepAnswer {
  if (seed === undefined) return NO_SEED;
  if (isExpired(seed.base, seed.halt, nowMs)) return failure(404, "FLAG_NOT_FOUND", `the seed expired at ${seed.base.expires}`);
  return seed;
}

/** Ids of units by kind, and `targetingKey` for any kind. */
interface GivenUnits {
  readonly targetingKey: string | undefined;
  readonly units: Units;
}

function unitsIn(body: string): GivenUnits | OfrepAnswer {
  const request = parse(body);
  if (!isObject(request)) return failure(400, "PARSE_ERROR", "the body is not a JSON object");
  const context = request["context"];
  if (context === undefined) return { targetingKey: undefined, units: {} };
  if (!isObject(context)) return failure(400, "INVALID_CONTEXT", "the context is not an object");
  const { targetingKey } = context;
  if (targetingKey !== undefined && !isId(targetingKey))
    return failure(400, "INVALID_CONTEXT", `targetingKey must be a text of 1 to ${MAX_UNIT} characters`);
  const units: Partial<Record<UnitKind, string>> = {};
  for (const kind of UNIT_KINDS) {
    const id = context[kind];
    if (isId(id)) units[kind] = id;
  }
  return { targetingKey, units };
}

function withTarget({ targetingKey, units }: GivenUnits, kind: UnitKind): Units | undefined {
  if (units[kind] !== undefined) return units;
  return targetingKey === undefined ? undefined : { [kind]: targetingKey };
}

/** Names of use cases and experiments are plain by their schemas, so that they need no escapes; the rest are numbers and words. */
function flagText({ useCase, flavor, arm, experiment, phase, seed, reason }: Assignment): string {
  const why = reason === "capped" ? "STATIC" : "SPLIT";
  const about = `"experiment":${JSON.stringify(experiment ?? "")},"phase":${phase ?? 0},"seed":${seed},"assignment":"${reason}"`;
  return `{"key":"${useCase}","value":"${flavor}","reason":"${why}","variant":"${arm ?? "default"}","metadata":{${about}}}`;
}

function failure(status: 400 | 404, errorCode: string, errorDetails: string): OfrepAnswer {
  return { status, body: JSON.stringify({ errorCode, errorDetails }) };
}

/** An error about one flag tells its key. */
function named({ status, body }: OfrepAnswer, key: string): OfrepAnswer {
  return { status, body: JSON.stringify({ key, ...(JSON.parse(body) as object) }) };
}

function isId(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= MAX_UNIT;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
