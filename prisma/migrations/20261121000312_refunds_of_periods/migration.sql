-- What a payment has given so far: its own grant, and those of the later months of the period that it paid.
CREATE TABLE "payment_grant" (
    "tenant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "txn_id" UUID NOT NULL,
    "credits" BIGINT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_grant_pkey" PRIMARY KEY ("tenant_id","payment_id","txn_id")
);

-- Of the months that were still to come when the money went back: they come without these.
ALTER TABLE "payment_refund" ADD COLUMN "credits_withheld" BIGINT NOT NULL DEFAULT 0;

-- What of the credits that a client owed was settled: from credits that were granted later, or as somebody of the team says.
CREATE TABLE "refund_settlement" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "refund_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "credits" BIGINT NOT NULL,
    "txn_id" UUID,
    "settled_by_id" UUID,
    "reason" TEXT NOT NULL,
    "settled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refund_settlement_pkey" PRIMARY KEY ("tenant_id","id")
);

-- Row-level security is forced on the owner, too: he sees the payments of all tenants for this one statement.
DO $$
BEGIN
  ALTER TABLE payment NO FORCE ROW LEVEL SECURITY;
  INSERT INTO payment_grant (tenant_id, payment_id, txn_id, credits, granted_at)
  SELECT tenant_id, id, grant_txn_id, credits, completed_at FROM payment WHERE grant_txn_id IS NOT NULL;
  ALTER TABLE payment FORCE ROW LEVEL SECURITY;
END $$;

CREATE INDEX "payment_refund_tenant_id_client_id_id_idx" ON "payment_refund"("tenant_id", "client_id", "id");
CREATE INDEX "refund_settlement_tenant_id_refund_id_idx" ON "refund_settlement"("tenant_id", "refund_id");

ALTER TABLE "payment_grant"
  ADD CONSTRAINT "payment_grant_tenant_id_payment_id_fkey" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payment"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "payment_grant_tenant_id_txn_id_fkey" FOREIGN KEY ("tenant_id", "txn_id") REFERENCES "ledger_txn"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT payment_grant_credits CHECK (credits > 0);
ALTER TABLE "payment_refund" ADD CONSTRAINT payment_refund_withheld CHECK (credits_withheld >= 0);
ALTER TABLE "refund_settlement"
  ADD CONSTRAINT "refund_settlement_tenant_id_refund_id_fkey" FOREIGN KEY ("tenant_id", "refund_id") REFERENCES "payment_refund"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "refund_settlement_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "client"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "refund_settlement_tenant_id_txn_id_fkey" FOREIGN KEY ("tenant_id", "txn_id") REFERENCES "ledger_txn"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "refund_settlement_tenant_id_settled_by_id_fkey" FOREIGN KEY ("tenant_id", "settled_by_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT refund_settlement_credits CHECK (credits > 0),
  ADD CONSTRAINT refund_settlement_how CHECK (num_nonnulls(txn_id, settled_by_id) = 1);

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['payment_grant', 'refund_settlement'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant())',
      tenant_table);
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM nexora_app', tenant_table);
  END LOOP;
END $$;
