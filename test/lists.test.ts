import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import {
  buildSchema,
  type GraphQLArgument,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
} from "graphql";
import type { Database } from "../server/db/database.ts";
import { type IdType, toId, toUuid } from "../server/operations/ids.ts";
import { startApp, type TestApp } from "./app.ts";
import { explain, offeredFilters } from "./explain.ts";
import { selectionOf } from "./generated-operations.ts";
import { fillLists, filledTables, rowUuid } from "./list-rows.ts";
import { ownerToken } from "./owner-token.ts";
import { observeStatements } from "./recorded-statements.ts";
import { openDatabase } from "./tenant-rows.ts";

/*
 * Every list of the schema, on tables of 5,000 rows of the tenant: with each filter, argument and order that it offers it uses
 * an index, and what stands below its rows takes the same number of statements for few rows as for many. What using an index
 * means is what it means for leads (server/leads/lead-indexes.test.ts): no plan reads a table from one end to the other, few
 * matches cost few rows, many matches and what leaves rows out walk an index in the order of the list.
 */
const page = 50;
const few = 200;
const leavesOut = /"(not|nin|neq|none|every)"/;

/** Lists that have a test of their own, or can't be long. */
const elsewhere: Readonly<Record<string, string>> = {
  "Query.leads": "server/leads/lead-indexes.test.ts",
  "Query.webhookDeliveries": "server/webhooks/delivery-indexes.test.ts",
  "Query.webhookEndpoints": "server/webhooks/delivery-indexes.test.ts",
  "WebhookDelivery.attempts": "server/webhooks/delivery-indexes.test.ts",
};

type Values = Readonly<Record<string, unknown>>;

interface Tested {
  /** Arguments that it can't do without. */
  readonly given?: Values;
  /** What ids and instants are asked for, by argument. */
  readonly operands?: Readonly<Record<string, readonly unknown[]>>;
  /** What its rows offer, if not all of it. */
  readonly selection?: string;
  /** Why its index finds all that belongs to its parent, and a page is sorted out of that. */
  readonly isSorted?: string;
  /** Fields around it. */
  readonly within?: string;
  /** Who sees a list of his own, besides the owner, who sees all. */
  readonly as?: readonly Role[];
}

const id = (type: IdType, table: string, n: number) => toId(type, rowUuid(table, n));
const clients = [id("Client", "client", 1), id("Client", "client", 7)];
const learners = [id("Learner", "learner", 1), id("Learner", "learner", 7)];
const subscriptions = [id("PlanSubscription", "subscription", 1), id("PlanSubscription", "subscription", 7)];
const instants = ["2025-12-31T22:00:00Z", "2025-12-29T00:00:00Z", "2025-12-31T00:00:00Z"];
const sessionTimes = ["2030-12-28T00:00:00Z", "2030-06-10T00:00:00Z", "2030-10-01T00:00:00Z"];
const client = `client(id: "${clients[0]}")`;
const account = `${client} { creditAccount`;
const learner = `learner(id: "${learners[0]}")`;
const lead = `lead(id: "${id("Lead", "lead", 1)}")`;

const invoiceSelection =
  "nodes { id client { id learners { id } consents { purpose } } payments { id receipts { id } } }";
/** All that sessions offer would be too dear. */
const sessionSelection = `nodes { id coach { id name } report { summary } joinLink { url }
  bookings { id learner { id name payer { id } coaches { id } } client { id learners { id } } } }`;

