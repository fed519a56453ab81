import type { Config } from "jest";

// `npm test -- <file>` runs one file with all that it needs (test/run-tests.ts).
// jest itself needs --experimental-vm-modules: without it, it falls back to CommonJS, and a package that ships ES
// modules only can't be loaded.
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
  // Of two cores: many tests wait, for a deadline, a restart or PostgreSQL, while others compute.
  maxWorkers: 3,
  // test/run-tests.ts gives the folder and reads the counts in it; jest started by hand has no use for them.
  reporters: ["default", ...(process.env["NEXORA_TEST_FOLDER"] ? ["<rootDir>/test/count-reporter.ts"] : [])],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        swcrc: false,
        jsc: {
          target: "es2023",
          parser: { syntax: "typescript", decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false },
        },
      },
    ],
  },
};

export default config;
