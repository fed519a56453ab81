-- No subscription was ever TRIALING or PAUSED: nothing leads there, so nobody has to reckon with it.
ALTER TABLE subscription
  DROP CONSTRAINT subscription_state,
  ADD CONSTRAINT subscription_state CHECK (state IN
    ('INCOMPLETE', 'ACTIVE', 'PAST_DUE', 'CANCELLED_AT_PERIOD_END', 'CANCELLED', 'EXPIRED'));
DROP INDEX subscription_live;
CREATE UNIQUE INDEX subscription_live ON subscription (tenant_id, client_id)
  WHERE state IN ('INCOMPLETE', 'ACTIVE', 'PAST_DUE', 'CANCELLED_AT_PERIOD_END');