const tested: Readonly<Record<string, Tested>> = {
  "Client.invoices": { within: client, selection: invoiceSelection },
  "CreditAccount.lots": { within: account },
  "CreditAccount.holds": { within: account },
  "CreditAccount.entries": { within: account, operands: { from: instants, to: instants } },
  "Lead.notes": { within: lead },
  "Lead.timeline": { within: lead, isSorted: "a lead's own entries, and those of the leads that it has taken in" },
  "LeadImport.errors": { within: `leadImport(id: "${id("LeadImport", "lead_import", 1)}")` },
  "Learner.progress": { within: learner },
  "Learner.coachNotes": { within: learner },
  "PlanSubscription.invoices": { selection: invoiceSelection, within: `subscription(id: "${subscriptions[0] ?? ""}")` },
  "Query.rooms": {},
  "Query.sessionTypes": {},
  "Query.bulkOperations": { selection: "nodes { id eventCursor }" },
  "Query.apiKeys": {},
  "Query.plans": {},
  "Query.packs": {},
  "Query.payments": { as: ["client"] },
  "Query.subscriptions": { as: ["client"] },
  "Query.invoices": { as: ["client"], selection: invoiceSelection },
  "Query.creditAdjustments": {},
  "Query.deprecatedFieldUsage": {},
  "Query.documentManifests": {},
  "Query.freeTextDocuments": {},
  "Query.jobs": {},
  "Query.journal": {
    operands: { types: [["lead.moved"], ["lead.updated"], ["lead.moved", "lead.updated"]] },
    selection: "nodes { id actor { type } }", // a subject of each type is a statement of its own,
  },
  "Query.checkpoints": {},
  "Query.leadImports": {},
  "Query.links": {
    selection: "nodes { id clicks { total bySource { clicks } byCountry { clicks } series { clicks } } }",
  },
  "Query.mails": {},
  "Query.clients": { as: ["client"] },
  "Query.learners": { as: ["client", "coach"] },
  "Query.coaches": { as: ["client", "coach"] },
  "Query.sessions": {
    selection: sessionSelection,
    operands: { from: sessionTimes, to: sessionTimes, learnerId: learners },
    as: ["client", "coach"],
  },
  "Query.agenda": {
    selection: sessionSelection,
    given: { coachId: id("Coach", "coach", 1), from: sessionTimes[1], to: sessionTimes[0] },
    operands: { coachId: [id("Coach", "coach", 7)], from: [sessionTimes[2]], to: [sessionTimes[2]] },
  },
  "Query.waitingList": { as: ["client", "coach"] },
  "Query.experiments": {},
  "Query.invitations": {},
  "Query.members": {},
};

