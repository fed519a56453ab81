// ESLint reads GraphQL only; oxlint reads TypeScript.
// Run: eslint --config eslint.graphql.config.js schema.graphql "client/operations/**/*.graphql"
import graphql from "@graphql-eslint/eslint-plugin";

const documents = "client/operations/**/*.graphql";
const shared = {
  plugins: { "@graphql-eslint": graphql },
  languageOptions: {
    parser: graphql.parser,
    parserOptions: { graphQLConfig: { schema: "schema.graphql", documents } },
  },
};

const [level, naming] = graphql.configs["flat/schema-recommended"].rules["@graphql-eslint/naming-convention"];

function withoutTypeSuffix({ "ObjectTypeDefinition,ObjectTypeExtension": objects, ...others }) {
  return { ...others, "ObjectTypeDefinition,ObjectTypeExtension": { forbiddenPrefixes: objects.forbiddenPrefixes } };
}

export default [
  {
    ...shared,
    files: ["schema.graphql"],
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      // The description is the documentation: a sentence for every type, field, argument and enum value.
      "@graphql-eslint/require-description": [
        "error",
        {
          types: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
          DirectiveDefinition: true,
          // type-graphql has no place for a description of the root types.
          ignoredSelectors: ["[type=ObjectTypeDefinition][name.value=/^(Query|Mutation|Subscription)$/]"],
        },
      ],
      // As recommended, but an object may end in "Type": a session type is what people call it.
      "@graphql-eslint/naming-convention": [level, withoutTypeSuffix(naming)],
      // It wants an argument that @deprecated doesn't have; a test reads the date in the reason.
      "@graphql-eslint/require-deprecation-date": "off",
      // A connection is never null.
      "@graphql-eslint/require-nullable-result-in-root": "off",
      "@graphql-eslint/no-unreachable-types": "error",
      // `nodes` and `userErrors` are plain lists.
      "@graphql-eslint/relay-edge-types": [
        "error",
        {
          withEdgeSuffix: true,
          shouldImplementNode: false, // test/schema-conventions.test.ts knows the exceptions, this rule doesn't
          listTypeCanWrapOnlyEdgeType: false,
        },
      ],
      // Name each value type that has no id under `types`.
      "@graphql-eslint/strict-id-in-types": [
        "error",
        {
          exceptions: {
            suffixes: ["Payload", "Connection", "Edge", "Error", "Event"],
            types: [
              ...["PageInfo", "Query", "Mutation", "Subscription"],
              // values: what they belong to has the id
              ...[
                "Actor",
                "AuthTokens",
                "AvailabilityChanged",
                "AvailableSlot",
                "AvailableSlots",
                "BankDetails",
                "BillingSettings",
                "ClientConsent",
                "ConsistencyProof",
                "CreditBalanceChanged",
                "CreditSettings",
                "CreditStatement",
                "CreditStatementTotal",
                "DailyClosing",
                "DailyClosingLine",
                "DayHours",
                "ExperimentAssignment",
                "ExperimentMetric",
                "ExperimentNamespace",
                "ExperimentResults",
                "ExperimentVariant",
                "ExperimentVariantResult",
                "ExperimentVerdict",
                "InvoiceLine",
                "JoinLink",
                "JournalProof",
                "JournalVerification",
                "Lagged",
                "LeadChanged",
                "LeadConsent",
                "LeadImportColumn",
                "LeadOrigin",
                "LinkClicks",
                "LinkClicksByCountry",
                "LinkClicksByDay",
                "LinkClicksByDevice",
                "LinkClicksBySource",
                "LinkQr",
                "LinkUtm",
                "Money",
                "OperationLimits",
                "PaymentInstruction",
                "PaymentUpdated",
                "RateLimit",
                "RateLimitBucket",
                "SessionChanged",
                "SessionReport",
                "SlotAlternative",
                "SubjectProgress",
                "TimeOffConflict",
                "Viewer",
                "WeeklyHours",
              ],
            ],
          },
        },
      ],
    },
  },
  {
    ...shared,
    files: [documents],
    rules: graphql.configs["flat/operations-recommended"].rules,
  },
];
