/** Owns the step from OTLP log records (`ExportLogsServiceRequest`, JSON) to events. */
import type { IngestReply } from "../../model/telemetry.js";
import { attributesOf, fieldsOf, listOf, millisecondsOf } from "./otlp-values.js";

const PREFIX = "unfork.";

/**
 * One event per log record, in order: its attributes `unfork.*` are the event's fields (`unfork.useCase`), those of resource and scope
 * serve all records in them. Where `unfork.time` is missing, the record's time is taken; where `unfork.type` is, its event name
 * (`unfork.exposure`). Undefined when the body is no request. A record of something else becomes an empty event, which is refused.
 */
export function eventsOfLogs(body: unknown): readonly unknown[] | undefined {
  const request = fieldsOf(body);
  if (request === undefined || !Array.isArray(request["resourceLogs"])) return undefined;
  return request["resourceLogs"].flatMap((one) => {
    const resource = fieldsOf(one);
    const shared = attributesOf(fieldsOf(resource?.["resource"])?.["attributes"], PREFIX);
    return listOf(resource?.["scopeLogs"]).flatMap((scopeLogs) => {
      const scope = fieldsOf(scopeLogs);
      const inScope = { ...shared, ...attributesOf(fieldsOf(scope?.["scope"])?.["attributes"], PREFIX) };
      return listOf(scope?.["logRecords"]).map((record) => eventOf(fieldsOf(record) ?? {}, inScope));
    });
  });
}

function eventOf(record: Readonly<Record<string, unknown>>, shared: Readonly<Record<string, unknown>>): unknown {
  const own = attributesOf(record["attributes"], PREFIX);
  const time = millisecondsOf(record["timeUnixNano"]) ?? millisecondsOf(record["observedTimeUnixNano"]);
  const name = record["eventName"];
  const type = typeof name === "string" && name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined;
  return { ...(time === undefined ? {} : { time }), ...(type === undefined ? {} : { type }), ...shared, ...own };
}

/** `ExportLogsServiceResponse`: empty when all was taken. */
export function logsReply({ rejectedLines, rejected }: IngestReply): object {
  if (rejectedLines === 0) return {};
  const first = rejected.slice(0, 5).map(({ line, reason }) => `record ${line}: ${reason}`);
  return { partialSuccess: { rejectedLogRecords: String(rejectedLines), errorMessage: first.join("; ") } };
}
