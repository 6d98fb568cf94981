/** Owns how whole numbers look in text; the engine's own way loads tables for all languages first. */

/** With commas between the thousands: 1,234,567. */
export function figure(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
