-- What lists offer as filters and orders has an index that ends in the list's order (test/lists.test.ts).

-- CreateIndex
CREATE INDEX "invitation_tenant_id_created_at_id_idx" ON "invitation"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "client_tenant_id_phone_id_idx" ON "client"("tenant_id", "phone", "id");

-- CreateIndex
CREATE INDEX "session_tenant_id_status_starts_at_id_idx" ON "session"("tenant_id", "status", "starts_at", "id");

-- CreateIndex
CREATE INDEX "waiting_list_entry_tenant_id_joined_at_id_idx" ON "waiting_list_entry"("tenant_id", "joined_at", "id");

-- CreateIndex
CREATE INDEX "waiting_list_entry_tenant_id_status_joined_at_id_idx" ON "waiting_list_entry"("tenant_id", "status", "joined_at", "id");

-- CreateIndex
CREATE INDEX "payment_tenant_id_transfer_state_created_at_id_idx" ON "payment"("tenant_id", "transfer_state", "created_at", "id");

-- CreateIndex
CREATE INDEX "subscription_tenant_id_state_created_at_id_idx" ON "subscription"("tenant_id", "state", "created_at", "id");

-- Where learners without a grade stand is the caller's choice, and an index has them at one end. Partial, so that Prisma leaves
-- it alone; the condition always holds.
CREATE INDEX learner_grade_descending ON learner (tenant_id, grade DESC NULLS LAST, id DESC) WHERE tenant_id IS NOT NULL;

-- A tenant's jobs of a kind, as server/jobs/job-list.ts tells it.
CREATE INDEX job_of_kind ON pgboss.job_common
  (group_id, (CASE WHEN source_name IS NULL THEN name ELSE source_name END), created_on, id) WHERE group_id IS NOT NULL;
-- And in a state. Enums have no operator that an index may answer under row-level security (docs/decisions/0005), but whether
-- all rows of an index are meant is known before any row is read: so each state that is shown has an index of its own.
CREATE INDEX job_waiting ON pgboss.job_common (group_id, created_on, id) WHERE state = 'created' AND name <> 'dead-letters';
CREATE INDEX job_retrying ON pgboss.job_common (group_id, created_on, id) WHERE state = 'retry';
CREATE INDEX job_running ON pgboss.job_common (group_id, created_on, id) WHERE state = 'active';
CREATE INDEX job_completed ON pgboss.job_common (group_id, created_on, id) WHERE state = 'completed';
CREATE INDEX job_cancelled ON pgboss.job_common (group_id, created_on, id) WHERE state = 'cancelled';
CREATE INDEX job_dead ON pgboss.job_common (group_id, created_on, id)
  WHERE state = 'created' AND name = 'dead-letters' OR state = 'failed' AND dead_letter IS NULL;
