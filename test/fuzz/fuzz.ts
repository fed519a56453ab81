import { readFile } from "node:fs/promises";
import { buildSchema, type GraphQLSchema } from "graphql";
import { errorStatus } from "../../server/operations/app-error.ts";
import { payload, startApp, type TestApp } from "../app.ts";
import { generateOperations } from "../generated-operations.ts";
import { Random } from "../torture/random.ts";
import { Blockage } from "./blockage.ts";
import { type Caller, httpCaller, type Reply, socketCaller, streamCaller } from "./callers.ts";
import { type FuzzOperation, FuzzOperations } from "./operations.ts";
import { usedMegabytes } from "./memory.ts";
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
  /** After each part of the operations, and after rounds of the same ones. */
  readonly megabytes: { readonly parts: readonly number[]; readonly rounds: readonly number[] };
  /** Of the processor's time: how long the event loop was kept by one thing. */
  readonly longestBlockedMs: number;
  readonly violations: readonly string[];
}

const atOnce = 24;
const maxViolations = 20;
/** Of an operation that was answered wrongly: all of it, but for texts at the limit of a body. */
const maxShown = 64_000;
/** All are sent in parts, to see how the caches of documents fill up. */
const parts = 5;
/** Then the last ones are sent again and again: what those leave behind although they bring nothing new is lost. */
const repeated = 200;
const warmRounds = 3;
const rounds = 8;
/** Over some thousand operations: compiled code comes and goes. */
const allowedGrowthMegabytes = 8;
/** Of the processor's time, for one thing that keeps the event loop: far from what anything takes, on a slow machine too. */
const allowedBlockedMs = 5_000;
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
    // The price of operations isn't what is tested here. Each connection keeps a Prisma client, some megabytes: with few of them
    // all are soon there and stay, and what grows after that is ours.
    const env = { PLANS: "standard=900000000/900000000", DATABASE_POOL_SIZE: "4" };
    await using app = await startApp({ env });
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
  readonly #running = new Map<number, FuzzOperation>();
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
    using blockage = new Blockage({ allowedMs: allowedBlockedMs, onBlocked: (ms) => this.#blocked(ms) });
    const megabytes = { parts: [] as number[], rounds: [] as number[] };
    for (let part = 0; part < parts; part += 1) {
      await this.#send(
        Math.floor((total * part) / parts),
        Math.floor((total * (part + 1)) / parts),
        operations,
        callers,
      );
      megabytes.parts.push(await this.#usedMegabytes(blockage));
      report(`part ${part + 1} of ${parts}: ${this.#sent} sent, ${megabytes.parts.at(-1)} MB`);
    }
    for (let round = 1; round <= warmRounds + rounds; round += 1) {
      await this.#send(Math.max(0, total - repeated), total, operations, callers);
      if (round > warmRounds && round % 2 === 0) megabytes.rounds.push(await this.#usedMegabytes(blockage));
    }
    for (const caller of callers) caller.close();
    if ((this.#codes["UNAVAILABLE"] ?? 0) > this.#sent * allowedUnavailableShare) {
      this.#violations.push("the server was unavailable too often");
    }
    if (growth(megabytes.rounds) > allowedGrowthMegabytes) {
      this.#violations.push(
        `the same operations again and again take more and more MB: ${megabytes.rounds.join(", ")}`,
      );
    }
    const { longestMs: longestBlockedMs } = blockage;
    return { operations: this.#sent, codes: this.#codes, megabytes, longestBlockedMs, violations: this.#violations };
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
        this.#running.set(index, operation);
        const reply = await caller.send(operation).catch((error: unknown) => failed(error));
        this.#running.delete(index);
        for (const what of this.#wrongWith(reply)) {
          this.#violations.push(`operation ${index} by ${caller.name}: ${what}\n${shown(operation)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  }

  #blocked(ms: number): void {
    const suspects = [...this.#running].map(([index, operation]) => `operation ${index}: ${shown(operation)}`);
    this.#violations.push(`something kept the process for ${Math.round(ms)} ms; one of\n${suspects.join("\n")}`);
  }

  async #usedMegabytes(blockage: Blockage): Promise<number> {
    const megabytes = await usedMegabytes();
    blockage.forget(); // collecting took its time, too
    return megabytes;
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

function shown({ query, variables, operationName }: FuzzOperation): string {
  return JSON.stringify({ query, variables, operationName }).slice(0, maxShown);
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

/** From the least of the first half to the least of the second: what comes and goes isn't lost. */
function growth(megabytes: readonly number[]): number {
  const half = Math.ceil(megabytes.length / 2);
  return Math.min(...megabytes.slice(half)) - Math.min(...megabytes.slice(0, half));
}
