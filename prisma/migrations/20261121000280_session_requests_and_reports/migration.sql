-- CreateTable
CREATE TABLE "monthly_report" (
    "tenant_id" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "last_client_id" UUID,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "monthly_report_pkey" PRIMARY KEY ("tenant_id","month")
);

-- AddForeignKey
ALTER TABLE "monthly_report" ADD CONSTRAINT "monthly_report_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------------------
-- What Prisma can't express.
-- ---------------------------------------------------------------------------------------------------------------------

ALTER TABLE monthly_report ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON monthly_report USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());
ALTER TABLE monthly_report
  ADD CONSTRAINT monthly_report_month CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
  ADD CONSTRAINT monthly_report_interval CHECK (starts_at < ends_at);
-- Of all tenants: the sweeps ask which ones have something to do.
CREATE INDEX monthly_report_due ON monthly_report (tenant_id) WHERE finished_at IS NULL;
CREATE INDEX session_pending ON session (starts_at, tenant_id) WHERE status = 'PENDING';

-- Tenants whose clients haven't all been told of a month.
GRANT SELECT (tenant_id, finished_at) ON monthly_report TO nexora_journal;
CREATE POLICY reports_of_all_tenants ON monthly_report FOR SELECT TO nexora_journal USING (finished_at IS NULL);
CREATE FUNCTION monthly_reports_due() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT tenant_id FROM monthly_report WHERE finished_at IS NULL
$$;

-- Tenants that have sessions which should have begun, and which nobody has confirmed.
GRANT SELECT (tenant_id, status, starts_at) ON session TO nexora_journal;
CREATE POLICY requests_of_all_tenants ON session FOR SELECT TO nexora_journal USING (status = 'PENDING');
CREATE FUNCTION session_requests_due(p_at timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT tenant_id FROM session WHERE status = 'PENDING' AND starts_at <= p_at
$$;

REVOKE ALL ON FUNCTION monthly_reports_due(), session_requests_due(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION monthly_reports_due(), session_requests_due(timestamptz) TO nexora_app;
GRANT CREATE ON SCHEMA public TO nexora_journal;
ALTER FUNCTION monthly_reports_due() OWNER TO nexora_journal;
ALTER FUNCTION session_requests_due(timestamptz) OWNER TO nexora_journal;
REVOKE CREATE ON SCHEMA public FROM nexora_journal;
