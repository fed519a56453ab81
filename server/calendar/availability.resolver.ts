import { Arg, Ctx, Extensions, ID, Mutation, Query, Resolver } from "type-graphql";
import {
  AddOverrideInput,
  AddTimeOffInput,
  RemoveOverrideInput,
  RemoveTimeOffInput,
  SetAvailabilityInput,
} from "../../schema/availability-inputs.ts";
import {
  AddOverridePayload,
  AddTimeOffPayload,
  RemoveOverridePayload,
  RemoveTimeOffPayload,
  SetAvailabilityPayload,
} from "../../schema/availability-payloads.ts";
import { Availability } from "../../schema/availability.ts";
import type { Context } from "../operations/context.ts";
import type { AvailabilityService } from "./availability.service.ts";
import type { TimeOffService } from "./time-off.service.ts";

@Resolver()
export class AvailabilityResolver {
  readonly #availability: AvailabilityService;
  readonly #timeOff: TimeOffService;

  constructor(availability: AvailabilityService, timeOff: TimeOffService) {
    this.#availability = availability;
    this.#timeOff = timeOff;
  }

  @Extensions({ action: "availability:read" })
  @Query(() => Availability, {
    nullable: true,
    description: "When a coach can be booked; null when there is no such coach. Coaches see their own only.",
  })
  availability(
    @Ctx() context: Context,
    @Arg("coachId", () => ID, { description: "The coach's id." }) coachId: string,
  ): Promise<Availability | null> {
    return this.#availability.availability(context, coachId);
  }

  @Extensions({ action: "availability:write" })
  @Mutation(() => SetAvailabilityPayload, {
    description: "Puts a whole week in the place of a coach's week. Overrides, time off and what is booked stay.",
  })
  setAvailability(
    @Ctx() context: Context,
    @Arg("input", () => SetAvailabilityInput, { description: "The week." }) input: SetAvailabilityInput,
  ): Promise<SetAvailabilityPayload> {
    return this.#availability.setAvailability(context, input);
  }

  @Extensions({ action: "availability:write" })
  @Mutation(() => AddOverridePayload, {
    description: "Gives one date other hours than its weekday, or none. What is booked stays.",
  })
  addOverride(
    @Ctx() context: Context,
    @Arg("input", () => AddOverrideInput, { description: "The date and its hours." }) input: AddOverrideInput,
  ): Promise<AddOverridePayload> {
    return this.#availability.addOverride(context, input);
  }

  @Extensions({ action: "availability:write" })
  @Mutation(() => RemoveOverridePayload, { description: "Gives a date the hours of its weekday again." })
  removeOverride(
    @Ctx() context: Context,
    @Arg("input", () => RemoveOverrideInput, { description: "The override." }) input: RemoveOverrideInput,
  ): Promise<RemoveOverridePayload> {
    return this.#availability.removeOverride(context, input);
  }

  @Extensions({ action: "availability:write" })
  @Mutation(() => AddTimeOffPayload, {
    description: "Takes a coach's time off. Refused when sessions are booked in it.",
  })
  addTimeOff(
    @Ctx() context: Context,
    @Arg("input", () => AddTimeOffInput, { description: "The time." }) input: AddTimeOffInput,
  ): Promise<AddTimeOffPayload> {
    return this.#timeOff.addTimeOff(context, input);
  }

  @Extensions({ action: "availability:write" })
  @Mutation(() => RemoveTimeOffPayload, { description: "Ends a time off: the coach can be booked again." })
  removeTimeOff(
    @Ctx() context: Context,
    @Arg("input", () => RemoveTimeOffInput, { description: "The time off." }) input: RemoveTimeOffInput,
  ): Promise<RemoveTimeOffPayload> {
    return this.#timeOff.removeTimeOff(context, input);
  }
}
