import { Field, InputType } from "type-graphql";
import { DateTimeFilter, IdFilter, KeywordFilter } from "./filter.ts";

@InputType({ description: "Which notes. Fields are ANDed; `{}` and `and: []` match all, `or: []` none." })
export class LeadNoteFilter {
  @Field(() => [LeadNoteFilter], { nullable: true, description: "All of these hold." })
  and?: LeadNoteFilter[];

  @Field(() => [LeadNoteFilter], { nullable: true, description: "At least one of these holds." })
  or?: LeadNoteFilter[];

  @Field(() => LeadNoteFilter, { nullable: true, description: "This doesn't hold." })
  not?: LeadNoteFilter;

  @Field(() => IdFilter, { nullable: true, description: "By the member who wrote it; keys' notes have none." })
  author?: IdFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By when it was written." })
  createdAt?: DateTimeFilter;
}

@InputType({ description: "Conditions on a lead's notes; all must hold." })
export class LeadNoteListFilter {
  @Field(() => LeadNoteFilter, { nullable: true, description: "At least one note matches." })
  some?: LeadNoteFilter;

  @Field(() => LeadNoteFilter, { nullable: true, description: "All notes match (also when there are none)." })
  every?: LeadNoteFilter;

  @Field(() => LeadNoteFilter, { nullable: true, description: "No note matches." })
  none?: LeadNoteFilter;
}

@InputType({ description: "Which consents. Fields are ANDed; `{}` and `and: []` match all, `or: []` none." })
export class LeadConsentFilter {
  @Field(() => [LeadConsentFilter], { nullable: true, description: "All of these hold." })
  and?: LeadConsentFilter[];

  @Field(() => [LeadConsentFilter], { nullable: true, description: "At least one of these holds." })
  or?: LeadConsentFilter[];

  @Field(() => LeadConsentFilter, { nullable: true, description: "This doesn't hold." })
  not?: LeadConsentFilter;

  @Field(() => KeywordFilter, { nullable: true, description: "By what it was given for." })
  purpose?: KeywordFilter;

  @Field(() => KeywordFilter, { nullable: true, description: "By the version of the text that was shown." })
  textVersion?: KeywordFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By when it was given." })
  givenAt?: DateTimeFilter;
}

@InputType({ description: "Conditions on a lead's consents; all must hold." })
export class LeadConsentListFilter {
  @Field(() => LeadConsentFilter, { nullable: true, description: "At least one consent matches." })
  some?: LeadConsentFilter;

  @Field(() => LeadConsentFilter, { nullable: true, description: "All consents match (also when there are none)." })
  every?: LeadConsentFilter;

  @Field(() => LeadConsentFilter, { nullable: true, description: "No consent matches." })
  none?: LeadConsentFilter;
}
