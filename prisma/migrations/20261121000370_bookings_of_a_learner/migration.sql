-- A learner's places in one session: whether a mark stands asks for them, mark by mark.
DROP INDEX "booking_tenant_id_session_id_idx";
CREATE INDEX "booking_tenant_id_session_id_learner_id_idx" ON "booking"("tenant_id", "session_id", "learner_id");
