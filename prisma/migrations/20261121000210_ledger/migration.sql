-- Credits: double entry, append-only. An account of kind CREDITS belongs to a client and has the client's id; the other
-- kinds are contra accounts, one of each per tenant, without a balance row (it would be one hot row per tenant).

CREATE TABLE "ledger_account" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" TEXT NOT NULL,
    "owner_id" UUID,
    "unit" TEXT NOT NULL DEFAULT 'CREDIT',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_account_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "credit_balance" (
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "balance" BIGINT NOT NULL DEFAULT 0,
    "held" BIGINT NOT NULL DEFAULT 0,
    "version" BIGINT NOT NULL DEFAULT 0,
    "moved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT '-infinity'::timestamp with time zone,

    CONSTRAINT "credit_balance_pkey" PRIMARY KEY ("tenant_id","account_id")
) WITH (fillfactor = 50);

CREATE TABLE "ledger_txn" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" TEXT NOT NULL,
    "idem_key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "account_id" UUID NOT NULL,
    "counter_account_id" UUID,
    "reverses_id" UUID,
    "amount" BIGINT NOT NULL,
    "actor" JSONB NOT NULL,
    "reason" TEXT,
    "reference" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "version" BIGINT NOT NULL,
    "balance_after" BIGINT NOT NULL,
    "held_after" BIGINT NOT NULL,

    CONSTRAINT "ledger_txn_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "credit_lot" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "account_id" UUID NOT NULL,
    "grant_txn_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "priority" SMALLINT NOT NULL DEFAULT 0,
    "is_paid" BOOLEAN NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL DEFAULT 'infinity'::timestamp with time zone,
    "granted" BIGINT NOT NULL,
    "remaining" BIGINT NOT NULL,
    "is_open" BOOLEAN NOT NULL,

    CONSTRAINT "credit_lot_pkey" PRIMARY KEY ("tenant_id","id")
) WITH (fillfactor = 50);

CREATE TABLE "ledger_entry" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "txn_id" UUID NOT NULL,
    "n" SMALLINT NOT NULL,
    "account_id" UUID NOT NULL,
    "lot_id" UUID,
    "amount" BIGINT NOT NULL,
    "balance_after" BIGINT,
    "version" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "credit_hold" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "account_id" UUID NOT NULL,
    "subject" TEXT,
    "amount" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'HELD',
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "txn_id" UUID NOT NULL,
    "settled_txn_id" UUID,

    CONSTRAINT "credit_hold_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "credit_hold_lot" (
    "tenant_id" UUID NOT NULL,
    "hold_id" UUID NOT NULL,
    "lot_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "credit_hold_lot_pkey" PRIMARY KEY ("tenant_id","hold_id","lot_id")
);

CREATE TABLE "credit_settings" (
    "tenant_id" UUID NOT NULL,
    "approval_over" BIGINT NOT NULL DEFAULT 100,
    "expires_after_months" SMALLINT NOT NULL DEFAULT 12,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "credit_settings_pkey" PRIMARY KEY ("tenant_id")
);

CREATE TABLE "credit_adjustment" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "account_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "requested_by" JSONB NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "txn_id" UUID,

    CONSTRAINT "credit_adjustment_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "credit_expiry_warning" (
    "tenant_id" UUID NOT NULL,
    "lot_id" UUID NOT NULL,
    "days" SMALLINT NOT NULL,
    "remaining" BIGINT NOT NULL,
    "warned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credit_expiry_warning_pkey" PRIMARY KEY ("tenant_id","lot_id","days")
);

CREATE UNIQUE INDEX "ledger_account_tenant_id_kind_owner_id_unit_key"
    ON "ledger_account"("tenant_id", "kind", "owner_id", "unit") NULLS NOT DISTINCT;
CREATE UNIQUE INDEX "ledger_txn_tenant_id_idem_key_key" ON "ledger_txn"("tenant_id", "idem_key");
CREATE UNIQUE INDEX "ledger_txn_tenant_id_reverses_id_key" ON "ledger_txn"("tenant_id", "reverses_id");
CREATE UNIQUE INDEX "credit_lot_tenant_id_account_id_id_key" ON "credit_lot"("tenant_id", "account_id", "id");
CREATE UNIQUE INDEX "ledger_entry_tenant_id_txn_id_n_key" ON "ledger_entry"("tenant_id", "txn_id", "n");
CREATE INDEX "credit_hold_tenant_id_account_id_held_at_id_idx" ON "credit_hold"("tenant_id", "account_id", "held_at", "id");
CREATE INDEX "credit_adjustment_tenant_id_requested_at_id_idx" ON "credit_adjustment"("tenant_id", "requested_at", "id");
CREATE INDEX "credit_adjustment_tenant_id_status_requested_at_id_idx" ON "credit_adjustment"("tenant_id", "status", "requested_at", "id");

