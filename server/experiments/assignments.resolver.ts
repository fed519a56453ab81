import { Arg, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import {
  AssignAllInput,
  AssignAllPayload,
  AssignInput,
  AssignPayload,
  ExperimentAssignment,
  IdentifySubjectInput,
  IdentifySubjectPayload,
  RecordConversionInput,
  RecordConversionPayload,
} from "../../schema/experiment-assignment.ts";
import type { Context } from "../operations/context.ts";
import type { AssignmentsService } from "./assignments.service.ts";

@Resolver()
export class AssignmentsResolver {
  readonly #assignments: AssignmentsService;

  constructor(assignments: AssignmentsService) {
    this.#assignments = assignments;
  }

  @Extensions({ action: "experiment:assign" })
  @Query(() => ExperimentAssignment, {
    nullable: true,
    description:
      "What assign would answer now, without enrolling the subject: nothing is stored or counted. Null when there is no such experiment.",
  })
  peekAssignment(
    @Ctx() context: Context,
    @Arg("input", () => AssignInput, { description: "Who asks, for which experiment." }) input: AssignInput,
  ): Promise<ExperimentAssignment | null> {
    return this.#assignments.peekAssignment(context, input);
  }

  @Extensions({ action: "experiment:assign" })
  @Mutation(() => AssignPayload, {
    description:
      "Gives a subject a variant, always the same one, and counts its first exposure: call it where the variant is shown.",
  })
  assign(
    @Ctx() context: Context,
    @Arg("input", () => AssignInput, { description: "Who gets a variant of which experiment." }) input: AssignInput,
  ): Promise<AssignPayload> {
    return this.#assignments.assign(context, input);
  }

  @Extensions({ action: "experiment:assign" })
  @Mutation(() => AssignAllPayload, {
    description: "The same for all experiments that run: where one page shows all of them.",
  })
  assignAll(
    @Ctx() context: Context,
    @Arg("input", () => AssignAllInput, { description: "Who gets variants." }) input: AssignAllInput,
  ): Promise<AssignAllPayload> {
    return this.#assignments.assignAll(context, input);
  }

  @Extensions({ action: "experiment:assign" })
  @Mutation(() => RecordConversionPayload, {
    description:
      "Counts what a subject did for the experiments that measure it: once each, for the variant of its first exposure, within the window.",
  })
  recordConversion(
    @Ctx() context: Context,
    @Arg("input", () => RecordConversionInput, { description: "Who did what." }) input: RecordConversionInput,
  ): Promise<RecordConversionPayload> {
    return this.#assignments.recordConversion(context, input);
  }

  @Extensions({ action: "experiment:assign" })
  @Mutation(() => IdentifySubjectPayload, {
    description:
      "Says at sign-in that a visitor is a user: what the visitor has seen, the user goes on seeing, on every device.",
  })
  identifySubject(
    @Ctx() context: Context,
    @Arg("input", () => IdentifySubjectInput, { description: "Who is who." }) input: IdentifySubjectInput,
  ): Promise<IdentifySubjectPayload> {
    return this.#assignments.identifySubject(context, input);
  }
}
