-- CreateEnum
CREATE TYPE "DocumentMode" AS ENUM ('OPEN', 'PREFER', 'ONLY');

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "document_mode" "DocumentMode" NOT NULL DEFAULT 'OPEN';

-- CreateTable
CREATE TABLE "document_manifest" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "app" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "document_count" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_manifest_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "trusted_document" (
    "tenant_id" UUID NOT NULL,
    "manifest_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "trusted_document_pkey" PRIMARY KEY ("tenant_id","manifest_id","hash")
);

-- CreateTable
CREATE TABLE "free_text_document" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "key_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "text" TEXT NOT NULL,
    "uses" INTEGER NOT NULL,
    "first_used_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "free_text_document_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "document_manifest_tenant_id_app_version_key" ON "document_manifest"("tenant_id", "app", "version");

-- CreateIndex
CREATE INDEX "document_manifest_tenant_id_created_at_id_idx" ON "document_manifest"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "trusted_document_tenant_id_hash_idx" ON "trusted_document"("tenant_id", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "free_text_document_tenant_id_key_id_hash_key" ON "free_text_document"("tenant_id", "key_id", "hash");

-- CreateIndex
CREATE INDEX "free_text_document_tenant_id_first_used_at_id_idx" ON "free_text_document"("tenant_id", "first_used_at", "id");

-- AddForeignKey
ALTER TABLE "document_manifest" ADD CONSTRAINT "document_manifest_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trusted_document" ADD CONSTRAINT "trusted_document_tenant_id_manifest_id_fkey" FOREIGN KEY ("tenant_id", "manifest_id") REFERENCES "document_manifest"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "free_text_document" ADD CONSTRAINT "free_text_document_tenant_id_key_id_fkey" FOREIGN KEY ("tenant_id", "key_id") REFERENCES "api_key"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['document_manifest', 'trusted_document', 'free_text_document'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant())',
      tenant_table);
  END LOOP;
END $$;

ALTER TABLE trusted_document ADD CONSTRAINT trusted_document_hash CHECK (octet_length(hash) = 32);
ALTER TABLE free_text_document ADD CONSTRAINT free_text_document_hash CHECK (octet_length(hash) = 32);
