import { Field, InputType, Int } from "type-graphql";

@InputType({ description: "A new tenant and its owner." })
export class SignUpInput {
  @Field(() => String, { description: "The tenant's name, 1 to 200 characters." })
  tenantName!: string;

  @Field(() => String, { description: "The owner's name, 1 to 200 characters." })
  name!: string;

  @Field(() => String, { description: "The owner's e-mail address." })
  email!: string;

  @Field(() => String, { description: "The owner's password: 10 characters or more, of any kind." })
  password!: string;

  @Field(() => String, {
    defaultValue: "US",
    description: "ISO 3166-1 code of the country whose phone numbers need no prefix.",
  })
  defaultCountry!: string;

  @Field(() => String, { defaultValue: "UTC", description: "IANA time zone, such as `Africa/Tunis`." })
  timeZone!: string;

  @Field(() => String, { defaultValue: "en", description: "BCP 47 language, such as `fr-TN`." })
  locale!: string;

  @Field(() => String, { defaultValue: "USD", description: "ISO 4217 currency, such as `TND`." })
  currency!: string;
}

@InputType({ description: "Settings to change; the others stay as they are." })
export class UpdateTenantInput {
  @Field(() => Int, { nullable: true, description: "Refuse with CONFLICT if the tenant has another version by now." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "Name, 1 to 200 characters." })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "ISO 3166-1 code of the country whose phone numbers need no prefix.",
  })
  defaultCountry?: string | null;

  @Field(() => String, { nullable: true, description: "IANA time zone, such as `Africa/Tunis`." })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: "BCP 47 language, such as `fr-TN`." })
  locale?: string | null;

  @Field(() => String, { nullable: true, description: "ISO 4217 currency, such as `TND`." })
  currency?: string | null;
}
