/** Owns how a next command names the port that it is about. */

/** ` --repo webrtc --name m150`, without what is the default. */
export function placeOf({ repo, name }: { readonly repo?: string | undefined; readonly name: string }): string {
  return `${repo === undefined ? "" : ` --repo ${repo}`}${name === "port" ? "" : ` --name ${name}`}`;
}
