import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { buildSchema, isObjectType } from "graphql";
import { startApp } from "../../test/app.ts";

test("every connection counts its rows, those of a row's own as well", async () => {
  await using app = await startApp();
  await app.graphql(`mutation { captureLead(input: { email: "one@example.com" }) { accepted } }`);
  await app.graphql(`mutation { captureLead(input: { email: "two@example.com" }) { accepted } }`);
  const schema = buildSchema(readFileSync("schema.graphql", "utf8"));
  const connections = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type.name.endsWith("Connection"),
  );
  for (const type of connections) {
    expect(isObjectType(type) ? type.getFields()["totalCount"]?.type.toString() : type.name).toBe("Int!");
  }
  const { data, errors } = await app.graphql(`{
    members { totalCount } invitations { totalCount } apiKeys { totalCount } leadImports { totalCount }
    bulkOperations { totalCount } webhookEndpoints { totalCount }
    journal(first: 1) { totalCount nodes { id } }
    captured: journal(first: 1, types: ["lead.captured"]) { totalCount }
    leads(first: 1) { totalCount nodes { notes { totalCount } timeline(first: 0) { totalCount } } }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    members: { totalCount: 1 },
    invitations: { totalCount: 0 },
    leadImports: { totalCount: 0 },
    captured: { totalCount: 2 },
    leads: { totalCount: 2, nodes: [{ notes: { totalCount: 0 }, timeline: { totalCount: 1 } }] },
  });
});
