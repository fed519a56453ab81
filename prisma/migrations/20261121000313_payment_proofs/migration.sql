-- Files that show that somebody has paid, such as his bank's notice of a transfer. Written once, by an upload's link.
CREATE TABLE "payment_proof" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "payment_id" UUID NOT NULL,
    -- Who may send it.
    "creator" JSONB NOT NULL,
    -- Until when.
    "upload_until" TIMESTAMPTZ(3) NOT NULL,
    -- What its bytes are, not what the sender calls them. Null until it has come.
    "media_type" TEXT,
    "content" BYTEA,
    "size" INTEGER,
    "sha256" BYTEA,
    "attached_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_proof_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE INDEX "payment_proof_tenant_id_payment_id_id_idx" ON "payment_proof"("tenant_id", "payment_id", "id");

ALTER TABLE "payment_proof"
  ADD CONSTRAINT "payment_proof_tenant_id_payment_id_fkey" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payment"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT payment_proof_media_type CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg')),
  ADD CONSTRAINT payment_proof_whole CHECK (num_nulls(media_type, content, size, sha256, attached_at) IN (0, 5)),
  ADD CONSTRAINT payment_proof_size CHECK (size = octet_length(content) AND size BETWEEN 1 AND 5242880);
-- It doesn't get smaller by packing it.
ALTER TABLE "payment_proof" ALTER COLUMN content SET STORAGE EXTERNAL;

ALTER TABLE payment_proof ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON payment_proof USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());
REVOKE TRUNCATE ON payment_proof FROM nexora_app;