/** Operands of a filter's comparisons: some match few, some match many. */
const texts: Readonly<Record<string, { one: string; part: string; start: string; common: string }>> = {
  "ClientFilter.name": {
    one: "Client Émile Dupont471",
    part: "MILE dupont47",
    start: "client émile",
    common: "Dupont",
  },
  "ClientFilter.email": { one: "client471@acme.test", part: "t471@", start: "CLIENT471", common: "acme" },
  "ClientFilter.phone": { one: "+33612000471", part: "000471", start: "+3361200047", common: "612" },
  "LearnerFilter.name": {
    one: "Learner Émile Dupont471",
    part: "MILE dupont47",
    start: "learner émile",
    common: "Dupont",
  },
  "LearnerFilter.email": { one: "learner471@example.com", part: "r471@", start: "LEARNER471", common: "example" },
  "LearnerFilter.grade": { one: "Rare", part: "rar", start: "RA", common: "Grade 1" },
  "LearnerFilter.subjects": { one: "topic-471", part: "pic-471", start: "TOPIC-471", common: "maths" },
  "CoachFilter.pseudonym": { one: "Coach 471", part: "ch 471", start: "COACH 471", common: "coach" },
  "CoachFilter.subjects": { one: "topic-471", part: "pic-471", start: "TOPIC-471", common: "maths" },
  "InvoiceFilter.number": { one: "7", part: "", start: "", common: "8" },
  "MailFilter.to": { one: "r471@example.com", part: "", start: "", common: "r471@example.com" },
  "LinkFilter.slug": { one: "link-471", part: "", start: "", common: "link-472" },
  "LinkFilter.campaign": { one: "rare", part: "", start: "", common: "campaign 3" },
  "JobFilter.kind": { one: "rare work", part: "", start: "", common: "work" },
};
const enums: Readonly<Record<string, readonly [few: string, many: string, alsoFew?: string]>> = {
  "CoachFilter.modes": ["ON_SITE", "ONLINE"],
  "CoachFilter.status": ["DEACTIVATED", "ACTIVE"],
  "InvoiceFilter.state": ["OPEN", "PAID"],
  "MailFilter.state": ["FAILED", "SENT"],
  "MailFilter.kind": ["PAYMENT_CONFIRMED", "WELCOME"],
  "JobFilter.state": ["DEAD", "COMPLETED", "CANCELLED"],
  "PaymentFilter.state": ["FAILED", "COMPLETED"],
  "PaymentFilter.transferState": ["MISMATCH", "CONFIRMED"],
  "PlanSubscriptionFilter.state": ["EXPIRED", "CANCELLED"],
  "CreditAdjustmentFilter.status": ["PENDING_APPROVAL", "APPLIED", "REJECTED"],
  "WaitingListFilter.status": ["OFFERED", "WAITING"],
  "SessionFilter.status": ["CANCELLED", "CONFIRMED"],
  "ExperimentFilter.status": ["PAUSED", "RUNNING", "DRAFT"],
};
const ids: Readonly<Record<string, readonly string[]>> = {
  "ClientFilter.id": clients,
  "LearnerFilter.id": learners,
  "CoachFilter.id": [id("Coach", "coach", 1)],
  "LinkFilter.id": [id("Link", "link", 1), id("Link", "link", 7)],
  "InvoiceFilter.id": [id("Invoice", "invoice", 1)],
  "InvoiceFilter.clientId": clients,
  "InvoiceFilter.subscriptionId": subscriptions,
  "PaymentFilter.id": [id("Payment", "payment", 1)],
  "PaymentFilter.clientId": clients,
  "PlanSubscriptionFilter.id": subscriptions,
  "PlanSubscriptionFilter.clientId": clients,
  "CreditAdjustmentFilter.id": [id("CreditAdjustment", "credit_adjustment", 1)],
  "WaitingListFilter.id": [id("WaitingListEntry", "waiting_list_entry", 1)],
  "SessionFilter.id": [id("Session", "session", 1)],
  "SessionFilter.coachId": [id("Coach", "coach", 1)],
  "SessionFilter.sessionTypeId": [id("SessionType", "session_type", 1)],
};

function operandsOf(type: string, field: string, operator: string): readonly unknown[] {
  const path = `${type}.${field}`;
  const isList = operator === "in" || operator === "nin";
  if (operator === "isNull") return [true, false];
  if (field === "startsAt") return sessionTimes;
  if (field.endsWith("At")) return instants;
  const values = enums[path] ?? ids[path];
  if (values !== undefined) return isList ? [...values.map((value) => [value]), [values[0], values.at(-1)]] : values;
  const { one, part, start, common } = texts[path] ?? { one: "", part: "", start: "", common: "" };
  const operands: Readonly<Record<string, readonly unknown[]>> = {
    eq: [one, common],
    neq: [one],
    in: [[one, "nothing"], [common]],
    nin: [[one, "nothing"]],
    contains: [part, common, "nowhere at all"],
    startsWith: [start, common, "nowhere at all"],
  };
  const found = operands[operator];
  if (found === undefined || one === "") throw new Error(`no operand is known for ${path}.${operator}: add one`);
  return found;
}

const schema = buildSchema(readFileSync("schema.graphql", "utf8"));
const paging: ReadonlySet<string> = new Set(["first", "after", "last", "before"]);

interface OfferedList {
  readonly name: string;
  readonly field: string;
  readonly args: readonly GraphQLArgument[];
  readonly selection: string;
}

const offered: readonly OfferedList[] = Object.values(schema.getTypeMap()).flatMap((type) =>
  isObjectType(type) && type !== schema.getSubscriptionType()
    ? Object.values(type.getFields())
        .filter(({ args }) => args.some(({ name }) => name === "first"))
        .map((field) => ({
          name: `${type.name}.${field.name}`,
          field: field.name,
          args: field.args,
          selection: tested[`${type.name}.${field.name}`]?.selection ?? selectionOf(field.type, []).slice(1, -1),
        }))
    : [],
);

