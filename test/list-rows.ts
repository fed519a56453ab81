import { createHash } from "node:crypto";
import pg from "pg";

/** So many rows of each table belong to the tenant, and a quarter as many to five others. */
export const rowsOfTenant = 5_000;

/** The uuid of a table's nth row. Half of the rows that belong to others belong to the first. */
export function rowUuid(table: string, n: number): string {
  const digits = createHash("md5").update(`${table}${n}`).digest("hex");
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-7$3-8$4-");
}

/** Of a thousand rows one has a value that few have, at this place. */
const rare = (place: number, value: string, others: string) =>
  `CASE WHEN n % 1000 = ${place} THEN ${value} ELSE ${others} END`;
const own = (table: string) => `pg_temp.id('${table}', n)`;
const ofFirst = (table: string) =>
  `pg_temp.id('${table}', CASE WHEN n % 2 = 0 AND n <= ${rowsOfTenant} THEN 1 ELSE n END)`;
const uuids = `'\\x00'::bytea`;
const later = "timestamptz '2031-01-01' - n * interval '1 hour'";
const actor = `'{"type": "SYSTEM"}'::jsonb`;

/** What stands in each column, by table; every table has a tenant, and almost every one an id. */
const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  member: {
    email: "'member' || n || '@example.com'",
    name: "'Member ' || n",
    password_hash: "(SELECT password_hash FROM member WHERE role = 'OWNER' LIMIT 1)",
    role: `CASE n WHEN 1 THEN 'CLIENT' WHEN 2 THEN 'COACH' ELSE 'ASSISTANT' END::"Role"`,
    created_at: "at",
  },
  invitation: {
    email: "'guest' || n || '@example.com'",
    role: "'ASSISTANT'",
    token_hash: uuids,
    created_at: "at",
    expires_at: later,
  },
  api_key: {
    kind: "'SECRET'",
    name: "'Key ' || n",
    secret_hash: uuids,
    last_four: "'abcd'",
    scopes: "'{}'",
    allowed_origins: "'{}'",
    created_at: "at",
  },
  client: {
    member_id: `CASE n WHEN 1 THEN ${own("member")} END`,
    name: "'Client ' || (ARRAY['Anna', 'Émile', '李明'])[1 + n % 3] || ' Dupont' || n % 997",
    email: "'client' || n || '@' || (ARRAY['mail.test', 'acme.test'])[1 + n % 2]",
    phone: "CASE WHEN n % 20 > 0 THEN '+33612' || lpad(n::text, 6, '0') END",
    time_zone: "'Europe/Paris'",
    locale: "'fr'",
    created_at: "at",
    updated_at: `timestamptz '2026-01-01' - (n * 7919 % ${rowsOfTenant}) * interval '1 minute'`,
  },
  client_consent: { client_id: own("client"), purpose: "'terms'", text_version: "'1'", given_at: "at" },
  learner: {
    name: "'Learner ' || (ARRAY['Anna', 'Émile', '李明'])[1 + n % 3] || ' Dupont' || n % 997",
    email: "CASE WHEN n % 20 > 0 THEN 'learner' || n || '@example.com' END",
    grade: `CASE WHEN n % 20 > 0 THEN ${rare(3, "'Rare'", "'Grade ' || n % 7")} END`,
    subjects: "ARRAY['maths', 'topic-' || n % 700]",
    time_zone: "'Europe/Paris'",
    locale: "'fr'",
    created_at: "at",
    updated_at: `timestamptz '2026-01-01' - (n * 7919 % ${rowsOfTenant}) * interval '1 minute'`,
  },
  client_learner: { client_id: own("client"), learner_id: own("learner"), is_primary: "true" },
  coach: {
    member_id: `CASE n WHEN 1 THEN pg_temp.id('member', 2) END`,
    pseudonym: "'Coach ' || n",
    name: "'Somebody'",
    email: "'coach' || n || '@example.com'",
    subjects: "ARRAY['maths', 'topic-' || n % 700]",
    modes: rare(7, "ARRAY['ON_SITE']", "ARRAY['ONLINE']"),
    time_zone: "'Europe/Paris'",
    locale: "'fr'",
    status: rare(9, "'DEACTIVATED'", "'ACTIVE'"),
    deactivated_at: rare(9, "at", "NULL"),
    created_at: "at",
  },
  coach_learner: { coach_id: own("coach"), learner_id: own("learner"), since: "at" },
  coach_note: {
    learner_id: ofFirst("learner"),
    author_id: own("member"),
    body: "'A note'",
    visible_to: "'COACHES'",
    created_at: "at",
  },
  learner_progress: {
    learner_id: ofFirst("learner"),
    subject: "'Subject ' || n",
    mark: "50",
    coach_id: own("coach"),
    recorded_at: "at",
  },
  lead: { email: "'lead' || n || '@example.com'", created_at: "at" },
  lead_note: { lead_id: ofFirst("lead"), author_id: own("member"), body: "'A note'", created_at: "at" },
  lead_import: {
    status: "'COMPLETED'",
    file_name: "'leads.csv'",
    options: `'{"format": "CSV", "isDryRun": false, "errorPolicy": "SKIP_FAILED", "mapping": [], "tags": []}'`,
    creator: actor,
    upload_expires_at: "at",
    created_at: "at",
    finished_at: "at",
  },
  lead_import_row_error: {
    import_id: ofFirst("lead_import"),
    number: "n",
    row: "n",
    line: "n",
    code: "'EMAIL_INVALID'",
    message: "'It is no address.'",
    field: "'{email}'",
  },
  link: {
    slug: "'link-' || n",
    url: "'https://example.com/' || n",
    utm_campaign: `CASE WHEN n % 20 > 0 THEN ${rare(3, "'rare'", "'campaign ' || n % 7")} END`,
    expires_at: `CASE WHEN n % 20 > 0 THEN timestamptz '2026-01-01' - (n * 7919 % ${rowsOfTenant}) * interval '1 minute' END`,
    archived_at: rare(4, "at", "NULL"),
    created_at: "at",
  },
  link_click: {
    link_id: own("link"),
    quarter: "date_bin('15 minutes', at, '2026-01-01')",
    referrer: "'site-' || n % 7",
    source: "''",
    device: "'DESKTOP'",
    country: "''",
    clicks: "1",
  },
  journal_entry: {
    position: "1000000 + n",
    type: rare(3, "'lead.moved'", "'lead.updated'"),
    subject_type: "'Lead'",
    subject_id: ofFirst("lead"),
    actor,
    request_id: "'test'",
    occurred_at: "at",
    data: "'{}'",
    hash: "sha256(n::text::bytea)",
  },
  journal_checkpoint: {
    tree_size: "n",
    root: "sha256(n::text::bytea)",
    signed_at: "at",
    key_id: "'a key of tests'",
    note: "''",
  },
  ledger_account: { id: own("client"), kind: "'CREDITS'", owner_id: own("client") },
  credit_balance: { account_id: own("client"), balance: "1000000", version: "1" },
  ledger_txn: {
    kind: "'PURCHASE'",
    idem_key: "'test ' || n",
    request_hash: uuids,
    account_id: ofFirst("client"),
    amount: "10",
    actor,
    at: "at",
    version: "n",
    balance_after: "10",
    held_after: "0",
  },
  credit_lot: {
    account_id: ofFirst("client"),
    grant_txn_id: own("ledger_txn"),
    source: "'PURCHASE'",
    is_paid: "true",
    effective_at: "at",
    expires_at: later,
    granted: "10",
    remaining: "10",
    is_open: "true",
  },
  ledger_entry: {
    txn_id: own("ledger_txn"),
    n: "1",
    account_id: ofFirst("client"),
    lot_id: own("credit_lot"),
    amount: "10",
    balance_after: "10",
    version: "n",
    at: "at",
  },
  credit_hold: {
    account_id: ofFirst("client"),
    amount: "1",
    ends_at: later,
    held_at: "at",
    txn_id: own("ledger_txn"),
  },
  credit_adjustment: {
    account_id: own("client"),
    amount: "1",
    reason: "'A test'",
    status: rare(5, "'PENDING_APPROVAL'", rare(6, "'REJECTED'", "'APPLIED'")),
    requested_by: `jsonb_build_object('type', 'MEMBER', 'id', ${own("member")})`,
    requested_at: "at",
    txn_id: `CASE WHEN n % 1000 IN (5, 6) THEN NULL ELSE ${own("ledger_txn")} END`,
  },
  mail: {
    kind: rare(3, "'PAYMENT_CONFIRMED'", "'WELCOME'"),
    cause: "'test ' || n",
    recipient: "'r' || n % 700 || '@example.com'",
    locale: "'fr'",
    time_zone: "'Europe/Paris'",
    data: "'{}'",
    due_at: "at",
    next_attempt_at: rare(5, later, "NULL"),
    state: rare(5, "'QUEUED'", rare(6, "'FAILED'", "'SENT'")),
    sent_at: "CASE WHEN n % 1000 IN (5, 6) THEN NULL ELSE at END",
    created_at: "at",
  },
  session_type: {
    kind: "'ONLINE'",
    name: "'Type ' || n",
    duration_min: "60",
    grid_min: "60",
    credit_cost: "1",
    archived_at: rare(4, "at", "NULL"),
    created_at: "at",
  },
  resource: { kind: "'ROOM'", name: "'Room ' || n", created_at: "at" },
  session_type_resource: { session_type_id: own("session_type"), resource_id: own("resource") },
  session: {
    session_type_id: own("session_type"),
    coach_id: ofFirst("coach"),
    kind: "'ONLINE'",
    title: "'Session ' || n",
    status: rare(5, "'CANCELLED'", rare(6, "'PENDING'", "'CONFIRMED'")),
    starts_at: later,
    ends_at: `${later} + interval '1 hour'`,
    busy_from: later,
    busy_to: `${later} + interval '1 hour'`,
    time_zone: "'Europe/Paris'",
    local_start: "'2030-01-01T00:00'",
    capacity: "1",
    taken: "1",
    meeting_room: "md5(n::text)",
    booked_at: "at",
    updated_at: "at",
  },
  booking: {
    session_id: own("session"),
    learner_id: "pg_temp.id('learner', CASE WHEN n % 100 = 3 THEN 1 ELSE n END)",
    client_id: "pg_temp.id('client', CASE WHEN n % 100 = 3 THEN 1 ELSE n END)",
    status: "'BOOKED'",
    credits: "0",
    payment: "'FREE'",
    cancellation_notice_min: "60",
    late_cancellation: "'REFUSED'",
    deadline_at: later,
    booked_at: "at",
  },
  session_report: { session_id: own("session"), summary: "'It went well'", written_at: "at" },
  waiting_list_entry: {
    session_type_id: own("session_type"),
    coach_id: ofFirst("coach"),
    starts_at: later,
    session_id: own("session"),
    learner_id: own("learner"),
    client_id: own("client"),
    status: rare(5, "'OFFERED'", rare(6, "'LEFT'", "'WAITING'")),
    joined_at: "at",
    offered_until: rare(5, later, "NULL"),
  },
  experiment: {
    key: "'experiment-' || n",
    name: "'Experiment ' || n",
    status: rare(5, "'PAUSED'", rare(6, "'DRAFT'", "'RUNNING'")),
    allocation: "'THOMPSON'",
    metric_kind: "'CONVERSION'",
    metric_event: "'bought'",
    metric_direction: "'MAXIMISE'",
    salt: "md5(n::text)",
    created_at: "at",
  },
  experiment_variant: { experiment_id: own("experiment"), key: "'a'", position: "0", name: "'A'", weight: "1" },
  experiment_weight: {
    experiment_id: own("experiment"),
    weights: `'{"a": 1}'::jsonb`,
    told_weights: `'{"a": 1}'::jsonb`,
  },
  experiment_counter: {
    experiment_id: own("experiment"),
    variant_key: "'a'",
    shard: "0",
    exposures: "100",
    expected: "100",
    conversions: "7",
  },
  plan: {
    key: "'P' || n",
    name: "'Plan ' || n",
    amount_minor: "1000",
    currency: "'EUR'",
    interval: "'MONTH'",
    credits_per_month: "10",
    rollover: "'NONE'",
    withdrawn_at: rare(4, "at", "NULL"),
    created_at: "at",
  },
  pack: {
    key: "'P' || n",
    name: "'Pack ' || n",
    amount_minor: "1000",
    currency: "'EUR'",
    credits: "10",
    withdrawn_at: rare(4, "at", "NULL"),
    created_at: "at",
  },
  subscription: {
    client_id: ofFirst("client"),
    plan_id: own("plan"),
    next_plan_id: own("plan"),
    state: rare(5, "'EXPIRED'", "'CANCELLED'"),
    provider: "'LOCAL'",
    created_at: "at",
  },
  invoice: {
    client_id: ofFirst("client"),
    number: "'2026-' || lpad(n::text, 6, '0')",
    due_at: later,
    subscription_id: ofFirst("subscription"),
    plan_id: own("plan"),
    kind: "'FIRST'",
    state: rare(5, "'OPEN'", "'PAID'"),
    amount_minor: "1000",
    currency: "'EUR'",
    credits: "10",
    issued_at: "at",
    paid_at: rare(5, "NULL", "at"),
  },
  payment: {
    client_id: ofFirst("client"),
    invoice_id: own("invoice"),
    purpose: "'SUBSCRIPTION'",
    provider: "'LOCAL'",
    state: rare(5, "'PENDING'", rare(6, "'FAILED'", "'COMPLETED'")),
    transfer_state: rare(7, "'MISMATCH'", "'CONFIRMED'"),
    reference: "'R' || n",
    amount_minor: "1000",
    currency: "'EUR'",
    credits: "10",
    created_at: "at",
    expires_at: later,
  },
  payment_receipt: {
    payment_id: own("payment"),
    method: "'CASH'",
    receipt_number: "n",
    amount_minor: "1000",
    currency: "'EUR'",
    received_at: "at",
    recorded_by_id: own("member"),
    recorded_at: "at",
  },
  payment_refund: {
    payment_id: own("payment"),
    client_id: own("client"),
    amount_minor: "1000",
    currency: "'EUR'",
    credits_taken: "10",
    credits_owed: "0",
    reason: "'A test'",
    refunded_by_id: own("member"),
    refunded_at: "at",
  },
  bulk_operation: {
    kind: "'EXPORT'",
    status: "'COMPLETED'",
    document: "'{ leads { nodes { id } } }'",
    creator: actor,
    request_id: "'test'",
    created_at: "at",
    finished_at: "at",
    expires_at: later,
  },
  document_manifest: { app: "'app'", version: "n", document_count: "1", created_at: "at" },
  free_text_document: {
    key_id: own("api_key"),
    hash: "sha256(n::text::bytea)",
    text: "'{ eventCursor }'",
    uses: "1",
    first_used_at: "at",
    last_used_at: "at",
  },
  deprecated_field_usage: {
    key_id: own("api_key"),
    coordinate: "'Query.nothing'",
    operations: "1",
    first_used_at: "at",
    last_used_at: "at",
  },
};

