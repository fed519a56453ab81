import type { Config } from "jest";

// `npm test -- <file>` runs one file with all that it needs (test/run-tests.ts).
// By hand: node --import tsx node_modules/jest/bin/jest.js <file>
const config: Config = {
  // Each file in one of three time zones, or all in the one that TZ names: test/test-zones.ts.
  testEnvironment: "<rootDir>/test/zoned-environment.ts",
  testEnvironmentOptions: { zone: process.env["TZ"] },
  // Tests stand beside the code; test/ holds the harness and the acceptance flows.
  roots: ["<rootDir>/schema", "<rootDir>/server", "<rootDir>/client", "<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  modulePathIgnorePatterns: ["/dist/"],
  globalSetup: "<rootDir>/test/global-setup.ts",
  globalTeardown: "<rootDir>/test/global-teardown.ts",
  testTimeout: 30_000,
  setupFilesAfterEnv: process.env["CI"] === undefined ? [] : ["<rootDir>/test/retry-once.ts"],
  testSequencer: "<rootDir>/test/long-first.ts",
  // Of two cores: many tests wait, for a deadline, a restart or PostgreSQL, while others compute.
  maxWorkers: 3,
  // A worker keeps all that its files loaded.
  workerIdleMemoryLimit: "1500MB",
  // test/run-tests.ts gives the folder and reads the counts in it; jest started by hand has no use for them.
  reporters: ["default", ...(process.env["NEXORA_TEST_FOLDER"] ? ["<rootDir>/test/count-reporter.ts"] : [])],
  // TypeScript is compiled by tsx, which whoever starts jest has loaded.
  transform: {},
  runtime: "<rootDir>/test/native-runtime.ts",
};

export default config;
