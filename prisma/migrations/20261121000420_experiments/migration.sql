-- Experiments: what is tried, who got what, and what came of it.

CREATE TABLE "experiment" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hypothesis" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'DRAFT',
    "allocation" TEXT NOT NULL,
    "mode" TEXT NOT NULL DEFAULT 'POOLED',
    "metric_kind" TEXT NOT NULL,
    "metric_event" TEXT NOT NULL,
    "metric_direction" TEXT NOT NULL,
    "targeting" JSONB,
    "coverage" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "namespace" TEXT,
    "namespace_from" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "namespace_to" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "holdout" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "conversion_window_hours" INTEGER NOT NULL DEFAULT 168,
    "salt" TEXT NOT NULL,
    "winner_key" TEXT,
    "is_rolled_out" BOOLEAN NOT NULL DEFAULT false,
    "started_at" TIMESTAMPTZ(3),
    "concluded_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "experiment_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "experiment_variant" (
    "tenant_id" UUID NOT NULL,
    "experiment_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "weight" DOUBLE PRECISION NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'ACTIVE',

    CONSTRAINT "experiment_variant_pkey" PRIMARY KEY ("tenant_id","experiment_id","key")
);

CREATE TABLE "experiment_weight" (
    "tenant_id" UUID NOT NULL,
    "experiment_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "weights" JSONB NOT NULL,
    "told_weights" JSONB NOT NULL,
    "counted_exposures" BIGINT NOT NULL DEFAULT 0,
    "counted_conversions" BIGINT NOT NULL DEFAULT 0,
    "sample_ratio" JSONB NOT NULL DEFAULT '{}',
    "has_alarm" BOOLEAN NOT NULL DEFAULT false,
    "refreshed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "experiment_weight_pkey" PRIMARY KEY ("tenant_id","experiment_id")
);

CREATE TABLE "experiment_assignment" (
    "tenant_id" UUID NOT NULL,
    "subject_id" TEXT NOT NULL,
    "experiment_id" UUID NOT NULL,
    "variant_key" TEXT NOT NULL,
    "weight_version" INTEGER NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,
    "exposed_at" TIMESTAMPTZ(3) NOT NULL,
    "origin_id" TEXT NOT NULL,
    "is_excluded" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "experiment_assignment_pkey" PRIMARY KEY ("tenant_id","subject_id","experiment_id")
);

CREATE TABLE "experiment_counter" (
    "tenant_id" UUID NOT NULL,
    "experiment_id" UUID NOT NULL,
    "variant_key" TEXT NOT NULL,
    "shard" SMALLINT NOT NULL,
    "exposures" BIGINT NOT NULL DEFAULT 0,
    "expected" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "conversions" BIGINT NOT NULL DEFAULT 0,
    "inverse" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "inverse_squares" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "converted_inverse" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "value_sum" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "value_squares" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "experiment_counter_pkey" PRIMARY KEY ("tenant_id","experiment_id","variant_key","shard")
);

CREATE TABLE "experiment_conversion" (
    "tenant_id" UUID NOT NULL,
    "subject_id" TEXT NOT NULL,
    "experiment_id" UUID NOT NULL,
    "variant_key" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "converted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "experiment_conversion_pkey" PRIMARY KEY ("tenant_id","subject_id","experiment_id")
);

CREATE UNIQUE INDEX "experiment_tenant_id_key_key" ON "experiment"("tenant_id", "key");
CREATE INDEX "experiment_tenant_id_created_at_id_idx" ON "experiment"("tenant_id", "created_at", "id");
CREATE INDEX "experiment_tenant_id_key_id_idx" ON "experiment"("tenant_id", "key", "id");
CREATE INDEX "experiment_tenant_id_status_created_at_id_idx" ON "experiment"("tenant_id", "status", "created_at", "id");
CREATE INDEX "experiment_tenant_id_status_key_id_idx" ON "experiment"("tenant_id", "status", "key", "id");
CREATE INDEX "experiment_tenant_id_metric_event_idx" ON "experiment"("tenant_id", "metric_event");
CREATE INDEX "experiment_assignment_tenant_id_experiment_id_idx" ON "experiment_assignment"("tenant_id", "experiment_id");
CREATE INDEX "experiment_conversion_tenant_id_experiment_id_idx" ON "experiment_conversion"("tenant_id", "experiment_id");

ALTER TABLE "experiment" ADD CONSTRAINT "experiment_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "experiment_variant" ADD CONSTRAINT "experiment_variant_tenant_id_experiment_id_fkey" FOREIGN KEY ("tenant_id", "experiment_id") REFERENCES "experiment"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "experiment_weight" ADD CONSTRAINT "experiment_weight_tenant_id_experiment_id_fkey" FOREIGN KEY ("tenant_id", "experiment_id") REFERENCES "experiment"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "experiment_assignment" ADD CONSTRAINT "experiment_assignment_tenant_id_experiment_id_fkey" FOREIGN KEY ("tenant_id", "experiment_id") REFERENCES "experiment"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "experiment_counter" ADD CONSTRAINT "experiment_counter_tenant_id_experiment_id_variant_key_fkey" FOREIGN KEY ("tenant_id", "experiment_id", "variant_key") REFERENCES "experiment_variant"("tenant_id", "experiment_id", "key") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "experiment_conversion" ADD CONSTRAINT "experiment_conversion_tenant_id_experiment_id_fkey" FOREIGN KEY ("tenant_id", "experiment_id") REFERENCES "experiment"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['experiment', 'experiment_variant', 'experiment_weight', 'experiment_assignment', 'experiment_counter', 'experiment_conversion'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant())',
      tenant_table);
  END LOOP;
END $$;

ALTER TABLE experiment
  ADD CONSTRAINT experiment_status CHECK (status IN ('DRAFT', 'RUNNING', 'PAUSED', 'CONCLUDED')),
  ADD CONSTRAINT experiment_allocation CHECK (allocation IN ('FIXED', 'THOMPSON')),
  ADD CONSTRAINT experiment_mode CHECK (mode IN ('POOLED', 'SEASONAL')),
  ADD CONSTRAINT experiment_metric CHECK (metric_kind IN ('CONVERSION', 'REVENUE', 'DURATION') AND metric_direction IN ('MAXIMISE', 'MINIMISE')),
  ADD CONSTRAINT experiment_shares CHECK (coverage BETWEEN 0 AND 1 AND holdout BETWEEN 0 AND 1
    AND 0 <= namespace_from AND namespace_from < namespace_to AND namespace_to <= 1),
  ADD CONSTRAINT experiment_concluded CHECK ((status = 'CONCLUDED') = (concluded_at IS NOT NULL) AND (winner_key IS NOT NULL OR NOT is_rolled_out));
ALTER TABLE experiment_variant
  ADD CONSTRAINT experiment_variant_state CHECK (state IN ('ACTIVE', 'PAUSED', 'DROPPED')),
  ADD CONSTRAINT experiment_variant_weight CHECK (weight BETWEEN 0 AND 1);
ALTER TABLE experiment_assignment ADD CONSTRAINT experiment_assignment_probability CHECK (probability > 0 AND probability <= 1);
-- Rows that are updated all the time keep their place on their page.
ALTER TABLE experiment_counter SET (fillfactor = 50);
ALTER TABLE experiment_weight SET (fillfactor = 50);
