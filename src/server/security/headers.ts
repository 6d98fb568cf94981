/** Owns the headers that every answer has. */

/** There is no page here: nothing may run, be framed or be guessed from an answer. CORS stays off: no header allows it. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};
