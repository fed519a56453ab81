/** UTM parameters as they are added to an address; null: not at all. */
export interface Utm {
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly term: string | null;
  readonly content: string | null;
}

export const utmFields = ["source", "medium", "campaign", "term", "content"] as const satisfies readonly (keyof Utm)[];

/**
 * The address with UTM parameters. Its own query and fragment stay letter by letter: writing them anew would change what
 * some sites understand (`+` and `%20`, `?a` and `?a=`). Only a parameter of its own with a name that is added gives way:
 * analytics that find two read either.
 */
export function addUtm(address: string, utm: Utm): string {
  const added = utmFields.flatMap((field) => {
    const value = utm[field];
    return value === null ? [] : [[`utm_${field}`, value] as const];
  });
  if (added.length === 0) return address;
  const names: ReadonlySet<string> = new Set(added.map(([name]) => name));
  const hashAt = address.indexOf("#");
  const fragment = hashAt === -1 ? "" : address.slice(hashAt);
  const beforeFragment = hashAt === -1 ? address : address.slice(0, hashAt);
  const queryAt = beforeFragment.indexOf("?");
  const place = queryAt === -1 ? beforeFragment : beforeFragment.slice(0, queryAt);
  const own = queryAt === -1 ? "" : beforeFragment.slice(queryAt + 1);
  const kept = own === "" ? [] : own.split("&").filter((part) => !names.has(nameOf(part)));
  const query = [...kept, ...added.map(([name, value]) => `${name}=${encode(value)}`)].join("&");
  return `${place}?${query}${fragment}`;
}

/** As the URL standard has it, which also escapes the apostrophe in a query. */
function encode(value: string): string {
  return encodeURIComponent(value).replaceAll("'", "%27");
}

/** A parameter's name as who reads the query understands it. */
function nameOf(part: string): string {
  const [name = ""] = new URLSearchParams(part).keys();
  return name;
}
