/** Owns XML 1.0 text: elements with escaped attributes and content. */

/** An element; attributes that are undefined are left out. Children are finished XML, one per line. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  children: readonly string[] = [],
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join("");
  if (children.length === 0) return `<${name}${written}/>`;
  return `<${name}${written}>\n${children.map(indented).join("\n")}\n</${name}>`;
}

/** An element that holds text only. */
export function textElement(name: string, attributes: Readonly<Record<string, string>>, text: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return `<${name}${written.join("")}>${escapeXml(text)}</${name}>`;
}

function indented(child: string): string {
  return child.replaceAll(/^(?=<)/gm, "  ");
}

/** Characters that XML 1.0 §2.2 forbids become U+FFFD; line ends and tabs are written so that attributes keep them. */
export function escapeXml(text: string): string {
  return text.replaceAll(FORBIDDEN, "\ufffd").replaceAll(/[&<>"'\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\p{Surrogate}]/gu;