/** What can be asked for: one argument at a time. */
function variationsOf({ name, args }: OfferedList): Values[] {
  const { operands = {} } = tested[name] ?? {};
  return args.flatMap((argument) => {
    if (paging.has(argument.name) || argument.name === "orderBy") return [];
    return valuesOf(name, argument, operands[argument.name]).map((value) => ({ [argument.name]: value }));
  });
}

function valuesOf(list: string, { name, type }: GraphQLArgument, operands?: readonly unknown[]): readonly unknown[] {
  const named = getNamedType(type);
  if (operands !== undefined) return operands;
  if (isInputObjectType(named))
    return offeredFilters(named.name, (field, operator) => operandsOf(named.name, field, operator));
  if (named.name === "Boolean") return [true, false];
  if (!isEnumType(named)) throw new Error(`no value is known for ${list}(${name}:): add some`);
  const values = named.getValues().map((value) => value.name);
  return isListType(getNullableType(type)) ? [...values.map((value) => [value]), values.slice(0, 3)] : values;
}

/** Each key alone, both ways, and two together. */
function ordersOf({ args }: OfferedList): Values[] {
  const argument = args.find(({ name }) => name === "orderBy");
  const type = argument === undefined ? undefined : getNamedType(argument.type);
  if (!isInputObjectType(type)) return [{}];
  const { field, nulls } = type.getFields();
  const keys = field === undefined ? undefined : getNamedType(field.type);
  if (!isEnumType(keys)) throw new Error(`${type.name} has no fields`);
  const places = nulls === undefined ? [{}] : [{ nulls: "FIRST" }, { nulls: "LAST" }];
  return keys
    .getValues()
    .flatMap(({ name }) =>
      ["ASC", "DESC"].flatMap((direction) =>
        places.map((place) => ({ orderBy: [{ field: name, direction, ...place }] })),
      ),
    );
}

type Role = "owner" | "client" | "coach";

let app: TestApp;
let database: (Database & AsyncDisposable) | undefined;
let tenantId: string;
const credentials = new Map<Role, string>();

beforeAll(async () => {
  app = await startApp();
  credentials.set("owner", await ownerToken(app));
  tenantId = toUuid("Tenant", app.tenant.tenantId) ?? "";
  await fillLists(app.database.ownerUrl, tenantId);
  for (const [role, n] of [
    ["client", 1],
    ["coach", 2],
  ] as const)
    credentials.set(role, await ownerToken(app, { ...app.tenant, ownerEmail: `member${n}@example.com` }));
  database = openDatabase(app.database.appUrl);
}, 240_000);

