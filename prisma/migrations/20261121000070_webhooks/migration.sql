-- CreateTable
CREATE TABLE "webhook_endpoint" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "event_types" TEXT[],
    "document" TEXT,
    "scopes" TEXT[],
    "status" TEXT NOT NULL DEFAULT 'ENABLED',
    "disabled_reason" TEXT,
    "disabled_at" TIMESTAMPTZ(3),
    "position" BIGINT NOT NULL,
    "secret" BYTEA NOT NULL,
    "previous_secret" BYTEA,
    "previous_secret_expires_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "paused_until" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'EVENT',
    "position" BIGINT,
    "entry_id" UUID,
    "type" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "round_start" INTEGER NOT NULL DEFAULT 0,
    "is_claimed" BOOLEAN NOT NULL DEFAULT false,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_status_code" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "webhook_attempt" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" TEXT NOT NULL DEFAULT 'RUNNING',
    "duration_ms" INTEGER,
    "status_code" INTEGER,
    "error" TEXT,
    "answer" TEXT,

    CONSTRAINT "webhook_attempt_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "webhook_endpoint_tenant_id_created_at_id_idx" ON "webhook_endpoint"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_delivery_tenant_id_created_at_id_idx" ON "webhook_delivery"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_delivery_tenant_id_endpoint_id_created_at_id_idx" ON "webhook_delivery"("tenant_id", "endpoint_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_delivery_tenant_id_status_created_at_id_idx" ON "webhook_delivery"("tenant_id", "status", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_delivery_tenant_id_type_created_at_id_idx" ON "webhook_delivery"("tenant_id", "type", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_delivery_tenant_id_endpoint_id_changed_at_idx" ON "webhook_delivery"("tenant_id", "endpoint_id", "changed_at");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_tenant_id_position_endpoint_id_key" ON "webhook_delivery"("tenant_id", "position", "endpoint_id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_attempt_tenant_id_delivery_id_number_key" ON "webhook_attempt"("tenant_id", "delivery_id", "number");

-- AddForeignKey
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_tenant_id_endpoint_id_fkey" FOREIGN KEY ("tenant_id", "endpoint_id") REFERENCES "webhook_endpoint"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_attempt" ADD CONSTRAINT "webhook_attempt_tenant_id_delivery_id_fkey" FOREIGN KEY ("tenant_id", "delivery_id") REFERENCES "webhook_delivery"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['webhook_endpoint', 'webhook_delivery', 'webhook_attempt'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant())',
      tenant_table);
  END LOOP;
END $$;

ALTER TABLE webhook_endpoint
  ADD CONSTRAINT webhook_endpoint_status CHECK (status IN ('ENABLED', 'DISABLED')),
  ADD CONSTRAINT webhook_endpoint_disabled CHECK ((status = 'DISABLED') = (disabled_reason IS NOT NULL)),
  ADD CONSTRAINT webhook_endpoint_url CHECK (char_length(url) BETWEEN 1 AND 2000);
ALTER TABLE webhook_delivery
  ADD CONSTRAINT webhook_delivery_status CHECK (status IN ('PENDING', 'SUCCEEDED', 'FAILED')),
  ADD CONSTRAINT webhook_delivery_kind CHECK (kind IN ('EVENT', 'TEST') AND (kind = 'TEST') = (position IS NULL)),
  -- What is done isn't due.
  ADD CONSTRAINT webhook_delivery_due CHECK (status = 'PENDING' OR (next_attempt_at IS NULL AND NOT is_claimed));

-- Of each subject's pending deliveries one is due at some time, the others wait for it: so what is due never has to be
-- searched among what waits.
CREATE INDEX webhook_delivery_due ON webhook_delivery (tenant_id, endpoint_id, next_attempt_at)
  WHERE next_attempt_at IS NOT NULL AND kind = 'EVENT';
CREATE INDEX webhook_delivery_due_test ON webhook_delivery (tenant_id, endpoint_id, next_attempt_at)
  WHERE next_attempt_at IS NOT NULL AND kind = 'TEST';
CREATE UNIQUE INDEX webhook_delivery_first_of_subject ON webhook_delivery (tenant_id, endpoint_id, subject_id)
  WHERE next_attempt_at IS NOT NULL AND kind = 'EVENT';
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (tenant_id, endpoint_id, subject_id, position)
  WHERE status = 'PENDING' AND kind = 'EVENT';
CREATE INDEX webhook_delivery_finished ON webhook_delivery (tenant_id, endpoint_id, finished_at)
  WHERE finished_at IS NOT NULL;

-- The endpoints of all tenants that have something to do now: entries to plan or deliveries that are due. Row-level
-- security shows the server one tenant at a time, so it asks this function, which tells ids and nothing else.
CREATE FUNCTION webhooks_with_work() RETURNS TABLE (tenant_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT e.tenant_id, e.id
  FROM webhook_endpoint e JOIN journal_head h ON h.tenant_id = e.tenant_id
  WHERE (e.status = 'ENABLED' AND coalesce(e.paused_until, '-infinity') <= now() AND (
      e.position < h.position
      OR EXISTS (SELECT FROM webhook_delivery d WHERE d.tenant_id = e.tenant_id AND d.endpoint_id = e.id
                 AND d.kind = 'EVENT' AND d.next_attempt_at <= now())))
    OR EXISTS (SELECT FROM webhook_delivery d WHERE d.tenant_id = e.tenant_id AND d.endpoint_id = e.id
               AND d.kind = 'TEST' AND d.next_attempt_at <= now())
$$;

-- The endpoints of all tenants that have something to forget.
CREATE FUNCTION webhooks_to_clean(finished_before timestamptz) RETURNS TABLE (tenant_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT e.tenant_id, e.id
  FROM webhook_endpoint e
  WHERE e.previous_secret_expires_at <= now()
    OR EXISTS (SELECT FROM webhook_delivery d WHERE d.tenant_id = e.tenant_id AND d.endpoint_id = e.id
               AND d.finished_at < finished_before)
$$;

GRANT SELECT (tenant_id, id, status, position, paused_until, previous_secret_expires_at) ON webhook_endpoint TO nexora_journal;
GRANT SELECT (tenant_id, endpoint_id, kind, next_attempt_at, finished_at) ON webhook_delivery TO nexora_journal;
CREATE POLICY endpoints_of_all_tenants ON webhook_endpoint FOR SELECT TO nexora_journal USING (true);
CREATE POLICY deliveries_of_all_tenants ON webhook_delivery FOR SELECT TO nexora_journal USING (true);
GRANT CREATE ON SCHEMA public TO nexora_journal;
ALTER FUNCTION webhooks_with_work() OWNER TO nexora_journal;
ALTER FUNCTION webhooks_to_clean(timestamptz) OWNER TO nexora_journal;
REVOKE CREATE ON SCHEMA public FROM nexora_journal;
REVOKE ALL ON FUNCTION webhooks_with_work(), webhooks_to_clean(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION webhooks_with_work(), webhooks_to_clean(timestamptz) TO nexora_app;