/** Jobs aren't ours; their tenant is their group. */
const jobs = `INSERT INTO pgboss.job_common (id, name, state, group_id, source_name, created_on, start_after, completed_on)
  SELECT ${own("job")}, ${rare(3, "'dead-letters'", rare(6, "'rare work'", "'work'"))},
    ${rare(3, "'created'", rare(4, "'created'", rare(5, "'cancelled'", "'completed'")))}::pgboss.job_state, t::text,
    ${rare(3, "'work'", "NULL")}, at, ${later}, CASE WHEN n % 1000 IN (3, 4) THEN NULL ELSE now() END
  FROM numbered`;

/** All that is filled. */
export const filledTables: readonly string[] = [...Object.keys(tables), "job_common"];

const withoutId: ReadonlySet<string> = new Set([
  "experiment_variant",
  "experiment_weight",
  "experiment_counter",
  ...[
    "client_learner",
    "coach_learner",
    "lead_import_row_error",
    "credit_balance",
    "session_type_resource",
    "session_report",
    "link_click",
  ],
]);

/**
 * A connection of the database's owner that may write rows of any tenant: no triggers look for what they refer to. Its
 * table `numbered` says how many: for each n, its tenant t and an instant `at`.
 */
export async function connectToFill(ownerUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(`SET session_replication_role = replica;
    CREATE FUNCTION pg_temp.id(kind text, n integer) RETURNS uuid LANGUAGE sql IMMUTABLE
      RETURN regexp_replace(md5(kind || n), '^(.{12}).(...).', '\\17\\28')::uuid;
    CREATE TEMP TABLE numbered (n integer, t uuid, at timestamptz)`);
  return client;
}

