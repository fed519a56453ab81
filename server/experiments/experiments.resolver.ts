import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Page } from "../../schema/connection.ts";
import {
  ChangeVariantsInput,
  ConcludeExperimentInput,
  CreateExperimentInput,
  PauseExperimentInput,
  ResumeExperimentInput,
  StartExperimentInput,
  UpdateExperimentInput,
} from "../../schema/experiment-inputs.ts";
import {
  ChangeVariantsPayload,
  ConcludeExperimentPayload,
  CreateExperimentPayload,
  PauseExperimentPayload,
  ResumeExperimentPayload,
  StartExperimentPayload,
  UpdateExperimentPayload,
} from "../../schema/experiment-payloads.ts";
import { Experiment, ExperimentConnection, ExperimentResults, ExperimentsArgs } from "../../schema/experiment.ts";
import type { Context } from "../operations/context.ts";
import type { ExperimentLifecycleService } from "./experiment-lifecycle.service.ts";
import type { ExperimentLoaders } from "./experiment-loaders.ts";
import type { ExperimentsService } from "./experiments.service.ts";

@Resolver()
export class ExperimentsResolver {
  readonly #experiments: ExperimentsService;
  readonly #lifecycle: ExperimentLifecycleService;

  constructor(experiments: ExperimentsService, lifecycle: ExperimentLifecycleService) {
    this.#experiments = experiments;
    this.#lifecycle = lifecycle;
  }

  @Extensions({ action: "experiment:read" })
  @Query(() => Experiment, {
    nullable: true,
    description: "An experiment by its id or its key; null when there is none that has all that is given.",
  })
  experiment(
    @Ctx() context: Context,
    @Arg("id", () => ID, { nullable: true, description: "The experiment's id." }) id: string | null,
    @Arg("key", () => String, { nullable: true, description: "The experiment's key." }) key: string | null,
  ): Promise<Experiment | null> {
    return this.#experiments.experiment(context, { id: id ?? null, key: key ?? null });
  }

  @Extensions({ action: "experiment:read" })
  @Query(() => ExperimentConnection, { description: "The tenant's experiments, newest first." })
  experiments(@Ctx() context: Context, @Args(() => ExperimentsArgs) args: ExperimentsArgs): Promise<Page<Experiment>> {
    return this.#experiments.experiments(context, args);
  }

  @Extensions({ action: "experiment:write" })
  @Mutation(() => CreateExperimentPayload, { description: "Makes an experiment, a draft until it is started." })
  createExperiment(
    @Ctx() context: Context,
    @Arg("input", () => CreateExperimentInput, { description: "The experiment." }) input: CreateExperimentInput,
  ): Promise<CreateExperimentPayload> {
    return this.#experiments.createExperiment(context, input);
  }

  @Extensions({ action: "experiment:write" })
  @Mutation(() => UpdateExperimentPayload, {
    description: "Changes an experiment: a draft in all, a started one in its name and hypothesis.",
  })
  updateExperiment(
    @Ctx() context: Context,
    @Arg("input", () => UpdateExperimentInput, { description: "What changes." }) input: UpdateExperimentInput,
  ): Promise<UpdateExperimentPayload> {
    return this.#experiments.updateExperiment(context, input);
  }

  @Extensions({ action: "experiment:write" })
  @Mutation(() => ChangeVariantsPayload, {
    description:
      "Adds, changes, pauses and drops variants, also of a running experiment. Nobody whose variant isn't dropped gets another one.",
  })
  changeVariants(
    @Ctx() context: Context,
    @Arg("input", () => ChangeVariantsInput, { description: "What changes." }) input: ChangeVariantsInput,
  ): Promise<ChangeVariantsPayload> {
    return this.#experiments.changeVariants(context, input);
  }

  @Extensions({ action: "experiment:write" })
  @Mutation(() => StartExperimentPayload, { description: "Starts a draft: subjects are assigned from now on." })
  startExperiment(
    @Ctx() context: Context,
    @Arg("input", () => StartExperimentInput, { description: "The experiment." }) input: StartExperimentInput,
  ): Promise<StartExperimentPayload> {
    return this.#lifecycle.startExperiment(context, input);
  }

  @Extensions({ action: "experiment:write" })
  @Mutation(() => PauseExperimentPayload, {
    description: "Assigns nobody new for a while. Who has a variant keeps it, and still converts.",
  })
  pauseExperiment(
    @Ctx() context: Context,
    @Arg("input", () => PauseExperimentInput, { description: "The experiment." }) input: PauseExperimentInput,
  ): Promise<PauseExperimentPayload> {
    return this.#lifecycle.pauseExperiment(context, input);
  }

  @Extensions({ action: "experiment:write" })
  @Mutation(() => ResumeExperimentPayload, { description: "Goes on with a paused experiment." })
  resumeExperiment(
    @Ctx() context: Context,
    @Arg("input", () => ResumeExperimentInput, { description: "The experiment." }) input: ResumeExperimentInput,
  ): Promise<ResumeExperimentPayload> {
    return this.#lifecycle.resumeExperiment(context, input);
  }

  @Extensions({ action: "experiment:write" })
  @Mutation(() => ConcludeExperimentPayload, {
    description: "Ends an experiment: its counts are final. Everybody who is meant may get the winner from now on.",
  })
  concludeExperiment(
    @Ctx() context: Context,
    @Arg("input", () => ConcludeExperimentInput, { description: "How it ends." }) input: ConcludeExperimentInput,
  ): Promise<ConcludeExperimentPayload> {
    return this.#lifecycle.concludeExperiment(context, input);
  }
}

@Resolver(() => Experiment)
export class ExperimentResolver {
  readonly #loaders: ExperimentLoaders;

  constructor(loaders: ExperimentLoaders) {
    this.#loaders = loaders;
  }

  @FieldResolver(() => ExperimentResults, { description: "What came of it so far." })
  results(@Ctx() context: Context, @Root() experiment: Experiment): Promise<ExperimentResults> {
    return this.#loaders.results(context, experiment);
  }
}
