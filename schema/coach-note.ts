import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { Member } from "./member.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

export const NoteVisibility = { COACHES: "COACHES", TEAM: "TEAM" } as const;
export type NoteVisibility = keyof typeof NoteVisibility;
registerEnumType(NoteVisibility, {
  name: "NoteVisibility",
  description: "Who sees a note on a learner. Clients and learners never do.",
  valuesConfig: {
    COACHES: { description: "The learner's coaches and the team." },
    TEAM: { description: "The team, and who wrote it." },
  },
});

@ObjectType({
  implements: Node,
  description: "What a coach or somebody of the team noted on a learner.",
  simpleResolvers: true,
})
export class CoachNote extends Node {
  readonly __typename = "CoachNote";

  @Field(() => String, { description: "The text." })
  body!: string;

  @Field(() => NoteVisibility, { description: "Who sees it." })
  visibleTo!: NoteVisibility;

  @Field(() => Member, {
    nullable: true,
    description:
      "Who wrote it; null when a key did. Coaches see it of their own notes only: others are known by pseudonym.",
  })
  author!: Member | null;

  @Field(() => String, { nullable: true, description: "The pseudonym of the coach who wrote it; null for the team." })
  authorPseudonym!: string | null;

  @Field(() => DateTime, { description: "When it was written." })
  createdAt!: Date;

  @Field(() => DateTime, { description: "The last change." })
  updatedAt!: Date;

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;
}

export const CoachNoteConnection = defineConnection("CoachNote", () => CoachNote).Connection;
