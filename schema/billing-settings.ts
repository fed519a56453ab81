import { Field, InputType, Int, ObjectType } from "type-graphql";
import { Money, MoneyInput } from "./money.ts";

@ObjectType({ description: "Where transfers go.", simpleResolvers: true })
export class BankDetails {
  @Field(() => String, { description: "Whose account it is." })
  beneficiary!: string;

  @Field(() => String, { description: "The account's IBAN." })
  iban!: string;

  @Field(() => String, { nullable: true, description: "The bank's BIC." })
  bic!: string | null;

  @Field(() => String, { nullable: true, description: "The bank's name." })
  bank!: string | null;

  @Field(() => String, { nullable: true, description: "The bank's address." })
  address!: string | null;
}

@ObjectType({ description: "How the tenant is paid.", simpleResolvers: true })
export class BillingSettings {
  @Field(() => String, { description: "What the references of new payments begin with." })
  referencePrefix!: string;

  @Field(() => Int, { description: "How many days a client has to pay." })
  transferDays!: number;

  @Field(() => Int, { description: "How many days before its end the next period is billed." })
  invoiceLeadDays!: number;

  @Field(() => Int, {
    description: "How many days a subscription that isn't paid stays PAST_DUE before it is EXPIRED.",
  })
  graceDays!: number;

  @Field(() => [Money], {
    description:
      "By currency: a payment over it needs a second person. In other currencies none does. At first EUR, USD, TND and some more have one.",
  })
  approvalOver!: Money[];

  @Field(() => BankDetails, { nullable: true, description: "Where transfers go; null: none can be made." })
  bankDetails!: BankDetails | null;

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;
}

@InputType({ description: "Where transfers go." })
export class BankDetailsInput {
  @Field(() => String, { description: "Whose account it is: 1 to 200 characters." })
  beneficiary!: string;

  @Field(() => String, { description: "The account's IBAN; its check digits are looked at." })
  iban!: string;

  @Field(() => String, { nullable: true, description: "The bank's BIC: 8 or 11 characters." })
  bic?: string | null;

  @Field(() => String, { nullable: true, description: "The bank's name: at most 200 characters." })
  bank?: string | null;

  @Field(() => String, { nullable: true, description: "The bank's address: at most 500 characters." })
  address?: string | null;
}

@InputType({ description: "New settings; what is left out stays." })
export class UpdateBillingSettingsInput {
  @Field(() => String, {
    nullable: true,
    description: "1 to 6 capital letters and digits. References that exist stay valid.",
  })
  referencePrefix?: string | null;

  @Field(() => Int, { nullable: true, description: "1 to 365." })
  transferDays?: number | null;

  @Field(() => Int, { nullable: true, description: "0 to 25." })
  invoiceLeadDays?: number | null;

  @Field(() => Int, { nullable: true, description: "0 to 365." })
  graceDays?: number | null;

  @Field(() => [MoneyInput], {
    nullable: true,
    description: "By currency; replaces all limits. Without any, one person confirms whatever comes.",
  })
  approvalOver?: MoneyInput[] | null;

  @Field(() => BankDetailsInput, { nullable: true, description: "Where transfers go." })
  bankDetails?: BankDetailsInput | null;

  @Field(() => Int, { nullable: true, description: "Refuse with CONFLICT when the settings have another version." })
  expectedVersion?: number | null;
}
