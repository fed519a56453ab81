-- CreateTable
CREATE TABLE "deprecated_field_usage" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "key_id" UUID NOT NULL,
    "coordinate" TEXT NOT NULL,
    "operations" INTEGER NOT NULL,
    "first_used_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deprecated_field_usage_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "deprecated_field_usage_tenant_id_key_id_coordinate_key" ON "deprecated_field_usage"("tenant_id", "key_id", "coordinate");

-- CreateIndex
CREATE INDEX "deprecated_field_usage_tenant_id_first_used_at_id_idx" ON "deprecated_field_usage"("tenant_id", "first_used_at", "id");

-- AddForeignKey
ALTER TABLE "deprecated_field_usage" ADD CONSTRAINT "deprecated_field_usage_tenant_id_key_id_fkey" FOREIGN KEY ("tenant_id", "key_id") REFERENCES "api_key"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE deprecated_field_usage ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON deprecated_field_usage USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());
