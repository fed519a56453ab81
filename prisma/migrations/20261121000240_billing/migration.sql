-- What a tenant sells, who has subscribed to what, and what was paid for it. Amounts are integers in the currency's minor unit.

CREATE TABLE "billing_settings" (
    "tenant_id" UUID NOT NULL,
    "reference_prefix" TEXT NOT NULL DEFAULT 'NX',
    "transfer_days" SMALLINT NOT NULL DEFAULT 14,
    "invoice_lead_days" SMALLINT NOT NULL DEFAULT 7,
    "grace_days" SMALLINT NOT NULL DEFAULT 7,
    -- Per currency, what one person may confirm alone: {"TND": "1000000"}.
    "approval_over" JSONB NOT NULL DEFAULT '{}',
    -- Where transfers go; null until somebody says it.
    "bank_details" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "billing_settings_pkey" PRIMARY KEY ("tenant_id")
);

CREATE TABLE "plan" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "interval" TEXT NOT NULL,
    "credits_per_month" BIGINT NOT NULL,
    "rollover" TEXT NOT NULL,
    "rollover_cap" BIGINT,
    "ai_subjects" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "learner_limit" INTEGER,
    "ai_message_limit" INTEGER,
    "withdrawn_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "pack" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "credits" BIGINT NOT NULL,
    "expires_after_months" SMALLINT,
    "withdrawn_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "pack_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "subscription" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "client_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    -- What it becomes when its period turns; null: the same again.
    "next_plan_id" UUID,
    "state" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    -- Months are counted from here, in this zone; null until it was active for the first time.
    "anchor_at" TIMESTAMPTZ(3),
    "time_zone" TEXT,
    -- The present period, as months since the anchor: [period_month, period_month + period_months).
    "period_month" INTEGER NOT NULL DEFAULT 0,
    "period_months" INTEGER NOT NULL DEFAULT 0,
    "period_starts_at" TIMESTAMPTZ(3),
    "period_ends_at" TIMESTAMPTZ(3),
    -- The last month whose credits were allocated.
    "month" INTEGER NOT NULL DEFAULT 0,
    -- When the job has to look at it again; null: never.
    "due_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "invoice" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "subscription_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'OPEN',
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    -- Credits that its payment grants; a year's later months come by the job.
    "credits" BIGINT NOT NULL,
    -- Of a renewal: the month since the anchor that it begins with.
    "period_month" INTEGER,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "paid_at" TIMESTAMPTZ(3),

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "payment" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "client_id" UUID NOT NULL,
    "pack_id" UUID,
    "invoice_id" UUID,
    "purpose" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    -- How far a confirmation by hand is.
    "transfer_state" TEXT,
    "reference" TEXT NOT NULL,
    "provider_ref" TEXT,
    -- How to pay, as the client was told: [{"label", "value"}].
    "instructions" JSONB NOT NULL DEFAULT '[]',
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "received_minor" BIGINT NOT NULL DEFAULT 0,
    "refunded_minor" BIGINT NOT NULL DEFAULT 0,
    -- What it grants.
    "credits" BIGINT NOT NULL,
    "expires_after_months" SMALLINT,
    -- The grant, once it was made.
    "grant_txn_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "payment_receipt" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "payment_id" UUID NOT NULL,
    "method" TEXT NOT NULL,
    "receipt_number" TEXT,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "proof" TEXT,
    "recorded_by_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "voided_by_id" UUID,
    "voided_at" TIMESTAMPTZ(3),
    "void_reason" TEXT,

    CONSTRAINT "payment_receipt_pkey" PRIMARY KEY ("tenant_id","id")
);

-- Money that went back: each way it went has a row, which says what became of the credits.
CREATE TABLE "payment_refund" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "payment_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "credits_taken" BIGINT NOT NULL,
    -- What was used up already: the client owes it.
    "credits_owed" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "refunded_by_id" UUID NOT NULL,
    "refunded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_refund_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE UNIQUE INDEX "plan_tenant_id_key_key" ON "plan"("tenant_id", "key");
