import type { LookupAddress } from "node:dns";
import ipaddr from "ipaddr.js";

/**
 * Whether an address belongs to the public internet. What isn't known to be public is refused: private, loopback,
 * link-local (a cloud's metadata service), carrier-grade NAT, multicast, reserved, and IPv6 forms that lead to an IPv4 address
 * (mapped, compatible, NAT64, 6to4, Teredo). Source: the IANA special-purpose registries, as ipaddr.js has them.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  // All public IPv6 addresses are from 2000::/3 (RFC 4291, 2.4); a zone means that it is local.
  return parsed instanceof ipaddr.IPv4 || (globalUnicast.match(parsed) && !address.includes("%"));
}

const globalUnicast = {
  match: (address: ipaddr.IPv6) => address.match(ipaddr.IPv6.parse("2000::"), 3),
};

/** The address that a URL's host is; null when it is a name. */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return ipaddr.isValid(host) ? host : null;
}

/** Finds the addresses of a name: the system's resolver, or a test's. */
export type ResolveName = (hostname: string) => Promise<readonly LookupAddress[]>;

export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
}

/** Resolves a name to public addresses. One that isn't makes all suspect: a name that belongs to us and to others is no mistake. */
export async function resolvePublic(hostname: string, resolve: ResolveName): Promise<readonly LookupAddress[]> {
  const addresses = await resolve(hostname);
  const refused = addresses.find(({ address }) => !isPublicAddress(address));
  if (refused !== undefined) throw new AddressRefused("The name leads to an address that isn't public.");
  return addresses;
}
