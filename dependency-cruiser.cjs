// Who may import whom. Type-only imports count too.
// Run: npm run boundaries (it covers the workspace client/sdk as a part of client/).

// Folders of server/ that aren't a domain.
const notADomain = "(?!(?:adapters|db|http|jobs|journal|operations)/)";
const test = "\\.test\\.tsx?$";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "schema-is-a-leaf",
      comment: "schema/ is the contract: types, no logic. Put the logic in the domain's folder in server/.",
      severity: "error",
      from: { path: "^schema/", pathNot: test },
      to: { path: "^(server|client|prisma|test)/" },
    },
    {
      name: "schema-imports-type-graphql-and-class-validator-only",
      comment: "A contract file needs decorators and nothing else.",
      severity: "error",
      // A scalar of our own is a GraphQLScalarType, so scalars.ts may import graphql and graphql-scalars.
      from: { path: "^schema/", pathNot: ["^schema/scalars\\.ts$", test] },
      to: {
        pathNot: ["^schema/", "node_modules/(type-graphql|class-validator)/"],
      },
    },
    {
      name: "client-knows-only-schema.graphql",
      comment:
        "The client is built from schema.graphql. Run the code generator instead of importing the server's types.",
      severity: "error",
      from: { path: "^client/", pathNot: test },
      to: { path: "^(server|schema|prisma|test)/" },
    },
    {
      name: "only-main-names-an-adapter",
      comment: "Depend on the domain's port (*.port.ts); server/main.ts hands in the adapter.",
      severity: "error",
      from: {
        path: "^server/",
        pathNot: ["^server/main\\.ts$", "^server/adapters/", test],
      },
      to: { path: "^server/adapters/" },
    },
    {
      name: "an-adapter-knows-its-port",
      comment: "An adapter translates. A rule that it needs belongs to the domain that owns the port.",
      severity: "error",
      from: { path: "^server/adapters/", pathNot: test },
      to: { path: "^server/", pathNot: ["^server/adapters/", "\\.port\\.ts$"] },
    },
    {
      name: "another-domain-only-through-its-service",
      comment: "Call the other domain's *.service.ts; its tables, rules and loaders are its own business.",
      severity: "error",
      from: { path: `^server/${notADomain}([^/]+)/`, pathNot: test },
      to: {
        path: `^server/${notADomain}[^/]+/`,
        // Moves of credits, the outbox of mail and the rules of slots take part in the caller's transaction: functions, where
        // others have a service. A port is there for others to implement.
        pathNot: [
          "^server/$1/",
          "\\.service\\.ts$",
          "^server/credits/(ledger[a-z-]*|credit-(expiry|settings))\\.ts$",
          "^server/mail/mail-outbox\\.ts$",
          "^server/calendar/(slot-rules|slot-refusal|clock-time|zone-shift|local-(shift|start))\\.ts$",
          "\\.port\\.ts$",
        ],
      },
    },
    {
      name: "the-server-does-not-know-its-clients",
      comment: "The schema is what both sides share; a test may drive the server with the SDK.",
      severity: "error",
      from: { path: "^(schema|server)/", pathNot: test },
      to: { path: ["^client/", "@nexora/sdk"] },
    },
    {
      name: "the-product-does-not-need-its-harness",
      comment: "test/, benchmarks/ and scripts/ start the product; it has to run without them.",
      severity: "error",
      from: { path: "^(schema|server|client)/", pathNot: test },
      to: { path: "^(test|benchmarks|scripts)/" },
    },
    {
      name: "no-cycles-outside-schema",
      comment: "Types of the contract may refer to each other; nothing else may.",
      severity: "error",
      from: { pathNot: "^schema/" },
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(client/generated|server/db/generated)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".js"] },
  },
};
