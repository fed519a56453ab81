import type { KnipConfig } from "knip";

const config: KnipConfig = {
  // A type in the signature of an export is a part of it.
  ignoreExportsUsedInFile: { interface: true, type: true },
  ignore: ["client/generated/**"],
  ignoreBinaries: ["redis-server", "chromium", "apt-get"], // Debian's, see test/system-programs.ts
  ignoreDependencies: [
    "openai", // AI conversations come with a later issue; the version is pinned with the others
    "stripe", // payments come with a later issue; the version is pinned with the others
  ],
  workspaces: {
    ".": {
      entry: [
        "server/start.ts",
        "server/main.ts",
        "client/explorer/explorer.tsx",
        "benchmarks/*.ts",
        "test/*.ts",
        "scripts/*.{ts,mjs}",
      ],
      project: [
        "{schema,server,test,benchmarks,prisma,scripts}/**/*.{ts,mjs}",
        "client/explorer/**/*.{ts,tsx}",
        "*.ts",
      ],
    },
    "client/sdk": { project: ["**/*.ts"] },
  },
};

export default config;
