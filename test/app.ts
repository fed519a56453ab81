import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Email } from "postal-mime";
import { loadConfig } from "../server/config.ts";
import { createLog, type Log } from "../server/log.ts";
import { compose, type Nexora } from "../server/main.ts";
import { scopes as keyScopes } from "../server/operations/actions.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import type { TestClock } from "./clock.ts";
import { generousPlan } from "./generous-plan.ts";
import { readMailFiles } from "./mail-files.ts";
import { runFolder } from "./run-folder.ts";

export interface GraphQLAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[] | undefined;
  readonly extensions: Record<string, unknown> | undefined;
}

export interface TestTenant {
  readonly tenantId: string;
  readonly ownerEmail: string;
  readonly ownerPassword: string;
  /** A secret key with every scope. */
  readonly secretKey: string;
  readonly publishableKey: string;
}

export interface TestApp extends AsyncDisposable {
  readonly nexora: Nexora;
  readonly database: TestDatabase;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** The tenant of the first start. */
  readonly tenant: TestTenant;
  /** Sends one operation by HTTP; `credential` is a key or a token, by default the tenant's secret key; null sends none. */
  graphql(query: string, variables?: Record<string, unknown>, credential?: string | null): Promise<GraphQLAnswer>;
  /** Does all work that is due at the clock's instant. */
  runDue(): Promise<void>;
  /** What it has mailed, by when it was due: without `SMTP_URL` mail goes into files. */
  mails(): Promise<Email[]>;
  /** Another tenant with an owner and both keys. */
  createTenant(name?: string): Promise<TestTenant>;
  /** Stops the server; the database stays until the app is disposed. */
  stop(): Promise<void>;
}

export interface StartAppOptions {
  readonly redisUrl?: string;
  /** Use this database instead of a new one; whoever made it disposes of it. */
  readonly database?: TestDatabase;
  readonly port?: number;
  /** Further variables of the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is now; by default what the system says. */
  readonly clock?: TestClock;
  /** Where its log goes; nowhere by default. */
  readonly log?: Log;
  /** Needed where the database is shared and bootstrapped already. */
  readonly tenant?: TestTenant;
}

// The same in all processes of a test, as the operator of several processes would set it.
export const testSecret = "a secret that only tests use, 32 bytes or more";

/** The real server on a real database and a real port: `await using app = await startApp()`. */
export async function startApp(options: StartAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await createTestDatabase());
  const dataDirectory = await mkdtemp(join(runFolder(), "app-"));
  const config = loadConfig({
    NEXORA_DATA: dataDirectory,
    HOST: "127.0.0.1",
    LOG_LEVEL: process.env["TEST_LOG_LEVEL"] ?? "silent",
    PLANS: generousPlan,
    ...(options.redisUrl === undefined ? {} : { REDIS_URL: options.redisUrl }),
    ...options.env,
  });
  const log = options.log ?? createLog({ level: config.logLevel });
  const { clock } = options;
  const nexora = await compose(config, {
    appUrl: database.appUrl,
    secret: testSecret,
    log,
    ...(clock === undefined ? {} : { clock: clock.now }),
  });
  const tenant = (await nexora.bootstrap(() => Promise.resolve())) ?? options.tenant;
  if (tenant === undefined) throw new Error("the database has tenants already: pass one of them");
  const port = await nexora.listen({ host: "127.0.0.1", port: options.port ?? 0 });
  const url = `http://127.0.0.1:${port}`;
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= nexora.close());
  const graphql = (
    query: string,
    variables: Record<string, unknown> = {},
    credential: string | null = tenant.secretKey,
  ) => post(url, { query, variables }, credential);
  return {
    nexora,
    database,
    url,
    port,
    tenant,
    graphql,
    runDue: () => nexora.runDue(),
    mails: () => readMailFiles(dataDirectory),
    createTenant: (name) => createTenant(graphql, name),
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(dataDirectory, { recursive: true, force: true });
      if (options.database === undefined) await database[Symbol.asyncDispose]();
    },
  };
}

async function post(url: string, body: object, credential: string | null): Promise<GraphQLAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(credential === null ? {} : { authorization: `Bearer ${credential}` }),
    },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Pick<GraphQLAnswer, "data" | "errors" | "extensions">;
  return {
    status: response.status,
    headers: response.headers,
    data: answer.data,
    errors: answer.errors,
    extensions: answer.extensions,
  };
}

/** What a key can be given, but for the management of things. */
const scopesOfKeys: ReadonlySet<string> = new Set(keyScopes.filter((scope) => !scope.endsWith(":manage")));

let tenants = 0;

async function createTenant(graphql: TestApp["graphql"], name = "Another tenant"): Promise<TestTenant> {
  tenants += 1;
  const ownerEmail = `owner-${tenants}-${Date.now()}@example.com`;
  const ownerPassword = "correct horse battery staple";
  const signedUp = await graphql(
    `
      mutation ($input: SignUpInput!) {
        signUp(input: $input) {
          tokens {
            accessToken
          }
          tenant {
            id
          }
          userErrors {
            message
          }
        }
      }
    `,
    { input: { tenantName: name, name: "Owner", email: ownerEmail, password: ownerPassword } },
    null,
  );
  const { tokens, tenant } = payload<{ tokens: { accessToken: string }; tenant: { id: string } }>(signedUp, "signUp");
  const { accessToken } = tokens;
  const scopes = await graphql(
    `
      {
        viewer {
          permissions
        }
      }
    `,
    {},
    accessToken,
  );
  const { permissions } = payload<{ permissions: string[] }>(scopes, "viewer");
  const key = await graphql(
    `
      mutation ($input: CreateApiKeyInput!) {
        createApiKey(input: $input) {
          secret
          userErrors {
            message
          }
        }
      }
    `,
    { input: { name: "test", scopes: permissions.filter((action) => scopesOfKeys.has(action)) } },
    accessToken,
  );
  const publishable = await graphql(
    `
      mutation ($input: CreatePublishableKeyInput!) {
        createPublishableKey(input: $input) {
          key {
            id
          }
          secret
          userErrors {
            message
          }
        }
      }
    `,
    { input: { name: "test", allowedOrigins: [] } },
    accessToken,
  );
  return {
    tenantId: tenant.id,
    ownerEmail,
    ownerPassword,
    secretKey: payload<{ secret: string }>(key, "createApiKey").secret,
    publishableKey: payload<{ secret: string }>(publishable, "createPublishableKey").secret,
  };
}

/** The value of a root field; throws with what the server said when there is none. */
export function payload<Value>(answer: GraphQLAnswer, field: string): Value {
  const value = answer.data?.[field];
  if (value == null) throw new Error(`no ${field}: ${JSON.stringify(answer.errors ?? answer.data)}`);
  return value as Value;
}
