import type { KnipConfig } from "knip";

const config: KnipConfig = {
  // Declarations of the contract are read by decorators and by tests, not by imports of each name.
  ignore: ["client/generated/**", "server/db/generated/**"],
  ignoreDependencies: [
    "openai", // AI conversations come with a later issue; the version is pinned with the others
    "stripe", // payments come with a later issue; the version is pinned with the others
  ],
  workspaces: {
    ".": {
      entry: ["server/start.ts", "server/main.ts", "benchmarks/*.ts", "test/*.ts", "scripts/*", "prisma/seed.ts"],
      project: ["{schema,server,test,benchmarks,prisma,scripts}/**/*.{ts,mjs}", "*.ts"],
    },
    "client/sdk": { entry: ["index.ts"], project: ["**/*.ts"] },
  },
};

export default config;
