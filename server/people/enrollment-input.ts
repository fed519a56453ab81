import type { EnrollInput, EnrollPayload } from "../../schema/enroll.ts";
import type { TenantSettings } from "../operations/tenant-settings.ts";
import { newUuid } from "../operations/uuid.ts";
import type { NewClient, NewLearner } from "./new-people.ts";
import {
  checkEmail,
  checkGoals,
  checkGrade,
  checkLocale,
  checkName,
  checkOptionalEmail,
  checkPhone,
  checkSubjects,
  checkTimeZone,
} from "./person-fields.ts";
import { Refusals } from "./refusals.ts";

type Code = EnrollPayload["userErrors"][number]["code"];

/** A client with learners, checked. */
export interface Enrollment {
  readonly client: NewClient;
  readonly learners: readonly (NewLearner & { readonly isClient: boolean })[];
  readonly consents: readonly { readonly purpose: string; readonly textVersion: string }[];
}

const maxLearners = 10;
const maxSubjects = 20;
const maxConsents = 10;
const maxConsentLength = 100;

export function readEnrollment(
  input: EnrollInput,
  tenant: TenantSettings,
): { readonly enrollment: Enrollment } | { readonly userErrors: Refusals<Code>["list"] } {
  const refusals = new Refusals<Code>();
  const client = readClient(refusals, input.client, tenant);
  const learners = readLearners(refusals, input.learners, client);
  const consents = readConsents(refusals, input.consent ?? []);
  refuseRepeated(refusals, client, learners);
  return refusals.list.length > 0 ? { userErrors: refusals.list } : { enrollment: { client, learners, consents } };
}

function readClient(refusals: Refusals<Code>, input: EnrollInput["client"], tenant: TenantSettings): NewClient {
  return {
    id: newUuid(),
    name: checkName(refusals, input.name, ["client", "name"]),
    email: checkEmail(refusals, input.email, ["client", "email"]),
    phone: checkPhone(refusals, input.phone, tenant.defaultCountry, ["client", "phone"]),
    timeZone: checkTimeZone(refusals, input.timeZone, tenant.timeZone, ["client", "timeZone"]),
    locale: checkLocale(refusals, input.locale, tenant.locale, ["client", "locale"]),
  };
}

function readLearners(
  refusals: Refusals<Code>,
  inputs: EnrollInput["learners"],
  client: NewClient,
): Enrollment["learners"] {
  if (inputs.length === 0) refusals.refuse("LEARNERS_MISSING", "Say who is to learn.", ["learners"]);
  if (inputs.length > maxLearners) {
    refusals.refuse("TOO_MANY_LEARNERS", `At most ${maxLearners} learners are possible.`, ["learners"]);
    return [];
  }
  if (inputs.filter(({ isClient }) => isClient).length > 1) {
    refusals.refuse("TOO_MANY_LEARNERS", "The client is one person.", ["learners"]);
  }
  return inputs.map((input, index) => {
    const at = (field: string) => ["learners", String(index), field];
    const { isClient } = input;
    return {
      id: newUuid(),
      isClient,
      name: isClient ? client.name : checkName(refusals, input.name, at("name")),
      email: isClient ? client.email : checkOptionalEmail(refusals, input.email, at("email")),
      grade: checkGrade(refusals, input.grade, at("grade")),
      goals: checkGoals(refusals, input.goals ?? [], at("goals")),
      subjects: checkSubjects(refusals, input.subjects ?? [], maxSubjects, at("subjects")),
      timeZone: client.timeZone,
      locale: client.locale,
    };
  });
}

function readConsents(refusals: Refusals<Code>, inputs: NonNullable<EnrollInput["consent"]>): Enrollment["consents"] {
  if (inputs.length > maxConsents) {
    refusals.refuse("CONSENT_INVALID", `At most ${maxConsents} consents are possible.`, ["consent"]);
    return [];
  }
  return inputs.map((input, index) => {
    const text = (field: "purpose" | "textVersion") => {
      const value = input[field].trim();
      if (value === "" || value.length > maxConsentLength) {
        const message = `A consent's ${field} has 1 to ${maxConsentLength} characters.`;
        refusals.refuse("CONSENT_INVALID", message, ["consent", String(index), field]);
      }
      return value;
    };
    return { purpose: text("purpose"), textVersion: text("textVersion") };
  });
}

/** Each login has its own e-mail address. */
function refuseRepeated(refusals: Refusals<Code>, client: NewClient, learners: Enrollment["learners"]): void {
  const seen = new Set([client.email]);
  learners.forEach(({ email, isClient }, index) => {
    if (email === null || email === "" || isClient) return;
    if (seen.has(email)) {
      const message = "Everybody has an e-mail address of their own; a learner may have none.";
      refusals.refuse("EMAIL_REPEATED", message, ["learners", String(index), "email"]);
    }
    seen.add(email);
  });
}
