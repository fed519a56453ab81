-- CreateTable
CREATE TABLE "session" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "session_type_id" UUID NOT NULL,
    "coach_id" UUID NOT NULL,
    "room_id" UUID,
    "series_id" UUID,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "busy_from" TIMESTAMPTZ(3) NOT NULL,
    "busy_to" TIMESTAMPTZ(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "local_start" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL,
    "taken" INTEGER NOT NULL,
    "meeting_room" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "cancel_reason" TEXT,
    "booked_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "session_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "booking" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "session_id" UUID NOT NULL,
    "learner_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "credits" BIGINT NOT NULL,
    "hold_id" UUID,
    "payment" TEXT NOT NULL,
    "cancellation_notice_min" INTEGER NOT NULL,
    "late_cancellation" TEXT NOT NULL,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "booked_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "booking_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "session_series" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "weeks" INTEGER NOT NULL,
    "booked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_series_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "session_report" (
    "tenant_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "summary" TEXT NOT NULL,
    "topics" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "homework" TEXT,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_report_pkey" PRIMARY KEY ("tenant_id","session_id")
);

-- CreateTable
CREATE TABLE "waiting_list_entry" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "session_type_id" UUID NOT NULL,
    "coach_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "session_id" UUID,
    "learner_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "offered_until" TIMESTAMPTZ(3),

    CONSTRAINT "waiting_list_entry_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "calendar_feed" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "member_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "session_tenant_id_starts_at_id_idx" ON "session"("tenant_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "session_tenant_id_coach_id_starts_at_idx" ON "session"("tenant_id", "coach_id", "starts_at");

-- CreateIndex
CREATE INDEX "session_tenant_id_session_type_id_starts_at_idx" ON "session"("tenant_id", "session_type_id", "starts_at");

-- CreateIndex
CREATE INDEX "session_tenant_id_series_id_idx" ON "session"("tenant_id", "series_id");

-- CreateIndex
CREATE INDEX "booking_tenant_id_session_id_idx" ON "booking"("tenant_id", "session_id");

-- CreateIndex
CREATE INDEX "booking_tenant_id_learner_id_idx" ON "booking"("tenant_id", "learner_id");

-- CreateIndex
CREATE INDEX "booking_tenant_id_client_id_idx" ON "booking"("tenant_id", "client_id");

-- CreateIndex
CREATE INDEX "waiting_list_entry_tenant_id_coach_id_starts_at_idx" ON "waiting_list_entry"("tenant_id", "coach_id", "starts_at");

-- CreateIndex
CREATE INDEX "waiting_list_entry_tenant_id_learner_id_idx" ON "waiting_list_entry"("tenant_id", "learner_id");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feed_tenant_id_member_id_key" ON "calendar_feed"("tenant_id", "member_id");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_tenant_id_session_type_id_fkey" FOREIGN KEY ("tenant_id", "session_type_id") REFERENCES "session_type"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_tenant_id_coach_id_fkey" FOREIGN KEY ("tenant_id", "coach_id") REFERENCES "coach"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_tenant_id_room_id_fkey" FOREIGN KEY ("tenant_id", "room_id") REFERENCES "resource"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_tenant_id_series_id_fkey" FOREIGN KEY ("tenant_id", "series_id") REFERENCES "session_series"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "booking" ADD CONSTRAINT "booking_tenant_id_session_id_fkey" FOREIGN KEY ("tenant_id", "session_id") REFERENCES "session"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "booking" ADD CONSTRAINT "booking_tenant_id_learner_id_fkey" FOREIGN KEY ("tenant_id", "learner_id") REFERENCES "learner"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "booking" ADD CONSTRAINT "booking_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "client"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "booking" ADD CONSTRAINT "booking_tenant_id_hold_id_fkey" FOREIGN KEY ("tenant_id", "hold_id") REFERENCES "credit_hold"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_report" ADD CONSTRAINT "session_report_tenant_id_session_id_fkey" FOREIGN KEY ("tenant_id", "session_id") REFERENCES "session"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_list_entry" ADD CONSTRAINT "waiting_list_entry_tenant_id_session_type_id_fkey" FOREIGN KEY ("tenant_id", "session_type_id") REFERENCES "session_type"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_list_entry" ADD CONSTRAINT "waiting_list_entry_tenant_id_coach_id_fkey" FOREIGN KEY ("tenant_id", "coach_id") REFERENCES "coach"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_list_entry" ADD CONSTRAINT "waiting_list_entry_tenant_id_session_id_fkey" FOREIGN KEY ("tenant_id", "session_id") REFERENCES "session"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_list_entry" ADD CONSTRAINT "waiting_list_entry_tenant_id_learner_id_fkey" FOREIGN KEY ("tenant_id", "learner_id") REFERENCES "learner"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_list_entry" ADD CONSTRAINT "waiting_list_entry_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "client"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_tenant_id_member_id_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "member"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['session', 'booking', 'session_series', 'session_report', 'waiting_list_entry', 'calendar_feed'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant())',
      tenant_table);
  END LOOP;
