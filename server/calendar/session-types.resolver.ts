import { Arg, Args, Ctx, Extensions, ID, Mutation, Query, Resolver } from "type-graphql";
import { AvailableSlots, AvailableSlotsArgs } from "../../schema/available-slots.ts";
import type { Page } from "../../schema/connection.ts";
import {
  ArchiveSessionTypeInput,
  CreateSessionTypeInput,
  UpdateSessionTypeInput,
} from "../../schema/session-type-inputs.ts";
import {
  ArchiveSessionTypePayload,
  CreateSessionTypePayload,
  UpdateSessionTypePayload,
} from "../../schema/session-type-payloads.ts";
import { SessionType, SessionTypeConnection, SessionTypesArgs } from "../../schema/session-type.ts";
import type { Context } from "../operations/context.ts";
import type { SessionTypesService } from "./session-types.service.ts";
import type { SlotsService } from "./slots.service.ts";

@Resolver()
export class SessionTypesResolver {
  readonly #types: SessionTypesService;
  readonly #slots: SlotsService;

  constructor(types: SessionTypesService, slots: SlotsService) {
    this.#types = types;
    this.#slots = slots;
  }

  @Extensions({ action: "calendar:read" })
  @Query(() => AvailableSlots, {
    nullable: true,
    description:
      "What can be booked, with one coach or with anybody; null when there is no such session type or coach, or no such learner whom the caller sees. At most 92 days.",
  })
  availableSlots(
    @Ctx() context: Context,
    @Args(() => AvailableSlotsArgs) args: AvailableSlotsArgs,
  ): Promise<AvailableSlots | null> {
    return this.#slots.availableSlots(context, args);
  }

  @Extensions({ action: "calendar:read" })
  @Query(() => SessionType, { nullable: true, description: "A session type; null when there is none with this id." })
  sessionType(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The session type's id." }) id: string,
  ): Promise<SessionType | null> {
    return this.#types.sessionType(context, id);
  }

  @Extensions({ action: "calendar:read" })
  @Query(() => SessionTypeConnection, { description: "What can be booked, the oldest first." })
  sessionTypes(
    @Ctx() context: Context,
    @Args(() => SessionTypesArgs) args: SessionTypesArgs,
  ): Promise<Page<SessionType>> {
    return this.#types.sessionTypes(context, args);
  }

  @Extensions({ action: "calendar:write" })
  @Mutation(() => CreateSessionTypePayload, { description: "Makes something that can be booked." })
  createSessionType(
    @Ctx() context: Context,
    @Arg("input", () => CreateSessionTypeInput, { description: "The session type." }) input: CreateSessionTypeInput,
  ): Promise<CreateSessionTypePayload> {
    return this.#types.createSessionType(context, input);
  }

  @Extensions({ action: "calendar:write" })
  @Mutation(() => UpdateSessionTypePayload, {
    description: "Changes a session type. What is booked keeps its time, price and policy.",
  })
  updateSessionType(
    @Ctx() context: Context,
    @Arg("input", () => UpdateSessionTypeInput, { description: "What changes." }) input: UpdateSessionTypeInput,
  ): Promise<UpdateSessionTypePayload> {
    return this.#types.updateSessionType(context, input);
  }

  @Extensions({ action: "calendar:write" })
  @Mutation(() => ArchiveSessionTypePayload, {
    description: "Ends the booking of a session type. What is booked takes place.",
  })
  archiveSessionType(
    @Ctx() context: Context,
    @Arg("input", () => ArchiveSessionTypeInput, { description: "The session type." }) input: ArchiveSessionTypeInput,
  ): Promise<ArchiveSessionTypePayload> {
    return this.#types.archiveSessionType(context, input);
  }
}
