-- CreateTable
CREATE TABLE "client" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "member_id" UUID,
    "invitation_id" UUID,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "phone" TEXT,
    "time_zone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "client_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "client_consent" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "client_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "text_version" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "address" TEXT,

    CONSTRAINT "client_consent_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "learner" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "member_id" UUID,
    "invitation_id" UUID,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "grade" TEXT,
    "goals" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "subjects" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "time_zone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "learner_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "client_learner" (
    "tenant_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "learner_id" UUID NOT NULL,
    "is_primary" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "client_learner_pkey" PRIMARY KEY ("tenant_id","client_id","learner_id")
);

-- CreateTable
CREATE TABLE "coach" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "member_id" UUID,
    "invitation_id" UUID,
    "pseudonym" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "bio" TEXT,
    "subjects" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "modes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "time_zone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'ACTIVE',
    "deactivated_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "coach_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "coach_learner" (
    "tenant_id" UUID NOT NULL,
    "coach_id" UUID NOT NULL,
    "learner_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coach_learner_pkey" PRIMARY KEY ("tenant_id","coach_id","learner_id")
);

-- CreateTable
CREATE TABLE "coach_note" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "learner_id" UUID NOT NULL,
    "author_id" UUID,
    "body" TEXT NOT NULL,
    "visible_to" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "coach_note_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "learner_progress" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "learner_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "mark" SMALLINT NOT NULL,
    "comment" TEXT,
    "coach_id" UUID,
    "session_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "learner_progress_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "client_tenant_id_created_at_id_idx" ON "client"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "client_tenant_id_updated_at_id_idx" ON "client"("tenant_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "client_tenant_id_name_id_idx" ON "client"("tenant_id", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "client_tenant_id_email_key" ON "client"("tenant_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "client_tenant_id_member_id_key" ON "client"("tenant_id", "member_id");

-- CreateIndex
CREATE UNIQUE INDEX "client_tenant_id_invitation_id_key" ON "client"("tenant_id", "invitation_id");

-- CreateIndex
CREATE INDEX "client_consent_tenant_id_client_id_given_at_id_idx" ON "client_consent"("tenant_id", "client_id", "given_at", "id");

-- CreateIndex
CREATE INDEX "learner_tenant_id_created_at_id_idx" ON "learner"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "learner_tenant_id_updated_at_id_idx" ON "learner"("tenant_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "learner_tenant_id_name_id_idx" ON "learner"("tenant_id", "name", "id");

-- CreateIndex
CREATE INDEX "learner_tenant_id_grade_id_idx" ON "learner"("tenant_id", "grade", "id");

-- CreateIndex
CREATE INDEX "learner_tenant_id_email_id_idx" ON "learner"("tenant_id", "email", "id");

-- CreateIndex
CREATE UNIQUE INDEX "learner_tenant_id_member_id_key" ON "learner"("tenant_id", "member_id");

-- CreateIndex
CREATE UNIQUE INDEX "learner_tenant_id_invitation_id_key" ON "learner"("tenant_id", "invitation_id");

-- CreateIndex
CREATE INDEX "client_learner_tenant_id_learner_id_client_id_idx" ON "client_learner"("tenant_id", "learner_id", "client_id");

-- CreateIndex
CREATE INDEX "coach_tenant_id_created_at_id_idx" ON "coach"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "coach_tenant_id_status_pseudonym_id_idx" ON "coach"("tenant_id", "status", "pseudonym", "id");

-- CreateIndex
CREATE UNIQUE INDEX "coach_tenant_id_pseudonym_key" ON "coach"("tenant_id", "pseudonym");

-- CreateIndex
CREATE UNIQUE INDEX "coach_tenant_id_member_id_key" ON "coach"("tenant_id", "member_id");

-- CreateIndex
CREATE UNIQUE INDEX "coach_tenant_id_invitation_id_key" ON "coach"("tenant_id", "invitation_id");

-- CreateIndex
CREATE INDEX "coach_learner_tenant_id_learner_id_coach_id_idx" ON "coach_learner"("tenant_id", "learner_id", "coach_id");

-- CreateIndex
CREATE INDEX "coach_note_tenant_id_learner_id_created_at_id_idx" ON "coach_note"("tenant_id", "learner_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "learner_progress_tenant_id_learner_id_recorded_at_id_idx" ON "learner_progress"("tenant_id", "learner_id", "recorded_at", "id");

-- CreateIndex
CREATE INDEX "learner_progress_tenant_id_learner_id_subject_recorded_at_i_idx" ON "learner_progress"("tenant_id", "learner_id", "subject", "recorded_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "learner_progress_tenant_id_learner_id_session_id_subject_key" ON "learner_progress"("tenant_id", "learner_id", "session_id", "subject");

-- AddForeignKey
ALTER TABLE "client" ADD CONSTRAINT "client_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client" ADD CONSTRAINT "client_tenant_id_member_id_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client" ADD CONSTRAINT "client_tenant_id_invitation_id_fkey" FOREIGN KEY ("tenant_id", "invitation_id") REFERENCES "invitation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_consent" ADD CONSTRAINT "client_consent_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "client"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "learner" ADD CONSTRAINT "learner_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "learner" ADD CONSTRAINT "learner_tenant_id_member_id_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "learner" ADD CONSTRAINT "learner_tenant_id_invitation_id_fkey" FOREIGN KEY ("tenant_id", "invitation_id") REFERENCES "invitation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_learner" ADD CONSTRAINT "client_learner_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "client"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_learner" ADD CONSTRAINT "client_learner_tenant_id_learner_id_fkey" FOREIGN KEY ("tenant_id", "learner_id") REFERENCES "learner"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coach" ADD CONSTRAINT "coach_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coach" ADD CONSTRAINT "coach_tenant_id_member_id_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coach" ADD CONSTRAINT "coach_tenant_id_invitation_id_fkey" FOREIGN KEY ("tenant_id", "invitation_id") REFERENCES "invitation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coach_learner" ADD CONSTRAINT "coach_learner_tenant_id_coach_id_fkey" FOREIGN KEY ("tenant_id", "coach_id") REFERENCES "coach"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coach_learner" ADD CONSTRAINT "coach_learner_tenant_id_learner_id_fkey" FOREIGN KEY ("tenant_id", "learner_id") REFERENCES "learner"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coach_note" ADD CONSTRAINT "coach_note_tenant_id_learner_id_fkey" FOREIGN KEY ("tenant_id", "learner_id") REFERENCES "learner"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coach_note" ADD CONSTRAINT "coach_note_tenant_id_author_id_fkey" FOREIGN KEY ("tenant_id", "author_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "learner_progress" ADD CONSTRAINT "learner_progress_tenant_id_learner_id_fkey" FOREIGN KEY ("tenant_id", "learner_id") REFERENCES "learner"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "learner_progress" ADD CONSTRAINT "learner_progress_tenant_id_coach_id_fkey" FOREIGN KEY ("tenant_id", "coach_id") REFERENCES "coach"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['client', 'client_consent', 'learner', 'client_learner', 'coach', 'coach_learner', 'coach_note', 'learner_progress']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant())',
      tenant_table);
  END LOOP;
END $$;

-- Limits that no caller may pass, whatever the server checks before.
ALTER TABLE client
  ADD CONSTRAINT client_name CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT client_email CHECK (email = lower(email) AND char_length(email) <= 254),
  ADD CONSTRAINT client_phone CHECK (phone ~ '^\+[1-9][0-9]{3,14}$');
ALTER TABLE learner
  ADD CONSTRAINT learner_name CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT learner_email CHECK (email = lower(email) AND char_length(email) <= 254),
  ADD CONSTRAINT learner_goals CHECK (goals IS NOT NULL AND cardinality(goals) <= 20),
  ADD CONSTRAINT learner_subjects CHECK (subjects IS NOT NULL AND cardinality(subjects) <= 20);
ALTER TABLE coach
  ADD CONSTRAINT coach_name CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT coach_pseudonym CHECK (char_length(pseudonym) BETWEEN 1 AND 200),
  ADD CONSTRAINT coach_email CHECK (email = lower(email) AND char_length(email) <= 254),
  ADD CONSTRAINT coach_subjects CHECK (subjects IS NOT NULL AND cardinality(subjects) <= 50),
  ADD CONSTRAINT coach_modes CHECK (modes IS NOT NULL AND modes <@ ARRAY['ONLINE', 'ON_SITE']),
  ADD CONSTRAINT coach_status CHECK (status IN ('ACTIVE', 'DEACTIVATED')),
  ADD CONSTRAINT coach_deactivated_at CHECK ((status = 'DEACTIVATED') = (deactivated_at IS NOT NULL));
ALTER TABLE coach_note ADD CONSTRAINT coach_note_visible_to CHECK (visible_to IN ('TEAM', 'COACHES'));
ALTER TABLE learner_progress ADD CONSTRAINT learner_progress_mark CHECK (mark BETWEEN 0 AND 100);

-- One of a learner's clients pays by default.
CREATE UNIQUE INDEX client_learner_primary ON client_learner (tenant_id, learner_id) WHERE is_primary;

-- Marks are added, never changed; they go with their learner.
REVOKE UPDATE, DELETE ON learner_progress FROM nexora_app;