CREATE UNIQUE INDEX "pack_tenant_id_key_key" ON "pack"("tenant_id", "key");
CREATE INDEX "plan_tenant_id_created_at_id_idx" ON "plan"("tenant_id", "created_at", "id");
CREATE INDEX "pack_tenant_id_created_at_id_idx" ON "pack"("tenant_id", "created_at", "id");
CREATE INDEX "subscription_tenant_id_client_id_created_at_id_idx" ON "subscription"("tenant_id", "client_id", "created_at", "id");
CREATE INDEX "subscription_tenant_id_created_at_id_idx" ON "subscription"("tenant_id", "created_at", "id");
CREATE INDEX "invoice_tenant_id_subscription_id_issued_at_id_idx" ON "invoice"("tenant_id", "subscription_id", "issued_at", "id");
CREATE UNIQUE INDEX "payment_tenant_id_reference_key" ON "payment"("tenant_id", "reference");
CREATE INDEX "payment_tenant_id_created_at_id_idx" ON "payment"("tenant_id", "created_at", "id");
CREATE INDEX "payment_tenant_id_state_created_at_id_idx" ON "payment"("tenant_id", "state", "created_at", "id");
CREATE INDEX "payment_tenant_id_client_id_created_at_id_idx" ON "payment"("tenant_id", "client_id", "created_at", "id");
CREATE INDEX "payment_tenant_id_invoice_id_idx" ON "payment"("tenant_id", "invoice_id");
CREATE UNIQUE INDEX "payment_receipt_tenant_id_receipt_number_key" ON "payment_receipt"("tenant_id", "receipt_number");
CREATE INDEX "payment_receipt_tenant_id_payment_id_id_idx" ON "payment_receipt"("tenant_id", "payment_id", "id");
CREATE INDEX "payment_receipt_tenant_id_recorded_at_id_idx" ON "payment_receipt"("tenant_id", "recorded_at", "id");
CREATE INDEX "payment_refund_tenant_id_payment_id_id_idx" ON "payment_refund"("tenant_id", "payment_id", "id");

-- One subscription at a time for each client.
CREATE UNIQUE INDEX subscription_live ON subscription (tenant_id, client_id)
  WHERE state IN ('INCOMPLETE', 'TRIALING', 'ACTIVE', 'PAST_DUE', 'PAUSED', 'CANCELLED_AT_PERIOD_END');
-- A period is billed once.
CREATE UNIQUE INDEX invoice_of_period ON invoice (tenant_id, subscription_id, period_month) WHERE state <> 'VOID';
-- What is due, for the jobs: of all tenants, because they ask which tenants have some.
CREATE INDEX subscription_due ON subscription (due_at, tenant_id) WHERE due_at IS NOT NULL;
CREATE INDEX payment_due ON payment (expires_at, tenant_id) WHERE state IN ('CREATED', 'PENDING') AND received_minor = 0;

