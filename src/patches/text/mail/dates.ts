/** Owns the dates of patches: mails', git's and plain days, all to ISO 8601 with their own zone. */

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const TIME = "(?<hour>\\d{1,2}):(?<minute>\\d\\d)(?::(?<second>\\d\\d))?";
const ZONE = "\\s*(?:(?<sign>[+-])(?<hours>\\d\\d):?(?<minutes>\\d\\d)|GMT|UTC?|Z)?(?:\\s*\\(.*\\))?";

const MAIL = new RegExp(`^(?:[A-Za-z]{3},?\\s+)?(?<day>\\d{1,2})\\s+(?<month>[A-Za-z]{3})[A-Za-z]*\\s+(?<year>\\d{4})\\s+${TIME}${ZONE}$`);
const GIT = new RegExp(`^[A-Za-z]{3}\\s+(?<month>[A-Za-z]{3})\\s+(?<day>\\d{1,2})\\s+${TIME}\\s+(?<year>\\d{4})${ZONE}$`);
const ISO = new RegExp(`^(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)[T ]${TIME}(?:\\.\\d+)?${ZONE}$`);

/** ISO 8601, or null when it is no date that is known. */
export function parseDate(value: string): string | null {
  const text = value.trim();
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  const seconds = /^@?(\d{5,})\s+([+-])(\d\d)(\d\d)$/.exec(text);
  if (seconds !== null) return isoDate(Number(seconds[1]), minutesOf(seconds[2] ?? "", seconds[3] ?? "", seconds[4] ?? ""));
  for (const form of [MAIL, GIT, ISO]) {
    const found = form.exec(text);
    if (found !== null) return ofParts(found);
  }
  return null;
}

function ofParts({ groups = {} }: RegExpExecArray): string | null {
  const { year = "", month = "", day, hour, minute, second = "0", sign = "+", hours = "0", minutes = "0" } = groups;
  const number = /\d/.test(month) ? Number(month) - 1 : MONTHS.indexOf(month.toLowerCase());
  if (number < 0) return null;
  const zone = minutesOf(sign, hours, minutes);
  return isoDate(Date.UTC(Number(year), number, Number(day), Number(hour), Number(minute), Number(second)) / 1000 - zone * 60, zone);
}

function minutesOf(sign: string, hours: string, minutes: string): number {
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Seconds since 1970, told in a zone of so many minutes east of Greenwich. */
export function isoDate(seconds: number, zone: number): string {
  const local = new Date((seconds + zone * 60) * 1000).toISOString().slice(0, 19);
  return `${local}${zone < 0 ? "-" : "+"}${two(Math.floor(Math.abs(zone) / 60))}:${two(Math.abs(zone) % 60)}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

/** As git's objects hold it: `1700000000 +0100`; a day is its midnight, UTC. */
export function gitDate(iso: string): string {
  return `${Math.floor(Date.parse(iso) / 1000)} ${zoneOf(iso)}`;
}

/** As mails hold it: `Tue, 14 Nov 2023 23:13:20 +0100`. */
export function mailDate(iso: string): string {
  const zone = zoneOf(iso);
  const minutes = minutesOf(zone.slice(0, 1), zone.slice(1, 3), zone.slice(3));
  const words = new Date(Date.parse(iso) + minutes * 60_000).toUTCString();
  return words.replace(/^(\w{3}), 0?(\d+) (.*) GMT$/, `$1, $2 $3 ${zone}`);
}

function zoneOf(iso: string): string {
  return /([+-]\d\d):(\d\d)$/.exec(iso.slice(10))?.slice(1).join("") ?? "+0000";
}
