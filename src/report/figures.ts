/** Owns how figures are written: counts, bytes, percents, durations, values with a unit. Independent of the machine's locale. */

/** "2,412"; a true minus sign before negative numbers. */
export function count(value: number): string {
  return decimal(value, 0);
}

/** "1 feature", "2 features"; `many` for irregular words. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** With a fixed number of decimals and a comma before each third digit. */
export function decimal(value: number, digits: number): string {
  const [whole = "0", fraction] = Math.abs(value).toFixed(digits).split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ",");
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** With its sign: "+3", "−3", "±0". */
export function signed(text: string): string {
  if (text.startsWith("−")) return text;
  return /[1-9]/.test(text) ? `+${text}` : `±${text}`;
}

/** Bytes in binary units: "512 B", "840.2 KiB", "1.84 MiB", "2.10 GiB". */
export function bytes(value: number): string {
  const size = Math.abs(value);
  if (size < 1024) return `${decimal(value, 0)} B`;
  if (size < 1024 ** 2) return `${decimal(value / 1024, 1)} KiB`;
  if (size < 1024 ** 3) return `${decimal(value / 1024 ** 2, 2)} MiB`;
  return `${decimal(value / 1024 ** 3, 2)} GiB`;
}

/** The change of a size: "+840.2 KiB", and beside it "+81.3 %" (null when `from` is 0). */
export function byteDelta(from: number, to: number): { readonly absolute: string; readonly relative: string | null } {
  return { absolute: signed(bytes(to - from)), relative: from === 0 ? null : signed(`${decimal(((to - from) / from) * 100, 1)} %`) };
}

/** "12 ms", "4.2 s", "3 min 05 s", "1 h 02 min". */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = Math.round(milliseconds / 1000);
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${twoDigits(Math.floor((seconds % 3600) / 60))} min`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
