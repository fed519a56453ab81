import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { buildSchema, type GraphQLSchema } from "graphql";
import { errorStatus } from "../../server/operations/app-error.ts";
import { payload, startApp, type TestApp } from "../app.ts";
import { generateOperations } from "../generated-operations.ts";
import { Random } from "../torture/random.ts";
import { type Caller, httpCaller, type Reply, socketCaller, streamCaller } from "./callers.ts";
import { type FuzzOperation, FuzzOperations } from "./operations.ts";
import type { Known } from "./values.ts";

export interface FuzzPlan {
  readonly seed: number;
  readonly operations: number;
  readonly report: (line: string) => void;
}

export interface FuzzReport {
  readonly operations: number;
  /** How often which code was the answer; OK: none. */
  readonly codes: Readonly<Record<string, number>>;
  readonly heapMegabytes: { readonly warm: number; readonly end: number };
  readonly violations: readonly string[];
}

const atOnce = 24;
const maxViolations = 20;
/** The last part is sent twice more: caches have those documents by then, so what the second repetition adds is lost. */
const repeatedShare = 0.2;
const minRepeated = 500;
/** Each database connection makes itself a Prisma client some day, 1.6 MB. */
const allowedGrowthMegabytes = 16;
/** Busy is an answer, and other programs use this machine, too; but it isn't the usual one. */
const allowedUnavailableShare = 0.02;

/** Sends generated operations to a started server over HTTP, WebSocket and SSE, and looks for answers that nobody should get. */
export async function fuzz(plan: FuzzPlan): Promise<FuzzReport> {
  const violations: string[] = [];
  const unhandled = (error: unknown) =>
    void violations.push(`nobody handled: ${String((error as Error).stack ?? error)}`);
  process.on("unhandledRejection", unhandled);
  process.on("uncaughtException", unhandled);
  try {
    // The price of operations isn't what is tested here.
    await using app = await startApp({ env: { PLANS: "standard=900000000/900000000" } });
    return await new FuzzRun(plan, app, violations).run();
  } finally {
    process.off("unhandledRejection", unhandled);
    process.off("uncaughtException", unhandled);
  }
}

class FuzzRun {
  readonly #plan: FuzzPlan;
  readonly #app: TestApp;
  readonly #violations: string[];
  readonly #codes: Record<string, number> = {};
  #sent = 0;

  constructor(plan: FuzzPlan, app: TestApp, violations: string[]) {
    this.#plan = plan;
    this.#app = app;
    this.#violations = violations;
  }

