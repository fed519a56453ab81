import type { Session } from "../db/session.ts";
import { shardOf } from "./counter-shard.ts";

export interface Identified {
  /** Keys of the experiments in which the user has the visitor's variant now. */
  readonly inherited: readonly string[];
  /** Keys of those in which the two had different variants: both leave the analysis. */
  readonly differing: readonly string[];
}

interface Held {
  readonly subjectId: string;
  readonly experimentId: string;
  readonly key: string;
  readonly variantKey: string;
  readonly originId: string;
}

/** A visitor has turned out to be a user: whatever variant the user has stays, and otherwise the visitor's becomes the user's. */
export async function identifySubject(session: Session, visitorId: string, userId: string): Promise<Identified> {
  const inherited = await session.query<{ id: string }>({
    name: "experiment-inherit",
    text: `INSERT INTO experiment_assignment
        (tenant_id, subject_id, experiment_id, variant_key, weight_version, probability, exposed_at, origin_id, is_excluded)
      SELECT tenant_id, $2, experiment_id, variant_key, weight_version, probability, exposed_at, origin_id, is_excluded
      FROM experiment_assignment WHERE tenant_id = nexora_tenant() AND subject_id = $1 ORDER BY experiment_id
      ON CONFLICT DO NOTHING RETURNING experiment_id AS id`,
    values: [visitorId, userId],
  });
  // Read after the insertion, which has waited for whoever assigned the user at the same time.
  const held = await session.query<Held & Record<string, unknown>>({
    name: "experiment-held",
    text: `SELECT a.subject_id AS "subjectId", a.experiment_id AS "experimentId", e.key, a.variant_key AS "variantKey",
        a.origin_id AS "originId" FROM experiment_assignment a
      JOIN experiment e ON e.tenant_id = a.tenant_id AND e.id = a.experiment_id
      WHERE a.tenant_id = nexora_tenant() AND a.subject_id IN ($1, $2) ORDER BY e.key`,
    values: [visitorId, userId],
  });
  const isNew = new Set(inherited.map(({ id }) => id));
  const ofUser = new Map(held.filter(({ subjectId }) => subjectId === userId).map((each) => [each.experimentId, each]));
  const differing: { key: string; experimentId: string; subjectIds: string[] }[] = [];
  for (const { subjectId, experimentId, key, variantKey, originId } of held) {
    const user = ofUser.get(experimentId);
    if (subjectId !== visitorId || user === undefined || user.variantKey === variantKey) continue;
    differing.push({ key, experimentId, subjectIds: [visitorId, userId, originId, user.originId] });
  }
  for (const { experimentId, subjectIds } of differing) await exclude(session, experimentId, subjectIds);
  return {
    inherited: [...ofUser.values()].filter(({ experimentId }) => isNew.has(experimentId)).map(({ key }) => key),
    differing: differing.map(({ key }) => key),
  };
}

/** Takes subjects out of an experiment's analysis, with what was counted of them. */
async function exclude(session: Session, experimentId: string, subjectIds: readonly string[]): Promise<void> {
  const excluded = await session.query<{ id: string; variant: string; probability: number; value: number | null }>({
    name: "experiment-exclude",
    text: `WITH excluded AS (
        UPDATE experiment_assignment SET is_excluded = true
        WHERE tenant_id = nexora_tenant() AND experiment_id = $1 AND subject_id = ANY ($2) AND NOT is_excluded
        RETURNING subject_id, origin_id, variant_key, probability
      )
      SELECT x.origin_id AS id, x.variant_key AS variant, x.probability, c.value FROM excluded x
      LEFT JOIN experiment_conversion c
        ON c.tenant_id = nexora_tenant() AND c.subject_id = x.origin_id AND c.experiment_id = $1
      WHERE x.subject_id = x.origin_id ORDER BY x.variant_key`,
    values: [experimentId, subjectIds],
  });
  for (const { id, variant, probability, value } of excluded) {
    await session.query({
      name: "experiment-take-back",
      // What it was expected to be goes with it: how far the shares are off stays as it was.
      text: `UPDATE experiment_counter SET exposures = exposures - 1, expected = expected - 1, excluded = excluded + 1,
          inverse = inverse - 1 / $4::float8, inverse_squares = inverse_squares - 1 / $4::float8 ^ 2,
          conversions = conversions - ($5::float8 IS NOT NULL)::int,
          converted_inverse = converted_inverse - CASE WHEN $5::float8 IS NULL THEN 0 ELSE 1 / $4::float8 END,
          value_sum = value_sum - coalesce($5::float8, 0), value_squares = value_squares - coalesce($5::float8, 0) ^ 2
        WHERE tenant_id = nexora_tenant() AND experiment_id = $1 AND variant_key = $2 AND shard = $3`,
      values: [experimentId, variant, shardOf(id), probability, value],
    });
  }
}
