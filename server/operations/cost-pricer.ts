import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode, visit } from "graphql";
import { planCost, type PricedSelection } from "./cost-plan.ts";
import { type CompiledCost, compileCost } from "./cost-price.ts";

type Variables = Readonly<Record<string, unknown>>;

export interface PricedPlan extends CompiledCost {
  readonly plan: PricedSelection;
}

interface KnownOperation {
  /** Variables that @skip and @include look at. */
  readonly conditions: readonly string[];
  /** The plan for each combination of their values that was used. */
  readonly plans: Map<string, PricedPlan>;
}

const maxPlansPerOperation = 16;

/** Prices operations. What doesn't depend on the variables is worked out once per document. */
export class CostPricer {
  readonly #schema: GraphQLSchema;
  readonly #known = new WeakMap<OperationDefinitionNode, KnownOperation>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** `variables` are coerced, so defaults are in them. Throws COST_EXCEEDED when it is too much even to count. */
  planOf(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): PricedPlan {
    let known = this.#known.get(operation);
    if (known === undefined) {
      known = { conditions: conditionVariables(document), plans: new Map() };
      this.#known.set(operation, known);
    }
    const { conditions, plans } = known;
    const key = conditions.length === 0 ? "" : conditions.map((name) => String(variables[name])).join();
    let priced = plans.get(key);
    if (priced === undefined) {
      const plan = planCost(this.#schema, document, operation, variables);
      priced = { plan, ...compileCost(plan) };
      if (plans.size >= maxPlansPerOperation) plans.clear();
      plans.set(key, priced);
    }
    return priced;
  }
}

function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== "skip" && name.value !== "include") return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