  async run(): Promise<FuzzReport> {
    const { operations: total, seed, report } = this.#plan;
    const schema = buildSchema(await readFile("schema.graphql", "utf8"));
    const operations = new FuzzOperations(schema, seed, await this.#harvest(schema));
    const callers = await this.#callers();
    const from = Math.max(0, total - Math.max(minRepeated, Math.ceil(total * repeatedShare)));
    await this.#send(0, total, operations, callers);
    report(`all sent; ${(await heapMegabytes()).toFixed(1)} MB of heap`);
    await this.#send(from, total, operations, callers);
    const warm = await heapMegabytes();
    await this.#send(from, total, operations, callers);
    const end = await heapMegabytes();
    for (const caller of callers) caller.close();
    if ((this.#codes["UNAVAILABLE"] ?? 0) > this.#sent * allowedUnavailableShare) {
      this.#violations.push("the server was unavailable too often");
    }
    if (end - warm > allowedGrowthMegabytes) {
      this.#violations.push(`the heap has grown from ${warm.toFixed(1)} to ${end.toFixed(1)} MB`);
    }
    return { operations: this.#sent, codes: this.#codes, heapMegabytes: { warm, end }, violations: this.#violations };
  }

  async #send(from: number, end: number, operations: FuzzOperations, callers: readonly Caller[]): Promise<void> {
    let next = from;
    const lane = async () => {
      while (next < end && this.#violations.length < maxViolations) {
        const index = next;
        next += 1;
        this.#sent += 1;
        const operation = operations.at(index);
        const caller = callerFor(operation, callers, new Random(this.#plan.seed ^ index));
        const reply = await caller.send(operation).catch((error: unknown) => failed(error));
        for (const what of this.#wrongWith(reply)) {
          const sent = JSON.stringify({ query: operation.query, variables: operation.variables });
          this.#violations.push(`operation ${index} by ${caller.name}: ${what}\n${sent.slice(0, 4_000)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  }

  #wrongWith({ status, payload: answer, failure }: Reply): string[] {
    if (failure !== undefined) return [failure];
    if (typeof answer !== "object" || answer === null || !("data" in answer || "errors" in answer)) {
      return [`status ${status} and no GraphQL: ${JSON.stringify(answer)}`];
    }
    const errors = "errors" in answer && Array.isArray(answer.errors) ? (answer.errors as unknown[]) : [];
    const codes = errors.map(codeOf);
    for (const code of codes.length === 0 ? ["OK"] : new Set(codes)) {
      this.#codes[code] = (this.#codes[code] ?? 0) + 1;
    }
    return errors.flatMap((error, index) => {
      const code = codes[index] ?? "";
      const text = JSON.stringify(error);
      if (code === "INTERNAL" || !(code in errorStatus)) return [text];
      return /node_modules|\bat \S+\.[jt]s|\bSELECT \w|[Pp]risma/.test(text) ? [`it tells too much: ${text}`] : [];
    });
  }

  /** Some rows of each kind, and the ids and cursors of all that can be read. */
  async #harvest(schema: GraphQLSchema): Promise<Known> {
    const app = this.#app;
    const liveKeys = await this.#keyIds();
    const owner = await this.#ownersToken();
    const capture = 'mutation ($email: String!) { captureLead(input: { email: $email, tags: ["a"] }) { lead { id } } }';
    const captured = [];
    for (let index = 0; index < 8; index += 1)
      captured.push(await app.graphql(capture, { email: `p${index}@example.com` }));
    const id = payload<{ lead: { id: string } }>(captured[0] ?? (await app.graphql("{ __typename }")), "captureLead")
      .lead.id;
    for (const { query, variables, field } of generateOperations(schema, { kind: "mutation", id })) {
      if (!/^(delete|remove|sign|accept)/.test(field)) await app.graphql(query, variables, owner);
    }
    const found = new Set<string>([app.tenant.tenantId, id]);
    const cursors = new Set<string>();
    for (const { query, variables } of generateOperations(schema, { kind: "query", id })) {
      collect((await app.graphql(query, variables)).data, found, cursors);
    }
    for (const live of liveKeys) found.delete(live); // or somebody revokes them
    return { ids: [...found].toSorted(), cursors: [...cursors].toSorted() };
  }

  async #keyIds(): Promise<readonly string[]> {
    const answer = await this.#app.graphql("{ apiKeys { nodes { id } } }");
    return payload<{ nodes: { id: string }[] }>(answer, "apiKeys").nodes.map(({ id }) => id);
  }

  async #callers(): Promise<readonly Caller[]> {
    const { url, tenant } = this.#app;
    const { secretKey, publishableKey } = tenant;
    const json = { accept: "application/json", method: "POST" } as const;
    const graphql = { accept: "application/graphql-response+json", method: "POST" } as const;
    const key = { name: "key", url, credential: secretKey };
    const owner = { name: "owner", url, credential: await this.#ownersToken() };
    return [
      httpCaller(key, json),
      httpCaller(owner, graphql),
      httpCaller({ name: "publishable key", url, credential: publishableKey }, json),
      httpCaller({ name: "stranger", url, credential: null }, graphql),
      httpCaller(key, { ...graphql, method: "GET" }),
      await socketCaller(key),
      await socketCaller(owner),
      streamCaller(key),
    ];
  }

  async #ownersToken(): Promise<string> {
    const { ownerEmail: email, ownerPassword: password } = this.#app.tenant;
    const signIn = "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }";
    const answer = await this.#app.graphql(signIn, { input: { email, password } }, null);
    return payload<{ tokens: { accessToken: string } }>(answer, "signIn").tokens.accessToken;
  }
}

/** A GET takes no more than an address may have; feeds go where they are served, mostly; who signs out can't go on. */
function callerFor({ kind, query, variables }: FuzzOperation, callers: readonly Caller[], random: Random): Caller {
  const fits = callers.filter(({ name }) => {
    if (name.startsWith("owner") && query.includes("signOut")) return false;
    if (name.includes("GET")) return kind !== "mutation" && query.length + JSON.stringify(variables).length < 4_000;
    return kind !== "subscription" || /WebSocket|SSE/.test(name) || random.next() < 0.1;
  });
  return random.pick(fits);
}

function failed(error: unknown): Reply {
  return { status: null, payload: undefined, failure: String(error) };
}

function codeOf(error: unknown): string {
  const { extensions } = error as { extensions?: { code?: unknown } };
  return String(extensions?.code);
}

/** Strings that look like TypeIDs, and those of fields that hold cursors. */
function collect(value: unknown, ids: Set<string>, cursors: Set<string>, name = ""): void {
  if (typeof value === "string") {
    if (/^[a-z_]+_[0-9a-z]{26}$/.test(value)) ids.add(value);
    else if (/cursor$/i.test(name)) cursors.add(value);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) collect(item, ids, cursors, Array.isArray(value) ? name : key);
  }
}

async function heapMegabytes(): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("run it with --expose-gc");
  for (let round = 0; round < 3; round += 1) {
    await sleep(200); // what is in flight ends
    gc();
  }
  return process.memoryUsage().heapUsed / 2 ** 20;
}
