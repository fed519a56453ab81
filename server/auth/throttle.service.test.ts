import { expect, test } from "@jest/globals";
import { password, signUp, startIdentity, type TestIdentity, testSecret } from "../../test/identity.ts";
import { networkOf } from "../operations/network-address.ts";
import { SignInThrottle } from "./throttle.service.ts";

const secret = "a secret, long enough for the tests of throttling";
const minute = 60_000;

/** How long the next attempt has to wait; 0 when it was let through (and counted). */
async function attempt(
  identity: TestIdentity,
  throttle: SignInThrottle,
  email: string,
  address: string | null,
): Promise<number> {
  try {
    await throttle.attempt(email, address, identity.now());
    return 0;
  } catch (error) {
    expect(error).toMatchObject({ code: "RATE_LIMITED", reason: "SIGN_IN" });
    return (error as { details: { retryAfterMs: number } }).details.retryAfterMs;
  }
}

test("an account has five attempts, then the wait doubles up to a quarter of an hour", async () => {
  await using identity = await startIdentity();
  const throttle = new SignInThrottle(identity.database, secret);
  for (let count = 0; count < 5; count += 1) expect(await attempt(identity, throttle, "a@example.com", null)).toBe(0);
  for (let expectedMs = 1_000; expectedMs < 15 * minute; expectedMs *= 2) {
    const waitMs = await attempt(identity, throttle, "a@example.com", null);
    expect(waitMs).toBeGreaterThan(expectedMs * 0.5 - 500);
    expect(waitMs).toBeLessThanOrEqual(expectedMs);
    identity.advance(waitMs);
    expect(await attempt(identity, throttle, "a@example.com", null)).toBe(0);
  }
  expect(await attempt(identity, throttle, "a@example.com", null)).toBeLessThanOrEqual(15 * minute);
  expect(await attempt(identity, throttle, "b@example.com", null)).toBe(0);
  identity.advance(60 * minute + 1);
  for (let count = 0; count < 5; count += 1) expect(await attempt(identity, throttle, "a@example.com", null)).toBe(0);
});

test("a hundred attempts at once count as a hundred, over two processes", async () => {
  await using identity = await startIdentity();
  const throttles = [
    new SignInThrottle(identity.database, secret),
    new SignInThrottle(identity.database, secret),
  ] as const;
  const waits = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      attempt(identity, throttles[index % 2 === 0 ? 0 : 1], "a@example.com", null),
    ),
  );
  expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
});

test("free attempts need no wait, even when an earlier one arrives later", async () => {
  await using identity = await startIdentity();
  const throttle = new SignInThrottle(identity.database, secret);
  for (const offsetMs of [0, -50, -200, 10, -300]) {
    await throttle.attempt("a@example.com", null, new Date(identity.now().getTime() + offsetMs));
  }
  expect(await attempt(identity, throttle, "a@example.com", null)).toBeGreaterThan(500);
});

test("an address is slowed down over many accounts, and its neighbour isn't", async () => {
  await using identity = await startIdentity();
  const throttle = new SignInThrottle(identity.database, secret);
  const waits: number[] = [];
  for (let count = 0; count < 40; count += 1) {
    waits.push(await attempt(identity, throttle, `${count}@example.com`, `2001:db8:0:1::${count.toString(16)}`));
  }
  expect(waits.filter((wait) => wait === 0)).toHaveLength(30);
  expect(await attempt(identity, throttle, "x@example.com", "2001:db8:0:2::1")).toBe(0);
});

test("a good sign-in clears the account and doesn't count for the address", async () => {
  await using identity = await startIdentity();
  const throttle = new SignInThrottle(identity.database, secret);
  for (let count = 0; count < 60; count += 1) {
    expect(await attempt(identity, throttle, "a@example.com", "192.0.2.9")).toBe(0);
    await throttle.succeeded("a@example.com", "192.0.2.9");
  }
});

test("signing in is refused while it must wait, with the right password too", async () => {
  await using identity = await startIdentity();
  const { email } = await signUp(identity);
  const throttle = new SignInThrottle(identity.database, testSecret); // the server's own, by its secret
  for (let count = 0; count < 5; count += 1) await attempt(identity, throttle, email, null);
  for (let count = 0; count < 4; count += 1) {
    identity.advance(await attempt(identity, throttle, email, null));
    expect(await attempt(identity, throttle, email, null)).toBe(0);
  }
  // The next wait is 16 seconds, longer than this test takes on a busy machine.
  const signIn = () => identity.signIn.signIn(identity.context(), { email, password });
  await expect(signIn()).rejects.toMatchObject({ code: "RATE_LIMITED" });
  identity.advance(60_000);
  expect((await signIn()).tokens).not.toBeNull();
});

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:0db8:0001:0002::1", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
  ["fe80::1%eth0", "fe80:0:0:0"],
])("%s belongs to %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test("an address has a hundred sign-ups, then has to wait", async () => {
  await using identity = await startIdentity();
  const throttle = new SignInThrottle(identity.database, secret);
  for (let count = 0; count < 100; count += 1) await throttle.signUp("192.0.2.7", identity.now());
  await expect(throttle.signUp("192.0.2.7", identity.now())).rejects.toMatchObject({
    code: "RATE_LIMITED",
    reason: "SIGN_UP",
  });
  await throttle.signUp("192.0.2.8", identity.now());
});
