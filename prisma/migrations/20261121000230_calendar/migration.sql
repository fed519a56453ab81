CREATE EXTENSION IF NOT EXISTS btree_gist; -- trusted: whoever may create in the database may create it

-- CreateTable
CREATE TABLE "resource" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" TEXT NOT NULL,
    "name" TEXT,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "resource_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "slot_claim" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "resource_id" UUID NOT NULL,
    "session_id" UUID,
    "kind" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "busy_from" TIMESTAMPTZ(3) NOT NULL,
    "busy_to" TIMESTAMPTZ(3) NOT NULL,
    "hold_until" TIMESTAMPTZ(3),
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "slot_claim_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "session_type" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "subjects" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "duration_min" INTEGER NOT NULL,
    "grid_min" INTEGER NOT NULL,
    "buffer_before_min" INTEGER NOT NULL DEFAULT 0,
    "buffer_after_min" INTEGER NOT NULL DEFAULT 0,
    "minimum_notice_min" INTEGER NOT NULL DEFAULT 0,
    "booking_window_days" INTEGER NOT NULL DEFAULT 60,
    "seats" INTEGER NOT NULL DEFAULT 1,
    "credit_cost" BIGINT NOT NULL,
    "is_confirmed_at_booking" BOOLEAN NOT NULL DEFAULT true,
    "cancellation_notice_min" INTEGER NOT NULL DEFAULT 1440,
    "late_cancellation" TEXT NOT NULL DEFAULT 'REFUSED',
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "session_type_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "session_type_resource" (
    "tenant_id" UUID NOT NULL,
    "session_type_id" UUID NOT NULL,
    "resource_id" UUID NOT NULL,

    CONSTRAINT "session_type_resource_pkey" PRIMARY KEY ("tenant_id","session_type_id","resource_id")
);

-- CreateTable
CREATE TABLE "availability" (
    "tenant_id" UUID NOT NULL,
    "coach_id" UUID NOT NULL,
    "time_zone" TEXT NOT NULL,
    "day_limit" INTEGER,
    "week_limit" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "availability_pkey" PRIMARY KEY ("tenant_id","coach_id")
);

