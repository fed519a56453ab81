import { describe, expect, it } from "@jest/globals";
import { AddressRefused, isPublicAddress, literalAddress, resolvePublic } from "./public-address.ts";

describe("a public address", () => {
  it.each(["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"])(
    "is %s",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ["private", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fd00::1", "fc00::1"],
    ["loopback", "127.0.0.1", "127.255.255.254", "::1"],
    ["unspecified", "0.0.0.0", "0.1.2.3", "::"],
    ["link-local", "169.254.169.254", "fe80::1", "fe80::1%eth0", "febf::1"],
    ["site-local", "fec0::1"],
    ["carrier-grade NAT", "100.64.0.1", "100.127.255.255"],
    ["multicast", "224.0.0.1", "239.255.255.255", "ff02::1", "ff0e::1"],
    ["broadcast and reserved", "255.255.255.255", "240.0.0.1", "192.0.0.1", "192.0.0.170"],
    [
      "documentation and benchmarks",
      "192.0.2.1",
      "198.51.100.1",
      "203.0.113.1",
      "198.18.0.1",
      "2001:db8::1",
      "3fff::1",
    ],
    ["IPv4 in IPv6", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "::ffff:8.8.8.8"],
    ["NAT64", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::a00:1"],
    ["6to4", "2002:7f00:1::1", "2002:a00:1::", "192.88.99.1"],
    ["Teredo and others", "2001::1", "2001:20::1", "100::1", "5f00::1"],
    ["no address", "", "localhost", "1.2.3.4.5", "::g", "999.1.1.1"],
  ])("isn't %s", (_kind, ...addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  it("is seen in every way to write it in a URL", () => {
    const hosts = ["127.1", "0x7f.0.0.1", "2130706433", "017700000001", "[::1]", "[::ffff:127.0.0.1]", "127。0。0。1"];
    for (const host of hosts) {
      const address = literalAddress(new URL(`https://${host}/`));
      expect([host, address === null ? "a name" : isPublicAddress(address)]).toEqual([host, false]);
    }
    expect(literalAddress(new URL("https://example.com/"))).toBeNull();
  });
});

describe("resolving a name", () => {
  const resolve =
    (...addresses: string[]) =>
    () =>
      Promise.resolve(addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));

  it("gives its public addresses", async () => {
    const found = await resolvePublic("example.com", resolve("1.1.1.1", "2606:4700:4700::1111"));
    expect(found.map(({ address }) => address)).toEqual(["1.1.1.1", "2606:4700:4700::1111"]);
  });

  it("refuses a name with one address that isn't public", async () => {
    await expect(resolvePublic("example.com", resolve("1.1.1.1", "10.0.0.1"))).rejects.toThrow(AddressRefused);
  });
});
