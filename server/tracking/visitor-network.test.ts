import { expect, it } from "@jest/globals";
import { visitorNetwork } from "./visitor-network.ts";

it.each([
  ["192.0.2.77", "192.0.2.0/24"],
  ["::ffff:192.0.2.77", "192.0.2.0/24"],
  ["2001:db8:12:34:56::1", "2001:db8:12::/48"],
  ["fe80::1%eth0", "fe80::/48"],
  ["::1", "::/48"],
  ["not an address", null],
  ["", null],
])("of %s is %s", (address, network) => {
  expect(visitorNetwork(address)).toBe(network);
});
