-- Credits that are moved to another client by hand are held to the same limit as corrections, or several small corrections
-- could be brought together on one account without a second person. So they stand in the same table, with whom they go to.
ALTER TABLE "credit_adjustment" ADD COLUMN "to_account_id" UUID;

-- AddForeignKey
ALTER TABLE "credit_adjustment" ADD CONSTRAINT "credit_adjustment_tenant_id_to_account_id_fkey" FOREIGN KEY ("tenant_id", "to_account_id") REFERENCES "credit_balance"("tenant_id", "account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE INDEX credit_adjustment_to_account ON credit_adjustment (tenant_id, to_account_id, requested_at) WHERE to_account_id IS NOT NULL;
ALTER TABLE credit_adjustment
  ADD CONSTRAINT credit_adjustment_transfer CHECK (to_account_id IS NULL OR (to_account_id <> account_id AND amount > 0)),
  DROP CONSTRAINT credit_adjustment_reason,
  -- What one person may move alone needs no reason.
  ADD CONSTRAINT credit_adjustment_reason CHECK (char_length(reason) <= 1000
    AND (reason <> '' OR (to_account_id IS NOT NULL AND status = 'APPLIED' AND decided_by_id IS NULL)));
