/** Owns the choice of an HTTP proxy from the environment, by the convention that curl and git follow. */

/** The proxy for an address from `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, or undefined for a direct way. */
export function proxyFor(address: URL, environment: NodeJS.ProcessEnv = process.env): URL | undefined {
  const scheme = address.protocol.slice(0, -1);
  const value = setting(environment, `${scheme}_proxy`) ?? setting(environment, "all_proxy");
  if (value === undefined || isExcepted(address, setting(environment, "no_proxy") ?? "")) return undefined;
  const url = value.includes("://") ? value : `http://${value}`;
  return URL.canParse(url) && url.startsWith("http://") ? new URL(url) : undefined;
}

function setting(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = environment[name] ?? environment[name.toUpperCase()];
  return value === "" ? undefined : value;
}

function isExcepted(address: URL, list: string): boolean {
  const names = list.split(",").map((name) => name.trim().replace(/^\*?\./, ""));
  return names.some((name) => name === "*" || (name !== "" && (address.hostname === name || address.hostname.endsWith(`.${name}`))));
}