-- The order in which lots are used up. Nothing in it changes while a lot is drawn on, so those updates stay HOT: is_open is
-- flipped once, when the lot is empty.
CREATE INDEX credit_lot_draw_down ON credit_lot
  (tenant_id, account_id, priority, expires_at, is_paid, effective_at, id) WHERE is_open;
-- What is due, for the expiry job: of all tenants, because it asks which tenants have some.
CREATE INDEX credit_lot_due ON credit_lot (expires_at, tenant_id) WHERE is_open;
CREATE INDEX credit_hold_due ON credit_hold (ends_at, tenant_id) WHERE state = 'HELD';
-- An account's history; `at` never goes back within an account.
CREATE INDEX ledger_entry_of_account ON ledger_entry (tenant_id, account_id, at, version, n) WHERE lot_id IS NOT NULL;
-- Decided in time: what one person has adjusted on his own lately counts towards the limit.
CREATE INDEX credit_adjustment_of_account ON credit_adjustment (tenant_id, account_id, requested_at);

ALTER TABLE "ledger_account"
  ADD CONSTRAINT "ledger_account_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "ledger_account_tenant_id_owner_id_fkey" FOREIGN KEY ("tenant_id", "owner_id") REFERENCES "client"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "credit_balance"
  ADD CONSTRAINT "credit_balance_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "ledger_account"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ledger_txn"
  ADD CONSTRAINT "ledger_txn_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "ledger_account"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "ledger_txn_tenant_id_counter_account_id_fkey" FOREIGN KEY ("tenant_id", "counter_account_id") REFERENCES "ledger_account"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "ledger_txn_tenant_id_reverses_id_fkey" FOREIGN KEY ("tenant_id", "reverses_id") REFERENCES "ledger_txn"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "credit_lot"
  ADD CONSTRAINT "credit_lot_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "credit_balance"("tenant_id", "account_id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "credit_lot_tenant_id_grant_txn_id_fkey" FOREIGN KEY ("tenant_id", "grant_txn_id") REFERENCES "ledger_txn"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ledger_entry"
  ADD CONSTRAINT "ledger_entry_tenant_id_txn_id_fkey" FOREIGN KEY ("tenant_id", "txn_id") REFERENCES "ledger_txn"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "ledger_entry_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "ledger_account"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "ledger_entry_tenant_id_account_id_lot_id_fkey" FOREIGN KEY ("tenant_id", "account_id", "lot_id") REFERENCES "credit_lot"("tenant_id", "account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "credit_hold"
  ADD CONSTRAINT "credit_hold_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "credit_balance"("tenant_id", "account_id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "credit_hold_tenant_id_txn_id_fkey" FOREIGN KEY ("tenant_id", "txn_id") REFERENCES "ledger_txn"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "credit_hold_tenant_id_settled_txn_id_fkey" FOREIGN KEY ("tenant_id", "settled_txn_id") REFERENCES "ledger_txn"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "credit_hold_lot"
  ADD CONSTRAINT "credit_hold_lot_tenant_id_hold_id_fkey" FOREIGN KEY ("tenant_id", "hold_id") REFERENCES "credit_hold"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "credit_hold_lot_tenant_id_lot_id_fkey" FOREIGN KEY ("tenant_id", "lot_id") REFERENCES "credit_lot"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "credit_settings"
  ADD CONSTRAINT "credit_settings_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "credit_adjustment"
  ADD CONSTRAINT "credit_adjustment_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "credit_balance"("tenant_id", "account_id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "credit_adjustment_tenant_id_decided_by_id_fkey" FOREIGN KEY ("tenant_id", "decided_by_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "credit_adjustment_tenant_id_txn_id_fkey" FOREIGN KEY ("tenant_id", "txn_id") REFERENCES "ledger_txn"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "credit_expiry_warning"
  ADD CONSTRAINT "credit_expiry_warning_tenant_id_lot_id_fkey" FOREIGN KEY ("tenant_id", "lot_id") REFERENCES "credit_lot"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What no caller may pass, whatever the functions check before. No amount comes near the end of BIGINT, nor of what
-- JavaScript counts exactly.
ALTER TABLE ledger_account
  ADD CONSTRAINT ledger_account_kind CHECK (kind IN
    ('CREDITS', 'PAYMENT_CLEARING', 'PLAN_GRANTS', 'PROMO', 'CONSUMED', 'EXPIRED', 'REFUNDED', 'ADJUSTMENT')),
  ADD CONSTRAINT ledger_account_unit CHECK (unit = 'CREDIT'),
  ADD CONSTRAINT ledger_account_owner CHECK ((kind = 'CREDITS') = (owner_id IS NOT NULL)),
  -- So a client's credits are found by the client's id alone.
  ADD CONSTRAINT ledger_account_id CHECK (kind <> 'CREDITS' OR unit <> 'CREDIT' OR id = owner_id);
ALTER TABLE credit_balance
  ADD CONSTRAINT credit_balance_held CHECK (held >= 0 AND held <= balance),
  ADD CONSTRAINT credit_balance_most CHECK (balance <= 1000000000000);
ALTER TABLE ledger_txn
  ADD CONSTRAINT ledger_txn_kind CHECK (kind IN
    ('MONTHLY_ALLOCATION', 'PURCHASE', 'PROMO', 'USAGE', 'REFUND', 'EXPIRATION', 'ADJUSTMENT', 'TRANSFER',
     'HOLD', 'VOID', 'HOLD_EXPIRATION')),
  ADD CONSTRAINT ledger_txn_idem_key CHECK (char_length(idem_key) BETWEEN 1 AND 255),
  ADD CONSTRAINT ledger_txn_reason CHECK (char_length(reason) <= 1000),
  ADD CONSTRAINT ledger_txn_reference CHECK (char_length(reference) <= 255),
  ADD CONSTRAINT ledger_txn_amount CHECK (amount > 0);
ALTER TABLE credit_lot
  ADD CONSTRAINT credit_lot_source CHECK (source IN ('MONTHLY_ALLOCATION', 'PURCHASE', 'PROMO', 'REFUND', 'ADJUSTMENT')),
  ADD CONSTRAINT credit_lot_remaining CHECK (remaining BETWEEN 0 AND granted),
  ADD CONSTRAINT credit_lot_is_open CHECK (is_open = (remaining > 0)),
  ADD CONSTRAINT credit_lot_window CHECK (expires_at > effective_at);
ALTER TABLE ledger_entry
  ADD CONSTRAINT ledger_entry_amount CHECK (amount <> 0),
  ADD CONSTRAINT ledger_entry_of_lot CHECK (num_nulls(lot_id, balance_after, version) IN (0, 3));
ALTER TABLE credit_hold
  ADD CONSTRAINT credit_hold_state CHECK (state IN ('HELD', 'POSTED', 'VOIDED', 'EXPIRED')),
  ADD CONSTRAINT credit_hold_settled CHECK ((state = 'HELD') = (settled_txn_id IS NULL)),
  ADD CONSTRAINT credit_hold_subject CHECK (char_length(subject) <= 255),
  ADD CONSTRAINT credit_hold_amount CHECK (amount > 0);
ALTER TABLE credit_hold_lot ADD CONSTRAINT credit_hold_lot_amount CHECK (amount > 0);
ALTER TABLE credit_settings
  ADD CONSTRAINT credit_settings_approval_over CHECK (approval_over BETWEEN 0 AND 1000000000),
  ADD CONSTRAINT credit_settings_expires_after CHECK (expires_after_months BETWEEN 1 AND 120);
ALTER TABLE credit_adjustment
  ADD CONSTRAINT credit_adjustment_status CHECK (status IN ('PENDING_APPROVAL', 'APPLIED', 'REJECTED')),
  ADD CONSTRAINT credit_adjustment_applied CHECK ((status = 'APPLIED') = (txn_id IS NOT NULL)),
  ADD CONSTRAINT credit_adjustment_amount CHECK (amount <> 0),
  ADD CONSTRAINT credit_adjustment_reason CHECK (char_length(reason) BETWEEN 1 AND 1000),
  -- Four eyes.
  ADD CONSTRAINT credit_adjustment_decided CHECK (decided_by_id::text IS DISTINCT FROM requested_by ->> 'id' OR status = 'REJECTED');

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['ledger_account', 'credit_balance', 'ledger_txn', 'credit_lot', 'ledger_entry',
    'credit_hold', 'credit_hold_lot', 'credit_settings', 'credit_adjustment', 'credit_expiry_warning'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant())',
      tenant_table);
  END LOOP;
