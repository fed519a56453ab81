-- An invoice is a document of its own: it has a number, lines and a client, and packs are billed, too.
ALTER TABLE "invoice"
  ADD COLUMN "client_id" UUID,
  ADD COLUMN "pack_id" UUID,
  ADD COLUMN "number" TEXT,
  -- What is billed: [{"description", "quantity", "unitMinor", "startsAt", "endsAt"}].
  ADD COLUMN "lines" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "due_at" TIMESTAMPTZ(3),
  -- Of a renewal: the first day of the count that period_month belongs to. A subscription that begins anew counts anew.
  ADD COLUMN "anchor_at" TIMESTAMPTZ(3),
  -- When it was called off, after which it bills no period any more. Money that comes all the same makes it PAID.
  ADD COLUMN "dropped_at" TIMESTAMPTZ(3),
  ALTER COLUMN "subscription_id" DROP NOT NULL,
  ALTER COLUMN "plan_id" DROP NOT NULL;

-- The last number of each year, in the tenant's zone. The row is locked until the invoice is committed: no number is left out.
CREATE TABLE "invoice_counter" (
    "tenant_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "last_number" INTEGER NOT NULL,

    CONSTRAINT "invoice_counter_pkey" PRIMARY KEY ("tenant_id","year")
);

-- Row-level security is forced on the owner, too: he sees the invoices of all tenants for these statements.
DO $$
DECLARE
  seen text;
BEGIN
  FOREACH seen IN ARRAY ARRAY['invoice', 'subscription', 'plan', 'payment', 'tenant'] LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', seen);
  END LOOP;
  UPDATE invoice i SET
    client_id = s.client_id,
    anchor_at = CASE WHEN i.period_month IS NOT NULL THEN s.anchor_at END,
    dropped_at = CASE WHEN i.state = 'VOID' THEN i.issued_at END,
    lines = jsonb_build_array(jsonb_build_object('description', p.name, 'quantity', 1, 'unitMinor', i.amount_minor::text,
      'startsAt', NULL, 'endsAt', NULL)),
    due_at = coalesce((SELECT min(y.expires_at) FROM payment y WHERE y.tenant_id = i.tenant_id AND y.invoice_id = i.id), i.issued_at)
  FROM subscription s, plan p
  WHERE s.tenant_id = i.tenant_id AND s.id = i.subscription_id AND p.tenant_id = i.tenant_id AND p.id = i.plan_id;
  WITH numbered AS (
    SELECT i.tenant_id, i.id, y.year, row_number() OVER (PARTITION BY i.tenant_id, y.year ORDER BY i.issued_at, i.id) AS n
    FROM invoice i JOIN tenant t ON t.id = i.tenant_id
    CROSS JOIN LATERAL (SELECT extract(year FROM i.issued_at AT TIME ZONE t.time_zone)::integer AS year) AS y
  )
  UPDATE invoice i SET number = n.year || '-' || lpad(n.n::text, greatest(6, length(n.n::text)), '0')
  FROM numbered n WHERE n.tenant_id = i.tenant_id AND n.id = i.id;
  INSERT INTO invoice_counter (tenant_id, year, last_number)
  SELECT tenant_id, split_part(number, '-', 1)::integer, count(*) FROM invoice GROUP BY 1, 2;
  FOREACH seen IN ARRAY ARRAY['invoice', 'subscription', 'plan', 'payment', 'tenant'] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', seen);
  END LOOP;
END $$;

ALTER TABLE "invoice"
  ALTER COLUMN "client_id" SET NOT NULL,
  ALTER COLUMN "number" SET NOT NULL,
  ALTER COLUMN "due_at" SET NOT NULL;

CREATE UNIQUE INDEX "invoice_tenant_id_number_key" ON "invoice"("tenant_id", "number");
CREATE INDEX "invoice_tenant_id_issued_at_id_idx" ON "invoice"("tenant_id", "issued_at", "id");
CREATE INDEX "invoice_tenant_id_due_at_id_idx" ON "invoice"("tenant_id", "due_at", "id");
CREATE INDEX "invoice_tenant_id_client_id_issued_at_id_idx" ON "invoice"("tenant_id", "client_id", "issued_at", "id");
CREATE INDEX "invoice_tenant_id_state_issued_at_id_idx" ON "invoice"("tenant_id", "state", "issued_at", "id");
-- A period is billed once.
DROP INDEX invoice_of_period;
CREATE UNIQUE INDEX invoice_of_period ON invoice (tenant_id, subscription_id, anchor_at, period_month) WHERE dropped_at IS NULL;

ALTER TABLE "invoice_counter" ADD CONSTRAINT "invoice_counter_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "invoice"
  ADD CONSTRAINT "invoice_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "client"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "invoice_tenant_id_pack_id_fkey" FOREIGN KEY ("tenant_id", "pack_id") REFERENCES "pack"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE invoice
  DROP CONSTRAINT invoice_kind,
  ADD CONSTRAINT invoice_kind CHECK (kind IN ('PACK', 'FIRST', 'RENEWAL', 'CHANGE')),
  ADD CONSTRAINT invoice_bills CHECK (CASE kind WHEN 'PACK' THEN pack_id IS NOT NULL AND num_nonnulls(subscription_id, plan_id) = 0
    ELSE pack_id IS NULL AND num_nulls(subscription_id, plan_id) = 0 END),
  ADD CONSTRAINT invoice_number CHECK (number ~ '^\d{4}-\d{6,}$'),
  ADD CONSTRAINT invoice_dropped CHECK (state <> 'VOID' OR dropped_at IS NOT NULL);
-- Packs that were sold before have a payment only.
ALTER TABLE payment
  DROP CONSTRAINT payment_bought,
  ADD CONSTRAINT payment_bought CHECK (num_nonnulls(pack_id, invoice_id) >= 1);

ALTER TABLE invoice_counter ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON invoice_counter USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());
REVOKE DELETE, TRUNCATE ON invoice_counter FROM nexora_app;
