-- CreateTable
CREATE TABLE "link" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "slug" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "utm_source" TEXT,
    "utm_medium" TEXT,
    "utm_campaign" TEXT,
    "utm_term" TEXT,
    "utm_content" TEXT,
    "title" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "expires_at" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "link_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "link_slug" (
    "slug" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "link_id" UUID NOT NULL,

    CONSTRAINT "link_slug_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "link_click" (
    "tenant_id" UUID NOT NULL,
    "link_id" UUID NOT NULL,
    "quarter" TIMESTAMPTZ(3) NOT NULL,
    "referrer" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "clicks" BIGINT NOT NULL,

    CONSTRAINT "link_click_pkey" PRIMARY KEY ("tenant_id","link_id","quarter","referrer","source","device","country")
);

-- CreateIndex
CREATE INDEX "link_tenant_id_created_at_id_idx" ON "link"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "link_tenant_id_slug_id_idx" ON "link"("tenant_id", "slug", "id");

-- CreateIndex
CREATE INDEX "link_tenant_id_utm_campaign_created_at_id_idx" ON "link"("tenant_id", "utm_campaign", "created_at", "id");

-- CreateIndex
CREATE INDEX "link_tenant_id_expires_at_id_idx" ON "link"("tenant_id", "expires_at", "id");

-- AddForeignKey
ALTER TABLE "link" ADD CONSTRAINT "link_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link_click" ADD CONSTRAINT "link_click_tenant_id_link_id_fkey" FOREIGN KEY ("tenant_id", "link_id") REFERENCES "link"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE link ADD CONSTRAINT link_slug_check CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$'),
  ADD CONSTRAINT link_url_check CHECK (url ~ '^https?://');
ALTER TABLE link_click ADD CONSTRAINT link_click_device_check CHECK (device IN ('DESKTOP', 'MOBILE', 'TABLET', 'BOT')),
  ADD CONSTRAINT link_click_clicks_check CHECK (clicks > 0);

ALTER TABLE link ENABLE ROW LEVEL SECURITY;
ALTER TABLE link FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON link USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());
ALTER TABLE link_click ENABLE ROW LEVEL SECURITY;
ALTER TABLE link_click FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON link_click USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());

-- Who opens /l/<slug> brings no tenant, so a slug is one tenant's on the whole server. The table that says whose is the server's
-- only by the two functions below: it can take a slug that is free, for its own tenant, and ask for one that it knows. It can
-- neither list slugs nor see whose a taken one is in any other way.
REVOKE ALL ON link_slug FROM nexora_app;
GRANT SELECT, INSERT ON link_slug TO nexora_journal;

-- False when somebody has it. Who asks for the same one at the same time waits for the first one's end.
CREATE FUNCTION link_slug_claim(wanted text, link uuid) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH claimed AS (
    INSERT INTO link_slug (slug, owner_id, link_id) VALUES (wanted, nexora_tenant(), link)
    ON CONFLICT DO NOTHING RETURNING 1
  )
  SELECT EXISTS (SELECT FROM claimed)
$$;

CREATE FUNCTION link_slug_find(wanted text) RETURNS TABLE (tenant_id uuid, link_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.owner_id, s.link_id FROM link_slug s WHERE s.slug = wanted
$$;

-- Adds clicks of many tenants with one statement, where row-level security shows the server one tenant at a time. The rows go in
-- in one order, so that two processes that count the same links wait for each other and don't lock each other out.
CREATE FUNCTION link_clicks_add(counted jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO link_click AS known (tenant_id, link_id, quarter, referrer, source, device, country, clicks)
  SELECT c."tenantId", c."linkId", c.quarter, c.referrer, c.source, c.device, c.country, c.clicks
  FROM jsonb_to_recordset(counted) AS c ("tenantId" uuid, "linkId" uuid, quarter timestamptz, referrer text, source text,
    device text, country text, clicks bigint)
  ORDER BY c."tenantId", c."linkId", c.quarter, c.referrer, c.source, c.device, c.country
  ON CONFLICT (tenant_id, link_id, quarter, referrer, source, device, country)
  DO UPDATE SET clicks = known.clicks + excluded.clicks
$$;

GRANT SELECT, INSERT, UPDATE ON link_click TO nexora_journal;
CREATE POLICY clicks_of_all_tenants ON link_click TO nexora_journal USING (true) WITH CHECK (true);
GRANT CREATE ON SCHEMA public TO nexora_journal;
ALTER FUNCTION link_slug_claim(text, uuid) OWNER TO nexora_journal;
ALTER FUNCTION link_slug_find(text) OWNER TO nexora_journal;
ALTER FUNCTION link_clicks_add(jsonb) OWNER TO nexora_journal;
REVOKE CREATE ON SCHEMA public FROM nexora_journal;
REVOKE ALL ON FUNCTION link_slug_claim(text, uuid), link_slug_find(text), link_clicks_add(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION link_slug_claim(text, uuid), link_slug_find(text), link_clicks_add(jsonb) TO nexora_app;
