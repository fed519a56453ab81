-- A new e-mail address that its owner has yet to confirm. A login has one at a time.
CREATE TABLE "email_change" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "member_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    -- How often it was asked for since first_at: nobody's inbox is filled.
    "requests" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "email_change_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE UNIQUE INDEX "email_change_tenant_id_member_id_key" ON "email_change"("tenant_id", "member_id");

ALTER TABLE "email_change" ADD CONSTRAINT "email_change_tenant_id_member_id_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "member"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE email_change ADD CONSTRAINT email_change_email CHECK (email = lower(email) AND char_length(email) <= 254);
ALTER TABLE email_change ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON email_change USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());