afterAll(async () => {
  await database?.[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

test("each list of the schema is tested, here or elsewhere", () => {
  const known = [...Object.keys(tested), ...Object.keys(elsewhere)];
  expect(offered.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
});

interface ListPage {
  readonly edges: readonly { readonly cursor: string }[];
  readonly totalCount: number;
}

interface Asked {
  readonly list: OfferedList;
  readonly values: Values;
  readonly role?: Role;
}

async function ask({ list, values, role = "owner" }: Asked, selection: string): Promise<ListPage> {
  const { given = {}, within } = tested[list.name] ?? {};
  const variables = { ...given, ...values };
  const used = list.args.filter(({ name }) => variables[name] !== undefined);
  const definitions = used.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const passed = used.map(({ name }) => `${name}: $${name}`).join(", ");
  const around = within === undefined ? [] : within.split("{");
  const query = `query ${definitions === "" ? "" : `(${definitions})`} {
    ${around.map((field) => `${field} {`).join(" ")} ${list.field}(${passed}) { ${selection} } ${around.map(() => "}").join("")} }`;
  const { data, errors } = await app.graphql(query, variables, credentials.get(role));
  if (errors !== undefined) throw new Error(`${list.name} ${JSON.stringify([variables, errors])}`);
  let found: unknown = data;
  for (const field of [...around, list.field])
    found = (found as Record<string, unknown>)[field.replace(/\(.*/, "").trim()];
  return found as ListPage;
}

interface Recorded {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What was read from the tables that are filled while work ran. */
async function recordReads(work: () => Promise<unknown>): Promise<Recorded[]> {
  const tables = new RegExp(`\\b(?:${filledTables.join("|")})\\b`);
  const reads: Recorded[] = [];
  const stop = observeStatements((text, values) => {
    if (/^\s*SELECT\b/i.test(text) && tables.test(text)) reads.push({ text, values });
  });
  try {
    await work();
  } finally {
    stop();
  }
  return reads;
}

const filled: ReadonlySet<string> = new Set(filledTables);

/** What is wrong with how a page is read; nothing when it is as it should be. */
async function problemsOf(asked: Asked): Promise<string[]> {
  const { list, values, role = "owner" } = asked;
  const sized = values["last"] === undefined ? { first: page, ...values } : values;
  const reads = await recordReads(() => ask({ ...asked, values: sized }, "edges { cursor }"));
  const nodes: string[] = [];
  let read = 0;
  await database?.read(tenantId, async (session) => {
    for (const statement of reads) {
      const explained = await explain(session, filled, statement);
      nodes.push(...explained.nodes);
      if (statement.text.includes("LIMIT")) read += explained.read; // the page's, not what its parent says of itself
    }
  });
  const isWhole = nodes.some((node) => /^Seq Scan/.test(node) && filled.has(node.split(" ")[2] ?? ""));
  if (reads.length > 0 && !isWhole && read <= 8 * page) return [];
  const { totalCount: matches } = await ask(
    { ...asked, values: { ...values, first: 0, last: undefined } },
    "totalCount",
  );
  const isAllRead = tested[list.name]?.isSorted !== undefined && read <= matches;
  const what = JSON.stringify(values);
  const isWalk = leavesOut.test(what) && !nodes.includes("Sort");
  if (
    reads.length > 0 &&
    !isWhole &&
    (isWalk || isAllRead || read <= (matches <= few ? 8 * (page + matches) : 40 * page))
  )
    return [];
  return [`${list.name} for the ${role}: ${what}: ${read} rows read, ${matches} match, ${nodes.join(", ")}`];
}

const testedLists = offered.filter(({ name }) => tested[name] !== undefined);

test.each(testedLists)(
  "$name uses an index for what it offers",
  async (list) => {
    const problems: string[] = [];
    for (const role of ["owner", ...(tested[list.name]?.as ?? [])] as const)
      for (const values of [{}, ...variationsOf(list)]) {
        if (role !== "owner" && "filter" in values) continue; // what he sees is asked for the same way
        problems.push(...(await problemsOf({ list, values, role })));
      }
    expect(problems).toEqual([]);
  },
  60_000,
);

test.each(testedLists)(
  "$name is read by an index in each order, from the middle on, both ways",
  async (list) => {
    const problems: string[] = [];
    for (const order of ordersOf(list)) {
      const { edges } = await ask({ list, values: { ...order, first: 250 } }, "edges { cursor }");
      const cursor = edges.at(-1)?.cursor;
      for (const values of [{ last: page }, { after: cursor }, { last: page, before: cursor }])
        problems.push(...(await problemsOf({ list, values: { ...order, ...values } })));
    }
    expect(problems).toEqual([]);
  },
  60_000,
);

test.each(testedLists)(
  "$name reads what stands below its rows with as few statements for many as for few",
  async (list) => {
    const count = async (first: number) => {
      // What the server does in the background meanwhile is nobody's reading.
      const counts: number[] = [];
      for (let tries = 0; tries < 3; tries++)
        counts.push((await recordReads(() => ask({ list, values: { first } }, list.selection))).length);
      return Math.min(...counts);
    };
    // Loaders that wait for others may be asked in two turns instead of one, but not once for each row.
    expect((await count(9)) - (await count(3))).toBeLessThan(3);
  },
  60_000,
);
