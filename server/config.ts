import { resolve } from "node:path";
import { z } from "zod";
import { limits } from "./operations/limits.ts";
import type { RunLimits } from "./operations/operation-runner.ts";
import { StartupError } from "./startup-error.ts";

/** One line per variable that can't be used. */
export class ConfigError extends StartupError {
  override readonly name = "ConfigError";
}

const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(minimum, `must be ${minimum} or more`).max(maximum, `must be ${maximum} or less`));

const url = (...protocols: readonly string[]) =>
  z.string().refine(
    (text) => {
      return URL.canParse(text) && protocols.includes(new URL(text).protocol);
    },
    `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
  );

/** The most that one operation may cost: a smaller bucket could never pay for it. */
const smallestBucket = 5_000;

const postgresUrl = url("postgres:", "postgresql:");

const yesOrNo = z
  .enum(["true", "false", "1", "0"], "must be true or false")
  .transform((text) => text === "true" || text === "1");

const seconds = z
  .string()
  .regex(/^\d{1,7}(\.\d{1,3})?(\s*,\s*\d{1,7}(\.\d{1,3})?)*$/, "must be numbers of seconds with commas between them")
  .transform((text) => text.split(",").map(Number));

const emailAddress = z.email("must be an e-mail address");

/** `example.com,mail.example.org` */
const domains = z
  .string()
  .regex(/^[a-z0-9.-]+(\s*,\s*[a-z0-9.-]+)*$/i, "must be domains with commas between them")
  .transform((text) =>
    text
      .toLowerCase()
      .split(",")
      .map((domain) => domain.trim()),
  );

/** `standard=10000/200,large=100000/2000`: a bucket's size and what it gets back per second. */
const plans = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*=\d{1,9}\/\d{1,9}(?:,[a-z][a-z0-9-]*=\d{1,9}\/\d{1,9})*$/,
    "must look like standard=10000/200,large=100000/2000",
  )
  .transform((text) => text.split(",").map(readPlan))
  .refine((all) => all.every(({ max }) => max >= smallestBucket), `needs ${smallestBucket} or more before each /`)
  .refine((all) => all.every(({ restoreRate }) => restoreRate > 0), "needs more than 0 behind each /")
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "names a plan twice")
  .transform(([first, ...others]): Config["plans"] => [first ?? { name: "", max: 0, restoreRate: 0 }, ...others]);

/** Every variable that the server reads. .env.example explains each one to the operator; a test compares the two. */
const variables = z.object({
  PORT: wholeNumber(0, 65_535).default(4000),
  // `::` accepts IPv6 and IPv4, so `localhost` works whichever the caller resolves it to, and so does a container's
  // port mapping. Nothing behind it answers without credentials; HOST=127.0.0.1 keeps it on this machine.
  HOST: z.string().default("::"),
  PUBLIC_URL: url("http:", "https:").optional(),
  TRUST_PROXY: yesOrNo.default(false),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
      error: "must be trace, debug, info, warn, error, fatal or silent",
    })
    .default("info"),

  NEXORA_DATA: z.string().default(".nexora"),
  NEXORA_SECRET: z
    .string()
    .refine((text) => Buffer.byteLength(text) >= 32, "must have 32 bytes or more")
    .optional(),
  NEXORA_PREVIOUS_SECRET: z.string().optional(),
  NEXORA_SIGNING_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, "must be 32 bytes in base64")
    .optional(),

  DATABASE_URL: postgresUrl.optional(),
  DATABASE_APP_URL: postgresUrl.optional(),
  DATABASE_POOL_SIZE: wholeNumber(1, 1_000).default(10),
  STATEMENT_TIMEOUT_MS: wholeNumber(100, 3_600_000).default(10_000),
  REDIS_URL: url("redis:", "rediss:").optional(),

  SMTP_URL: url("smtp:", "smtps:").optional(),
  MAIL_FROM: emailAddress.optional(),
  MAIL_SENDER_DOMAINS: domains.default([]),
  MAIL_LOG_DAYS: wholeNumber(1, 3_650).default(90),
  JITSI_DOMAIN: z
    .string()
    .regex(/^[a-z0-9.-]+(:\d{1,5})?$/i, "is a host name, such as meet.example.com")
    .default("meet.jit.si"),

  PLANS: plans.default([
    { name: "standard", max: 10_000, restoreRate: 200 },
    { name: "own", max: 1_000_000, restoreRate: 100_000 },
  ]),
  SHUTDOWN_TIMEOUT_MS: wholeNumber(0, 3_600_000).default(15_000),
  CONNECTIONS_PER_CALLER: wholeNumber(1, 10_000_000).default(20_000),
  JOURNAL_REPLAY_LIMIT: wholeNumber(1, 100_000_000).default(100_000),
  NEXORA_WEBHOOK_ALLOW_PRIVATE: yesOrNo.default(false),
  WEBHOOK_RETRY_SECONDS: seconds.optional(),
  WEBHOOK_LOG_DAYS: wholeNumber(1, 3_650).default(30),
  OPERATION_TIMEOUT_MS: wholeNumber(100, 3_600_000).default(limits.deadlineMs),
  SLOW_OPERATION_MS: wholeNumber(0, 3_600_000).default(limits.slowMs),
  TENANT_CONCURRENCY: wholeNumber(1, 100_000).default(limits.perTenant.running),
  TENANT_QUEUE: wholeNumber(0, 1_000_000).default(limits.perTenant.waiting),
  EVENT_RETENTION_MONTHS: wholeNumber(1, 1_200).default(25),
  UPLOAD_MAX_BYTES: wholeNumber(1, 1_099_511_627_776).default(1_073_741_824),
});

/** The names that .env.example has to list. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

interface Plan {
  readonly name: string;
  readonly max: number;
  readonly restoreRate: number;
}

export interface Config {
  /** What listens, and how the world reaches it. */
  readonly http: {
    readonly host: string;
    /** 0 takes any free port. */
    readonly port: number;
    /** The address that callers use; without it, the one that the server listens on. */
    readonly publicUrl: string | undefined;
    /** Believe X-Forwarded-For and -Proto: only behind a proxy that sets them. */
    readonly trustProxy: boolean;
    readonly uploadMaxBytes: number;
  };
  readonly logLevel: string;
  /** Absolute path of the folder for everything that is kept outside a real database. */
  readonly dataDirectory: string;
  /** Signs and seals; without it the server keeps one in the data folder. */
  readonly secret: string | undefined;
  /** What the secret was before: cursors from then are still read. */
  readonly previousSecret: string | undefined;
  /** Signs checkpoints of journals (32 bytes, base64); without it the server keeps one in the data folder. */
  readonly signingKey: string | undefined;
  readonly database: {
    /** The owner, for migrations; without it PostgreSQL is embedded. */
    readonly ownerUrl: string | undefined;
    /** The server's login; without it connections of the owner take the role nexora_app. */
    readonly appUrl: string | undefined;
    readonly poolSize: number;
    readonly statementTimeoutMs: number;
  };
  /** Of each operation, on every transport. */
  readonly operations: RunLimits;
  /** Without it live events stay in this process. */
  readonly redisUrl: string | undefined;
  /** How long running operations may go on after SIGTERM. */
  readonly shutdownTimeoutMs: number;
  /** What tenants can have: how much a bucket of cost holds, and what it gets back per second. The first is the standard. */
  readonly plans: readonly [Plan, ...Plan[]];
  readonly webhooks: {
    /** For development: http, and addresses that aren't public. */
    readonly allowPrivate: boolean;
    /** Waits before each attempt; without them the standard ones. */
    readonly retryDelaysMs: readonly number[] | undefined;
    /** How long deliveries that have ended are kept. */
    readonly logDays: number;
  };
  readonly mail: {
    /** Without it mail goes into files in the data folder. */
    readonly smtpUrl: string | undefined;
    /** The sender's address of mail whose tenant has none of its own. */
    readonly from: string;
    /** Of addresses that tenants may send from: this server's mail is allowed to bear them. */
    readonly senderDomains: readonly string[];
    /** How long mail that has ended is kept. */
    readonly logDays: number;
  };
  /** How many whole months visitors' events are kept. */
  readonly eventRetentionMonths: number;
  /** The Jitsi server where sessions online take place. */
  readonly jitsiDomain: string;
  /** How many sockets and event streams a key or a member may have in this process. */
  readonly connectionsPerCaller: number;
  /** A subscriber that is further behind is told Lagged instead of being replayed. */
  readonly journalReplayLimit: number;
}

/** The only reader of the environment. An empty variable counts as an absent one: that is how compose files pass them. */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const present = Object.fromEntries(
    Object.entries(env)
      .map(([name, value]) => [name, value?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = variables.safeParse(present);
  if (!parsed.success) throw new ConfigError(describe(parsed.error));
  const values = parsed.data;
  if (values.DATABASE_APP_URL !== undefined && values.DATABASE_URL === undefined) {
    throw new ConfigError("DATABASE_APP_URL needs DATABASE_URL, the login that applies the migrations");
  }
  if (values.SMTP_URL !== undefined && values.MAIL_FROM === undefined) {
    throw new ConfigError("SMTP_URL needs MAIL_FROM, the address that mail comes from");
  }
  return {
    http: {
      host: values.HOST,
      port: values.PORT,
      publicUrl: values.PUBLIC_URL?.replace(/\/+$/, ""),
      trustProxy: values.TRUST_PROXY,
      uploadMaxBytes: values.UPLOAD_MAX_BYTES,
    },
    logLevel: values.LOG_LEVEL,
    dataDirectory: resolve(values.NEXORA_DATA),
    secret: values.NEXORA_SECRET,
    previousSecret: values.NEXORA_PREVIOUS_SECRET,
    signingKey: values.NEXORA_SIGNING_KEY,
    database: {
      ownerUrl: values.DATABASE_URL,
      appUrl: values.DATABASE_APP_URL,
      poolSize: values.DATABASE_POOL_SIZE,
      statementTimeoutMs: values.STATEMENT_TIMEOUT_MS,
    },
    operations: {
      deadlineMs: values.OPERATION_TIMEOUT_MS,
      slowMs: values.SLOW_OPERATION_MS,
      perTenant: { running: values.TENANT_CONCURRENCY, waiting: values.TENANT_QUEUE },
    },
    redisUrl: values.REDIS_URL,
    shutdownTimeoutMs: values.SHUTDOWN_TIMEOUT_MS,
    plans: values.PLANS,
    webhooks: {
      allowPrivate: values.NEXORA_WEBHOOK_ALLOW_PRIVATE,
      retryDelaysMs: values.WEBHOOK_RETRY_SECONDS?.map((delay) => Math.round(delay * 1_000)),
      logDays: values.WEBHOOK_LOG_DAYS,
    },
    mail: {
      smtpUrl: values.SMTP_URL,
      from: values.MAIL_FROM ?? "nexora@localhost",
      senderDomains: values.MAIL_SENDER_DOMAINS,
      logDays: values.MAIL_LOG_DAYS,
    },
    eventRetentionMonths: values.EVENT_RETENTION_MONTHS,
    jitsiDomain: values.JITSI_DOMAIN,
    connectionsPerCaller: values.CONNECTIONS_PER_CALLER,
    journalReplayLimit: values.JOURNAL_REPLAY_LIMIT,
  };
}

function readPlan(text: string): Plan {
  const [name = "", max, restoreRate] = text.split(/[=/]/);
  return { name, max: Number(max), restoreRate: Number(restoreRate) };
}

/** Never the value itself: it may be a password. */
function describe(error: z.ZodError): string {
  const byVariable = new Map<string, string>();
  for (const issue of error.issues) {
    const name = String(issue.path[0]);
    if (!byVariable.has(name)) byVariable.set(name, `${name} ${issue.message}`);
  }
  return [...byVariable.values()].join("\n");
}