/** Writes a row of a table for each number; `other` columns stand instead of the usual ones. */
export function insertNumbered(table: string, other: Readonly<Record<string, string>> = {}): string {
  const usual = { tenant_id: "t", ...(withoutId.has(table) ? {} : { id: own(table) }), ...tables[table] };
  const columns: Record<string, string> = { ...usual, ...other };
  const names = Object.keys(columns).map((column) => `"${column}"`);
  return `INSERT INTO ${table} (${names.join(", ")}) SELECT ${Object.values(columns).join(", ")} FROM numbered`;
}

/** Fills every table that a list reads, as the database's owner. */
export async function fillLists(ownerUrl: string, tenantId: string): Promise<void> {
  const client = await connectToFill(ownerUrl);
  try {
    await client.query(`
      INSERT INTO numbered
        SELECT n, CASE WHEN n <= ${rowsOfTenant} THEN '${tenantId}'::uuid ELSE pg_temp.id('tenant', n % 5) END,
          timestamptz '2026-01-01' - (n % ${rowsOfTenant}) * interval '1 minute'
        FROM generate_series(1, ${1.25 * rowsOfTenant}) AS n;
      ANALYZE numbered;
      INSERT INTO checkpoint_key (id, public_key, created_at) VALUES ('a key of tests', sha256('k'), now())`);
    for (const table of Object.keys(tables)) await client.query(insertNumbered(table));
    await client.query(jobs);
    await client.query("ANALYZE");
  } finally {
    await client.end();
  }
}
