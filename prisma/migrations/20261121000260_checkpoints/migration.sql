-- CreateTable
CREATE TABLE "journal_tile" (
    "tenant_id" UUID NOT NULL,
    "level" SMALLINT NOT NULL,
    "index" BIGINT NOT NULL,
    "root" BYTEA NOT NULL,

    CONSTRAINT "journal_tile_pkey" PRIMARY KEY ("tenant_id","level","index")
);

-- CreateTable
CREATE TABLE "journal_checkpoint" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "tree_size" BIGINT NOT NULL,
    "root" BYTEA NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "key_id" TEXT NOT NULL,
    "note" TEXT NOT NULL,

    CONSTRAINT "journal_checkpoint_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "checkpoint_key" (
    "id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "checkpoint_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "journal_checkpoint_tenant_id_tree_size_key" ON "journal_checkpoint"("tenant_id", "tree_size");

-- AddForeignKey
ALTER TABLE "journal_tile" ADD CONSTRAINT "journal_tile_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journal_checkpoint" ADD CONSTRAINT "journal_checkpoint_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------------------
-- What Prisma can't express.
-- ---------------------------------------------------------------------------------------------------------------------

ALTER TABLE journal_tile ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON journal_tile USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());
ALTER TABLE journal_checkpoint ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON journal_checkpoint USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());

-- A tile is the root of a complete subtree of 256^level leaves: leaves index * 256^level and on. A checkpoint says what was,
-- a key what signed it: none of them ever changes.
REVOKE UPDATE, DELETE ON journal_tile, journal_checkpoint, checkpoint_key FROM nexora_app;
ALTER TABLE journal_tile
  ADD CONSTRAINT journal_tile_place CHECK (level BETWEEN 1 AND 7 AND index >= 0),
  ADD CONSTRAINT journal_tile_root CHECK (octet_length(root) = 32);
ALTER TABLE journal_checkpoint
  ADD CONSTRAINT journal_checkpoint_size CHECK (tree_size > 0),
  ADD CONSTRAINT journal_checkpoint_root CHECK (octet_length(root) = 32);
ALTER TABLE checkpoint_key ADD CONSTRAINT checkpoint_key_public_key CHECK (octet_length(public_key) = 32);

-- Tenants whose journal has entries that no checkpoint covers.
GRANT SELECT (tenant_id, tree_size) ON journal_checkpoint TO nexora_journal;
CREATE POLICY checkpoints_of_all_tenants ON journal_checkpoint FOR SELECT TO nexora_journal USING (true);

CREATE FUNCTION tenants_without_checkpoint() RETURNS TABLE (tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT h.tenant_id FROM journal_head h
  WHERE h.position > coalesce((SELECT max(c.tree_size) FROM journal_checkpoint c WHERE c.tenant_id = h.tenant_id), 0)
$$;

REVOKE ALL ON FUNCTION tenants_without_checkpoint() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_without_checkpoint() TO nexora_app;
GRANT CREATE ON SCHEMA public TO nexora_journal;
ALTER FUNCTION tenants_without_checkpoint() OWNER TO nexora_journal;
REVOKE CREATE ON SCHEMA public FROM nexora_journal;
