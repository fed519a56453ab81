-- How many of a variant's subjects have left the analysis, because they have seen several variants.
ALTER TABLE "experiment_counter" ADD COLUMN "excluded" BIGINT NOT NULL DEFAULT 0;