-- CreateTable
CREATE TABLE "availability_rule" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "coach_id" UUID NOT NULL,
    "weekday" INTEGER NOT NULL,
    "start_minute" INTEGER NOT NULL,
    "end_minute" INTEGER NOT NULL,

    CONSTRAINT "availability_rule_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "availability_override" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "coach_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "start_minutes" INTEGER[],
    "end_minutes" INTEGER[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "availability_override_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "time_off" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "resource_id" UUID NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "time_off_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "resource_tenant_id_kind_name_id_idx" ON "resource"("tenant_id", "kind", "name", "id");

-- CreateIndex
CREATE INDEX "slot_claim_tenant_id_session_id_idx" ON "slot_claim"("tenant_id", "session_id");

-- CreateIndex
CREATE INDEX "session_type_tenant_id_created_at_id_idx" ON "session_type"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "session_type_resource_tenant_id_resource_id_idx" ON "session_type_resource"("tenant_id", "resource_id");

-- CreateIndex
CREATE INDEX "availability_rule_tenant_id_coach_id_idx" ON "availability_rule"("tenant_id", "coach_id");

-- CreateIndex
CREATE UNIQUE INDEX "availability_override_tenant_id_coach_id_day_key" ON "availability_override"("tenant_id", "coach_id", "day");

-- CreateIndex
CREATE INDEX "time_off_tenant_id_resource_id_idx" ON "time_off"("tenant_id", "resource_id");

-- AddForeignKey
ALTER TABLE "resource" ADD CONSTRAINT "resource_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot_claim" ADD CONSTRAINT "slot_claim_tenant_id_resource_id_fkey" FOREIGN KEY ("tenant_id", "resource_id") REFERENCES "resource"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_type" ADD CONSTRAINT "session_type_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_type_resource" ADD CONSTRAINT "session_type_resource_tenant_id_session_type_id_fkey" FOREIGN KEY ("tenant_id", "session_type_id") REFERENCES "session_type"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_type_resource" ADD CONSTRAINT "session_type_resource_tenant_id_resource_id_fkey" FOREIGN KEY ("tenant_id", "resource_id") REFERENCES "resource"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability" ADD CONSTRAINT "availability_tenant_id_coach_id_fkey" FOREIGN KEY ("tenant_id", "coach_id") REFERENCES "coach"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_rule" ADD CONSTRAINT "availability_rule_tenant_id_coach_id_fkey" FOREIGN KEY ("tenant_id", "coach_id") REFERENCES "availability"("tenant_id", "coach_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_override" ADD CONSTRAINT "availability_override_tenant_id_coach_id_fkey" FOREIGN KEY ("tenant_id", "coach_id") REFERENCES "availability"("tenant_id", "coach_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_tenant_id_id_fkey" FOREIGN KEY ("tenant_id", "id") REFERENCES "slot_claim"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_tenant_id_resource_id_fkey" FOREIGN KEY ("tenant_id", "resource_id") REFERENCES "resource"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['resource', 'slot_claim', 'session_type', 'session_type_resource', 'availability',
    'availability_rule', 'availability_override', 'time_off'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant())',
      tenant_table);
  END LOOP;
END $$;

-- What can be claimed. A coach's and a learner's resource has his own id, and is there as soon as he is.
ALTER TABLE resource
  ADD CONSTRAINT resource_kind CHECK (kind IN ('COACH', 'LEARNER', 'ROOM')),
  ADD CONSTRAINT resource_name CHECK ((kind = 'ROOM') = (name IS NOT NULL) AND char_length(name) BETWEEN 1 AND 200);

CREATE FUNCTION resource_of_person() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO resource (tenant_id, id, kind) VALUES (NEW.tenant_id, NEW.id, upper(TG_TABLE_NAME));
  RETURN NULL;
END $$;
CREATE TRIGGER coach_resource AFTER INSERT ON coach FOR EACH ROW EXECUTE FUNCTION resource_of_person();
CREATE TRIGGER learner_resource AFTER INSERT ON learner FOR EACH ROW EXECUTE FUNCTION resource_of_person();
-- Row-level security is forced on the owner, too: he sees the people of all tenants for this one statement.
DO $$
BEGIN
  ALTER TABLE coach NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE learner NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE resource NO FORCE ROW LEVEL SECURITY;
  INSERT INTO resource (tenant_id, id, kind) SELECT tenant_id, id, 'COACH' FROM coach;
  INSERT INTO resource (tenant_id, id, kind) SELECT tenant_id, id, 'LEARNER' FROM learner;
  ALTER TABLE coach FORCE ROW LEVEL SECURITY;
  ALTER TABLE learner FORCE ROW LEVEL SECURITY;
  ALTER TABLE resource FORCE ROW LEVEL SECURITY;
END $$;

-- The time that a resource is taken, buffers included. Insert ON CONFLICT ON CONSTRAINT slot_claim_no_overlap DO NOTHING, in
-- ascending order of resources: plain inserts that roll back deadlock. starts_at and ends_at are without the buffers.
ALTER TABLE slot_claim
  ADD CONSTRAINT slot_claim_kind CHECK (kind IN ('BOOKING', 'HOLD', 'TIMEOFF', 'EXTERNAL')),
  ADD CONSTRAINT slot_claim_interval CHECK (busy_to > busy_from),
  ADD CONSTRAINT slot_claim_buffers CHECK (busy_from <= starts_at AND starts_at < ends_at AND ends_at <= busy_to),
  ADD CONSTRAINT slot_claim_hold CHECK ((kind = 'HOLD') = (hold_until IS NOT NULL)),
  ADD CONSTRAINT slot_claim_no_overlap EXCLUDE USING gist (tenant_id WITH =, resource_id WITH =,
    tstzrange(busy_from, busy_to, '[)') WITH &&) WHERE (released_at IS NULL);

-- For reading. The constraint's index can't serve: under row-level security only leakproof operators use one, and && isn't.
CREATE INDEX slot_claim_busy ON slot_claim (tenant_id, resource_id, busy_to) WHERE released_at IS NULL;

ALTER TABLE session_type
  ADD CONSTRAINT session_type_kind CHECK (kind IN ('ONLINE', 'ON_SITE', 'GROUP')),
  ADD CONSTRAINT session_type_name CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT session_type_description CHECK (char_length(description) <= 2000),
  ADD CONSTRAINT session_type_subjects CHECK (cardinality(subjects) <= 50),
  ADD CONSTRAINT session_type_duration CHECK (duration_min BETWEEN 5 AND 1440 AND grid_min BETWEEN 5 AND 1440),
  ADD CONSTRAINT session_type_buffers CHECK (buffer_before_min BETWEEN 0 AND 1440 AND buffer_after_min BETWEEN 0 AND 1440),
  ADD CONSTRAINT session_type_notice CHECK (minimum_notice_min BETWEEN 0 AND 525600),
  ADD CONSTRAINT session_type_window CHECK (booking_window_days BETWEEN 1 AND 730),
  ADD CONSTRAINT session_type_seats CHECK (seats BETWEEN 1 AND 1000 AND (kind = 'GROUP' OR seats = 1)),
  ADD CONSTRAINT session_type_cost CHECK (credit_cost BETWEEN 0 AND 1000000000),
  ADD CONSTRAINT session_type_cancellation CHECK (cancellation_notice_min BETWEEN 0 AND 525600),
  ADD CONSTRAINT session_type_late_cancellation CHECK (late_cancellation IN ('REFUSED', 'UNPAID'));

ALTER TABLE availability
  ADD CONSTRAINT availability_limits CHECK (day_limit BETWEEN 1 AND 100 AND week_limit BETWEEN 1 AND 500);

-- Minutes since midnight on the clock of the coach's zone; 1440 is the end of the day.
ALTER TABLE availability_rule
  ADD CONSTRAINT availability_rule_weekday CHECK (weekday BETWEEN 1 AND 7),
  ADD CONSTRAINT availability_rule_hours CHECK (0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440);

-- The hours of one date instead of the weekly ones; none: closed.
ALTER TABLE availability_override
  ADD CONSTRAINT availability_override_hours
    CHECK (cardinality(start_minutes) = cardinality(end_minutes) AND cardinality(start_minutes) <= 20);

-- When it is stands in its claim, which has the same id.
ALTER TABLE time_off ADD CONSTRAINT time_off_reason CHECK (char_length(reason) <= 500);
