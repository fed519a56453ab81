-- A transfer that was typed with a mistake is voided, and recorded once more under the bank's own id. A receipt of the desk is paper:
-- its number isn't used again.
DROP INDEX "payment_receipt_tenant_id_receipt_number_key";
CREATE UNIQUE INDEX payment_receipt_number ON payment_receipt (tenant_id, receipt_number)
  WHERE voided_at IS NULL OR method <> 'TRANSFER';