END $$;

ALTER TABLE session
  ADD CONSTRAINT session_kind CHECK (kind IN ('ONLINE', 'ON_SITE', 'GROUP')),
  ADD CONSTRAINT session_status CHECK (status IN ('PENDING', 'CONFIRMED', 'COMPLETED', 'CANCELLED', 'NO_SHOW')),
  ADD CONSTRAINT session_interval CHECK (busy_from <= starts_at AND starts_at < ends_at AND ends_at <= busy_to),
  ADD CONSTRAINT session_seats CHECK (0 <= taken AND taken <= capacity),
  ADD CONSTRAINT session_meeting_room CHECK (meeting_room ~ '^[0-9a-f]{32}$'),
  ADD CONSTRAINT session_cancel_reason CHECK (char_length(cancel_reason) <= 500);
ALTER TABLE booking
  ADD CONSTRAINT booking_status CHECK (status IN ('BOOKED', 'ATTENDED', 'NO_SHOW', 'CANCELLED')),
  ADD CONSTRAINT booking_payment CHECK (payment IN ('HELD', 'SPENT', 'RETURNED', 'FREE')),
  ADD CONSTRAINT booking_hold CHECK ((credits > 0) = (hold_id IS NOT NULL) AND (credits = 0) = (payment = 'FREE')),
  ADD CONSTRAINT booking_ended CHECK ((status = 'BOOKED') = (ended_at IS NULL)),
  ADD CONSTRAINT booking_late_cancellation CHECK (late_cancellation IN ('REFUSED', 'UNPAID'));
-- One place for each learner; who has given it up can have another one.
CREATE UNIQUE INDEX booking_of_learner ON booking (tenant_id, session_id, learner_id) WHERE status <> 'CANCELLED';
ALTER TABLE session_series ADD CONSTRAINT session_series_weeks CHECK (weeks BETWEEN 2 AND 52);
ALTER TABLE session_report
  ADD CONSTRAINT session_report_text CHECK (char_length(summary) BETWEEN 1 AND 10000 AND char_length(homework) <= 10000),
  ADD CONSTRAINT session_report_topics CHECK (cardinality(topics) <= 50);
ALTER TABLE waiting_list_entry
  ADD CONSTRAINT waiting_list_entry_status CHECK (status IN ('WAITING', 'OFFERED', 'BOOKED', 'LEFT', 'EXPIRED')),
  ADD CONSTRAINT waiting_list_entry_offer CHECK (status <> 'OFFERED' OR offered_until IS NOT NULL);
CREATE UNIQUE INDEX waiting_list_entry_of_learner ON waiting_list_entry (tenant_id, learner_id, coach_id, starts_at)
  WHERE status IN ('WAITING', 'OFFERED');
CREATE INDEX waiting_list_entry_of_session ON waiting_list_entry (tenant_id, session_id, joined_at, id)
  WHERE status IN ('WAITING', 'OFFERED');
-- Of all tenants: the sweep asks which ones have offers that end.
CREATE INDEX waiting_list_entry_due ON waiting_list_entry (offered_until, tenant_id) WHERE status = 'OFFERED';
ALTER TABLE slot_claim ADD CONSTRAINT slot_claim_tenant_id_session_id_fkey
  FOREIGN KEY (tenant_id, session_id) REFERENCES session (tenant_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;

-- Owns the functions that book, and nothing else. It can't log in and row-level security binds it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nexora_booking') THEN
    CREATE ROLE nexora_booking NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  EXECUTE format('GRANT nexora_booking TO %I WITH INHERIT FALSE, SET TRUE', current_user);
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database of this cluster created it a moment ago
END $$;

-- The server reads sessions; only those functions write them.
GRANT USAGE ON SCHEMA public TO nexora_booking;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON session, booking, session_series FROM nexora_app;
GRANT SELECT, INSERT, UPDATE ON session, booking TO nexora_booking;
GRANT SELECT, INSERT ON session_series, slot_claim TO nexora_booking;
GRANT UPDATE (released_at) ON slot_claim TO nexora_booking;
GRANT SELECT, UPDATE ON waiting_list_entry TO nexora_booking;
-- Amended: without the change of role only a superuser could grant what isn't his.
-- supersedes 9fb6c1a9a62a6ed581c498c52a416afdf6287ec5265c362976d59f2202c15454
SET LOCAL ROLE nexora_ledger; -- whose they are
GRANT EXECUTE ON FUNCTION credit_hold, credit_post, credit_void TO nexora_booking;
RESET ROLE;
