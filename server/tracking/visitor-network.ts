import ipaddr from "ipaddr.js";

/** The network that an address is in, large enough not to tell people apart: /24, or /48 of IPv6. Null for what is no address. */
export function visitorNetwork(address: string): string | null {
  if (!ipaddr.isValid(address)) return null;
  const parsed = ipaddr.process(address); // ::ffff:192.0.2.1 is an IPv4 address
  const bits = parsed.kind() === "ipv4" ? 24 : 48;
  const network =
    parsed.kind() === "ipv4"
      ? ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toString()}/24`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${withoutZone(parsed)}/48`);
  return `${network.toString()}/${bits}`;
}

function withoutZone(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  return address.toString().split("%")[0] ?? "";
}
