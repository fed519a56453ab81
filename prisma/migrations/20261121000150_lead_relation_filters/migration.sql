-- Leads are filtered by their notes and consents: each field of those can be looked up, and the index knows the lead.

-- CreateIndex
CREATE INDEX "lead_note_tenant_id_author_id_created_at_lead_id_idx" ON "lead_note"("tenant_id", "author_id", "created_at", "lead_id");

-- CreateIndex
CREATE INDEX "lead_note_tenant_id_created_at_lead_id_idx" ON "lead_note"("tenant_id", "created_at", "lead_id");

-- CreateIndex
CREATE INDEX "lead_consent_tenant_id_purpose_given_at_lead_id_idx" ON "lead_consent"("tenant_id", "purpose", "given_at", "lead_id");

-- CreateIndex
CREATE INDEX "lead_consent_tenant_id_text_version_lead_id_idx" ON "lead_consent"("tenant_id", "text_version", "lead_id");

-- CreateIndex
CREATE INDEX "lead_consent_tenant_id_given_at_lead_id_idx" ON "lead_consent"("tenant_id", "given_at", "lead_id");