ALTER TABLE "billing_settings" ADD CONSTRAINT "billing_settings_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan" ADD CONSTRAINT "plan_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "pack" ADD CONSTRAINT "pack_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "subscription"
  ADD CONSTRAINT "subscription_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "client"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "subscription_tenant_id_plan_id_fkey" FOREIGN KEY ("tenant_id", "plan_id") REFERENCES "plan"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "subscription_tenant_id_next_plan_id_fkey" FOREIGN KEY ("tenant_id", "next_plan_id") REFERENCES "plan"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "invoice"
  ADD CONSTRAINT "invoice_tenant_id_subscription_id_fkey" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscription"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "invoice_tenant_id_plan_id_fkey" FOREIGN KEY ("tenant_id", "plan_id") REFERENCES "plan"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment"
  ADD CONSTRAINT "payment_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "client"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "payment_tenant_id_pack_id_fkey" FOREIGN KEY ("tenant_id", "pack_id") REFERENCES "pack"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "payment_tenant_id_invoice_id_fkey" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoice"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "payment_tenant_id_grant_txn_id_fkey" FOREIGN KEY ("tenant_id", "grant_txn_id") REFERENCES "ledger_txn"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_receipt"
  ADD CONSTRAINT "payment_receipt_tenant_id_payment_id_fkey" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payment"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "payment_receipt_tenant_id_recorded_by_id_fkey" FOREIGN KEY ("tenant_id", "recorded_by_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "payment_receipt_tenant_id_voided_by_id_fkey" FOREIGN KEY ("tenant_id", "voided_by_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_refund"
  ADD CONSTRAINT "payment_refund_tenant_id_payment_id_fkey" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payment"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "payment_refund_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "client"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "payment_refund_tenant_id_refunded_by_id_fkey" FOREIGN KEY ("tenant_id", "refunded_by_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Limits that no caller may pass, whatever the server checks before.
ALTER TABLE billing_settings
  ADD CONSTRAINT billing_settings_prefix CHECK (reference_prefix ~ '^[A-Z0-9]{1,6}$'),
  ADD CONSTRAINT billing_settings_days CHECK (transfer_days BETWEEN 1 AND 365 AND invoice_lead_days BETWEEN 0 AND 25 AND grace_days BETWEEN 0 AND 365);
ALTER TABLE plan
  ADD CONSTRAINT plan_key CHECK (key ~ '^[A-Z][A-Z0-9_]{0,49}$'),
  ADD CONSTRAINT plan_name CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT plan_amount CHECK (amount_minor BETWEEN 0 AND 1000000000000),
  ADD CONSTRAINT plan_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT plan_interval CHECK (interval IN ('MONTH', 'YEAR')),
  ADD CONSTRAINT plan_credits CHECK (credits_per_month BETWEEN 0 AND 1000000000),
  ADD CONSTRAINT plan_rollover CHECK (rollover IN ('NONE', 'CAP', 'FULL') AND (rollover = 'CAP') = (rollover_cap IS NOT NULL) AND rollover_cap >= 0);
ALTER TABLE pack
  ADD CONSTRAINT pack_key CHECK (key ~ '^[A-Z][A-Z0-9_]{0,49}$'),
  ADD CONSTRAINT pack_name CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT pack_amount CHECK (amount_minor BETWEEN 1 AND 1000000000000),
  ADD CONSTRAINT pack_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT pack_credits CHECK (credits BETWEEN 1 AND 1000000000),
  ADD CONSTRAINT pack_expires_after CHECK (expires_after_months BETWEEN 1 AND 120);
ALTER TABLE subscription
  ADD CONSTRAINT subscription_state CHECK (state IN
    ('INCOMPLETE', 'TRIALING', 'ACTIVE', 'PAST_DUE', 'PAUSED', 'CANCELLED_AT_PERIOD_END', 'CANCELLED', 'EXPIRED')),
  -- Nothing is active before it was paid.
  ADD CONSTRAINT subscription_anchor CHECK (anchor_at IS NOT NULL OR state IN ('INCOMPLETE', 'CANCELLED', 'EXPIRED')),
  ADD CONSTRAINT subscription_period CHECK (num_nulls(anchor_at, time_zone, period_starts_at, period_ends_at) IN (0, 4)
    AND period_ends_at > period_starts_at);
ALTER TABLE invoice
  ADD CONSTRAINT invoice_kind CHECK (kind IN ('FIRST', 'RENEWAL', 'CHANGE')),
  ADD CONSTRAINT invoice_state CHECK (state IN ('OPEN', 'PAID', 'VOID')),
  ADD CONSTRAINT invoice_paid CHECK ((state = 'PAID') = (paid_at IS NOT NULL)),
  ADD CONSTRAINT invoice_period CHECK ((kind = 'RENEWAL') = (period_month IS NOT NULL));
ALTER TABLE payment
  ADD CONSTRAINT payment_state CHECK (state IN ('CREATED', 'PENDING', 'COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED', 'UNKNOWN',
    'PARTIALLY_REFUNDED', 'REFUNDED', 'DISPUTED', 'DISPUTE_LOST')),
  ADD CONSTRAINT payment_transfer_state CHECK (transfer_state IN ('AWAITING_TRANSFER', 'RECEIVED', 'PARTIAL', 'MISMATCH', 'CONFIRMED')),
  ADD CONSTRAINT payment_provider CHECK (provider IN ('LOCAL', 'WISE', 'STRIPE', 'PAYPAL', 'CINETPAY', 'KONNECT')),
  ADD CONSTRAINT payment_bought CHECK (num_nonnulls(pack_id, invoice_id) = 1),
  ADD CONSTRAINT payment_amount CHECK (amount_minor > 0 AND received_minor >= 0 AND refunded_minor BETWEEN 0 AND greatest(amount_minor, received_minor)),
  -- Nothing is granted before it was confirmed, and what was granted stays said.
  ADD CONSTRAINT payment_grant CHECK (grant_txn_id IS NULL OR completed_at IS NOT NULL);
ALTER TABLE payment_receipt
  ADD CONSTRAINT payment_receipt_method CHECK (method IN ('TRANSFER', 'CASH', 'CHEQUE')),
  ADD CONSTRAINT payment_receipt_number CHECK (char_length(receipt_number) BETWEEN 1 AND 50),
  ADD CONSTRAINT payment_receipt_amount CHECK (amount_minor > 0),
  ADD CONSTRAINT payment_receipt_voided CHECK (num_nulls(voided_by_id, voided_at, void_reason) IN (0, 3)),
  -- Four eyes.
  ADD CONSTRAINT payment_receipt_other CHECK (voided_by_id <> recorded_by_id);
ALTER TABLE payment_refund
  ADD CONSTRAINT payment_refund_amount CHECK (amount_minor > 0 AND credits_taken >= 0 AND credits_owed >= 0);

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['billing_settings', 'plan', 'pack', 'subscription', 'invoice', 'payment', 'payment_receipt',
    'payment_refund'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant())',
      tenant_table);
  END LOOP;
END $$;

-- What was received, paid back or billed isn't removed, nor is a receipt changed after it was voided.
REVOKE DELETE, TRUNCATE ON payment, payment_receipt, payment_refund, invoice, subscription, plan, pack FROM nexora_app;
REVOKE UPDATE ON payment_receipt, payment_refund FROM nexora_app;
GRANT UPDATE (voided_by_id, voided_at, void_reason) ON payment_receipt TO nexora_app;

-- The tenants that have something due. Row-level security shows the server one tenant at a time, so it asks this function,
-- which tells ids and nothing else.
CREATE FUNCTION billing_tenants_due(p_at timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT tenant_id FROM subscription WHERE due_at <= p_at
  UNION
  SELECT tenant_id FROM payment WHERE state IN ('CREATED', 'PENDING') AND received_minor = 0 AND expires_at <= p_at
$$;
GRANT SELECT (tenant_id, due_at) ON subscription TO nexora_journal;
GRANT SELECT (tenant_id, state, received_minor, expires_at) ON payment TO nexora_journal;
CREATE POLICY subscriptions_of_all_tenants ON subscription FOR SELECT TO nexora_journal USING (true);
CREATE POLICY payments_of_all_tenants ON payment FOR SELECT TO nexora_journal USING (true);
REVOKE ALL ON FUNCTION billing_tenants_due(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION billing_tenants_due(timestamptz) TO nexora_app;
GRANT CREATE ON SCHEMA public TO nexora_journal;
ALTER FUNCTION billing_tenants_due(timestamptz) OWNER TO nexora_journal;
REVOKE CREATE ON SCHEMA public FROM nexora_journal;
