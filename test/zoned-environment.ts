import { TestEnvironment } from "jest-environment-node";
import { zoneOf } from "./test-zones.ts";

/** Node, in the zone of the test file, or in the one that whoever ran the tests has given by TZ (jest.config.ts). */
export default class ZonedEnvironment extends TestEnvironment {
  constructor(...[config, context]: ConstructorParameters<typeof TestEnvironment>) {
    const { zone } = config.projectConfig.testEnvironmentOptions;
    // Node forgets the zone that it had. A test gets a copy of this environment, and so do the processes that it starts.
    process.env["TZ"] = typeof zone === "string" ? zone : zoneOf(context.testPath);
    super(config, context);
  }
}
