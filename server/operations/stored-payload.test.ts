import { createSecretKey } from "node:crypto";
import { expect, it } from "@jest/globals";
import {
  buildSchema,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  isScalarType,
  type GraphQLScalarType,
} from "graphql";
import { BigIntScalar, DateTime } from "../../schema/scalars.ts";
import { canonicalJson, OnceRequest } from "./once-request.ts";
import { decodePayload, encodePayload } from "./stored-payload.ts";

const schema = withScalars(
  buildSchema(`
    scalar DateTime
    scalar BigInt
    enum Stage { NEW WON }
    interface Node { id: ID! }
    type Lead implements Node { id: ID! email: String }
    type Consent { purpose: String! givenAt: DateTime }
    type Link { url: String! lead: Lead }
    union Target = Lead | Link
    type Payload {
      lead: Lead
      leads: [Lead!]!
      consents: [Consent!]!
      targets: [Target!]!
      stage: Stage
      at: DateTime
      size: BigInt
      secret: String
    }
    type Query { payload: Payload }
  `),
);

/** SDL has no room for what scalars do. */
function withScalars(built: GraphQLSchema): GraphQLSchema {
  for (const scalar of [BigIntScalar, DateTime] as GraphQLScalarType[]) {
    const type = built.getType(scalar.name);
    if (isScalarType(type)) Object.assign(type, { serialize: scalar.serialize, parseValue: scalar.parseValue });
  }
  return built;
}

function payloadType(): GraphQLObjectType {
  const type = schema.getType("Payload");
  if (!isObjectType(type)) throw new Error("no payload");
  const { secret } = type.getFields();
  if (secret !== undefined) secret.extensions = { isShownOnce: true };
  return type;
}

const lead = { __typename: "Lead", id: "lead_1", email: "ada@example.com", passwordHash: "x" };

const payload = {
  lead,
  leads: [lead, { ...lead, id: "lead_2" }],
  consents: [{ purpose: "newsletter", givenAt: new Date("2026-11-21T09:00:00.123Z"), address: "192.0.2.1" }],
  targets: [lead, { __typename: "Link", url: "https://example.com", lead }],
  stage: "WON",
  at: new Date("2026-11-21T09:00:00.123Z"),
  size: 2n ** 60n,
  secret: "nx_live_1",
  passwordHash: "x",
};

it("keeps scalars, the ids of objects that have one, and nothing else", () => {
  expect(JSON.parse(encodePayload(schema, payloadType(), payload))).toEqual({
    lead: { id: "lead_1" },
    leads: [{ id: "lead_1" }, { id: "lead_2" }],
    consents: [{ purpose: "newsletter", givenAt: "2026-11-21T09:00:00.123Z" }],
    targets: [
      { __typename: "Lead", id: "lead_1" },
      { __typename: "Link", url: "https://example.com", lead: { id: "lead_1" } },
    ],
    stage: "WON",
    at: "2026-11-21T09:00:00.123Z",
    size: "1152921504606846976",
  });
});

it("gives back dates and large numbers as they were, and objects as they are now", async () => {
  const stored = JSON.parse(encodePayload(schema, payloadType(), payload)) as object;
  const now = (id: string) => Promise.resolve(id === "lead_2" ? null : { id, email: "new@example.com" });
  const current = { id: "lead_1", email: "new@example.com" };
  expect(await decodePayload(schema, payloadType(), stored, now)).toEqual({
    __typename: "Payload",
    lead: current,
    leads: [current, null],
    consents: [{ __typename: "Consent", purpose: "newsletter", givenAt: payload.at }],
    targets: [current, { __typename: "Link", url: "https://example.com", lead: current }],
    stage: "WON",
    at: payload.at,
    size: 2n ** 60n,
  });
});

it("tells the same arguments in another order from other arguments", () => {
  const fingerprint = (args: Record<string, unknown>, field = "moveLead") =>
    new OnceRequest({
      hashKey: createSecretKey(Buffer.alloc(32)),
      principal: { kind: "ANONYMOUS" },
      key: "a",
      field,
      args,
      encode: () => "",
    }).fingerprint.toString("hex");
  const at = new Date("2026-11-21T09:00:00Z");
  const first = fingerprint({ input: { a: 1, b: [{ c: at, d: 5n }] } });
  expect(fingerprint({ input: { b: [{ d: 5n, c: new Date(at) }], a: 1 } })).toBe(first);
  const others = [
    fingerprint({ input: { a: 1, b: [{ c: at, d: 6n }] } }),
    fingerprint({ input: { a: null, b: [{ c: at, d: 5n }] } }),
    fingerprint({ input: { a: 1, b: [{ c: at, d: 5n }] } }, "assignLead"),
    fingerprint({ input: { a: "1", b: [{ c: at, d: 5n }] } }),
  ];
  expect(new Set([first, ...others]).size).toBe(5);
  expect(canonicalJson({ b: undefined, a: [2, 1] })).toBe('{"a":[2,1]}');
});
