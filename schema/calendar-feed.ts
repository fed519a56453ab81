import { Field, InputType, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { ShownOnce } from "./shown-once.ts";

@InputType({ description: "A new secret address for one's own calendar." })
export class RotateCalendarFeedInput {
  @Field(() => Boolean, { defaultValue: false, description: "Whether the old address only ends, without a new one." })
  endOnly!: boolean;
}

export const RotateCalendarFeedUserError = defineUserError("RotateCalendarFeed", {
  NOT_A_PERSON: "Returned when the caller is no member: only people have calendars.",
});

@ObjectType({ description: "The outcome of rotateCalendarFeed.", simpleResolvers: true })
export class RotateCalendarFeedPayload extends MutationPayload {
  @Field(() => String, {
    nullable: true,
    description:
      "Where calendar applications read one's sessions (iCalendar). Shown once; whoever has it can read them.",
  })
  @ShownOnce()
  url!: string | null;

  @Field(() => [RotateCalendarFeedUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof RotateCalendarFeedUserError.type>[];
}
