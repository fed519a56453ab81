-- An invoice says that its money went back, and a payment that its money never was.
ALTER TABLE invoice
  DROP CONSTRAINT invoice_state,
  ADD CONSTRAINT invoice_state CHECK (state IN ('OPEN', 'PAID', 'VOID', 'REFUNDED')),
  DROP CONSTRAINT invoice_paid,
  ADD CONSTRAINT invoice_paid CHECK ((state IN ('PAID', 'REFUNDED')) = (paid_at IS NOT NULL)),
  DROP CONSTRAINT invoice_dropped,
  ADD CONSTRAINT invoice_dropped CHECK (state NOT IN ('VOID', 'REFUNDED') OR dropped_at IS NOT NULL);
ALTER TABLE payment
  DROP CONSTRAINT payment_transfer_state,
  ADD CONSTRAINT payment_transfer_state
    CHECK (transfer_state IN ('AWAITING_TRANSFER', 'RECEIVED', 'PARTIAL', 'MISMATCH', 'CONFIRMED', 'VOIDED'));

-- Row-level security is forced on the owner, too: he sees the invoices of all tenants for this statement.
ALTER TABLE invoice NO FORCE ROW LEVEL SECURITY;
ALTER TABLE payment NO FORCE ROW LEVEL SECURITY;
UPDATE invoice i SET state = 'REFUNDED', dropped_at = coalesce(i.dropped_at, p.completed_at)
FROM payment p
WHERE p.tenant_id = i.tenant_id AND p.invoice_id = i.id AND p.state = 'REFUNDED' AND p.completed_at IS NOT NULL AND i.state = 'PAID';
ALTER TABLE invoice FORCE ROW LEVEL SECURITY;
ALTER TABLE payment FORCE ROW LEVEL SECURITY;
