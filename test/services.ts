/** What global-setup.ts started for this run, as the test files get it: through the environment of their process. */
export interface TestServices {
  /** The owner's login to the migrated template; databases of tests are copies of it. */
  templateOwnerUrl: string;
  /** The same database with the server's own, restricted login. */
  templateAppUrl: string;
  redisUrl: string;
}

const variable = "NEXORA_TEST_SERVICES";

export function announceTestServices(services: TestServices): void {
  process.env[variable] = JSON.stringify(services);
}

export function testServices(): TestServices {
  const announced = process.env[variable];
  if (announced === undefined) throw new Error("No services: this file runs under jest only, see test/global-setup.ts");
  return JSON.parse(announced) as TestServices; // written by announceTestServices, above
}
