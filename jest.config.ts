import type { Config } from "jest";

// Start it with: node --experimental-vm-modules node_modules/jest/bin/jest.js
// Without that flag jest falls back to CommonJS, and a package that ships ES modules only can't be loaded.
const config: Config = {
  testEnvironment: "node",
  // Tests stand beside the code; test/ holds the harness and the acceptance flows.
  roots: ["<rootDir>/schema", "<rootDir>/server", "<rootDir>/client", "<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
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
