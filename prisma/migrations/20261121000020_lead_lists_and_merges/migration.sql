-- Under row-level security an index condition must be leakproof, or the caller's condition could see rows before the policy
-- does. Comparing enums isn't (pg_proc.proleakproof), comparing texts is: so a stage and a kind are checked texts.
ALTER TABLE "lead" ALTER COLUMN "stage" DROP DEFAULT;
ALTER TABLE "lead" ALTER COLUMN "stage" TYPE TEXT USING "stage"::text;
ALTER TABLE "lead" ALTER COLUMN "stage" SET DEFAULT 'NEW';
ALTER TABLE "lead_identity" ALTER COLUMN "kind" TYPE TEXT USING "kind"::text;
DROP TYPE "LeadStage";
DROP TYPE "LeadIdentityKind";
ALTER TABLE lead ADD CONSTRAINT lead_stage CHECK (stage IN ('NEW', 'CONTACTED', 'QUALIFIED', 'WON', 'LOST'));
ALTER TABLE lead_identity ADD CONSTRAINT lead_identity_kind CHECK (kind IN ('EXTERNAL_ID', 'EMAIL', 'PHONE'));

-- Which leads were taken in by another one: whoever deletes the one that stayed deletes what is known of them, too.
CREATE TABLE "lead_merge" (
    "tenant_id" UUID NOT NULL,
    "merged_id" UUID NOT NULL,
    "kept_id" UUID NOT NULL,

    CONSTRAINT "lead_merge_pkey" PRIMARY KEY ("tenant_id","merged_id")
);

-- CreateIndex
CREATE INDEX "lead_merge_tenant_id_kept_id_idx" ON "lead_merge"("tenant_id", "kept_id");

-- AddForeignKey
ALTER TABLE "lead_merge" ADD CONSTRAINT "lead_merge_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE lead_merge ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lead_merge USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());

-- Orders that end with the leads without a value, from Z to A. (From A to Z the plain index has them last.) The condition
-- holds for every query of a tenant; it makes the indexes partial, which Prisma leaves alone.
CREATE INDEX lead_name_descending ON lead (tenant_id, name DESC NULLS LAST, id DESC) WHERE tenant_id IS NOT NULL;
CREATE INDEX lead_email_descending ON lead (tenant_id, email DESC NULLS LAST, id DESC) WHERE tenant_id IS NOT NULL;
CREATE INDEX lead_company_descending ON lead (tenant_id, company DESC NULLS LAST, id DESC) WHERE tenant_id IS NOT NULL;
