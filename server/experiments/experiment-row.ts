import type { JSONValue } from "@growthbook/growthbook";
import type {
  Experiment,
  ExperimentAllocation,
  ExperimentMetricDirection,
  ExperimentMetricKind,
  ExperimentMode,
  ExperimentStatus,
  ExperimentVariantState,
} from "../../schema/experiment.ts";
import { toId } from "../operations/ids.ts";
import type { ExperimentContent } from "./experiment-content.ts";
import type { Condition, ExperimentDefinition } from "./evaluation/experiment-definition.ts";
import { openWeights } from "./evaluation/open-weights.ts";

export interface VariantRow {
  readonly key: string;
  readonly name: string;
  readonly payload: Record<string, unknown>;
  readonly weight: number;
  readonly state: ExperimentVariantState;
}

/** How subjects were shared out up to the last look, as it is kept between looks; variants by key. */
export interface SampleRatio {
  readonly logEvidence?: number;
  readonly exposures?: Readonly<Record<string, number>>;
  readonly expected?: Readonly<Record<string, number>>;
}

export interface ExperimentRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly hypothesis: string;
  readonly status: ExperimentStatus;
  readonly allocation: ExperimentAllocation;
  readonly mode: ExperimentMode;
  readonly metricKind: ExperimentMetricKind;
  readonly metricEvent: string;
  readonly metricDirection: ExperimentMetricDirection;
  readonly targeting: Record<string, unknown> | null;
  readonly coverage: number;
  readonly namespace: string | null;
  readonly namespaceFrom: number;
  readonly namespaceTo: number;
  readonly holdout: number;
  readonly conversionWindowHours: number;
  readonly salt: string;
  readonly winnerKey: string | null;
  readonly isRolledOut: boolean;
  readonly startedAt: Date | null;
  readonly concludedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
  readonly variants: readonly VariantRow[];
  readonly weightVersion: number;
  /** The shares in force, by variant. */
  readonly weights: Readonly<Record<string, number>>;
  /** The shares when the journal last told of them. */
  readonly toldWeights: Readonly<Record<string, number>>;
  readonly sampleRatio: SampleRatio;
  readonly hasAlarm: boolean;
}

/** Of `experimentTables`. */
export const experimentColumns = `e.id, e.key, e.name, e.hypothesis, e.status, e.allocation, e.mode,
  e.metric_kind AS "metricKind", e.metric_event AS "metricEvent", e.metric_direction AS "metricDirection", e.targeting,
  e.coverage, e.namespace, e.namespace_from AS "namespaceFrom", e.namespace_to AS "namespaceTo", e.holdout,
  e.conversion_window_hours AS "conversionWindowHours", e.salt, e.winner_key AS "winnerKey",
  e.is_rolled_out AS "isRolledOut", e.started_at AS "startedAt", e.concluded_at AS "concludedAt",
  e.created_at AS "createdAt", e.updated_at AS "updatedAt", e.version, w.version AS "weightVersion", w.weights,
  w.told_weights AS "toldWeights", w.sample_ratio AS "sampleRatio", w.has_alarm AS "hasAlarm",
  (SELECT jsonb_agg(jsonb_build_object('key', v.key, 'name', v.name, 'payload', v.payload, 'weight', v.weight,
      'state', v.state) ORDER BY v.position)
    FROM experiment_variant v WHERE v.tenant_id = e.tenant_id AND v.experiment_id = e.id) AS variants`;

export const experimentTables = `experiment e
  JOIN experiment_weight w ON w.tenant_id = e.tenant_id AND w.experiment_id = e.id`;

/** What of a row the rules of its content look at. */
export function contentOf(row: ExperimentRow): ExperimentContent {
  const { name, hypothesis, allocation, mode, targeting, coverage, holdout, conversionWindowHours } = row;
  const metric = { kind: row.metricKind, event: row.metricEvent, direction: row.metricDirection };
  const part = { from: row.namespaceFrom, to: row.namespaceTo };
  const namespace = row.namespace === null ? null : { name: row.namespace, ...part };
  return {
    name,
    hypothesis,
    allocation,
    mode,
    metric,
    targeting,
    coverage,
    namespace,
    holdout,
    conversionWindowHours,
  };
}

/** What decides who sees what. */
export function toDefinition(tenantId: string, row: ExperimentRow): ExperimentDefinition {
  return {
    key: row.key,
    salt: row.salt,
    status: row.isRolledOut ? "ROLLED_OUT" : row.status,
    variants: row.variants.map(({ key, state, payload }) => ({
      key,
      status: state,
      weight: row.weights[key] ?? 0,
      payload: payload as JSONValue, // it came from JSON
    })),
    weightVersion: row.weightVersion,
    condition: row.targeting as Condition | null, // checked when it was written
    allocation: row.coverage,
    namespace: row.namespace === null ? null : { key: row.namespace, from: row.namespaceFrom, to: row.namespaceTo },
    // The same subjects for all experiments of the tenant, whatever share of them each keeps out.
    holdout: row.holdout === 0 ? null : { salt: `holdout:${tenantId}`, share: row.holdout },
    rolledOutVariantKey: row.isRolledOut ? row.winnerKey : null,
  };
}

export function toExperiment(row: ExperimentRow): Experiment {
  const { id, metricKind, metricEvent, metricDirection, namespaceFrom, namespaceTo, weights, ...rest } = row;
  const shares = openWeights(row.variants.map(({ key, state }) => ({ status: state, weight: weights[key] ?? 0 })));
  return {
    __typename: "Experiment",
    ...rest,
    id: toId("Experiment", id),
    uuid: id,
    metric: { kind: metricKind, event: metricEvent, direction: metricDirection },
    namespace: row.namespace === null ? null : { name: row.namespace, from: namespaceFrom, to: namespaceTo },
    variants: row.variants.map(({ weight, ...variant }, index) => ({
      ...variant,
      fixedWeight: weight,
      weight: shares?.[index] ?? 0,
    })),
  };
}