END $$;

-- Owns the functions that move credits, and nothing else. It can't log in and row-level security binds it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nexora_ledger') THEN
    CREATE ROLE nexora_ledger NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  EXECUTE format('GRANT nexora_ledger TO %I WITH INHERIT FALSE, SET TRUE', current_user);
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database of this cluster created it a moment ago
END $$;

-- The server reads the ledger; only those functions write it, and nobody changes or removes what is written.
GRANT USAGE ON SCHEMA public TO nexora_ledger;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE
  ON ledger_account, credit_balance, ledger_txn, credit_lot, ledger_entry, credit_hold, credit_hold_lot FROM nexora_app;
REVOKE DELETE, TRUNCATE ON credit_adjustment FROM nexora_app;
REVOKE UPDATE, DELETE, TRUNCATE ON credit_expiry_warning FROM nexora_app;
GRANT SELECT, INSERT
  ON ledger_account, credit_balance, ledger_txn, credit_lot, ledger_entry, credit_hold, credit_hold_lot TO nexora_ledger;
GRANT UPDATE (balance, held, version, moved_at) ON credit_balance TO nexora_ledger;
GRANT UPDATE (remaining, is_open) ON credit_lot TO nexora_ledger;
GRANT UPDATE (state, settled_txn_id) ON credit_hold TO nexora_ledger;
