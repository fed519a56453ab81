import type { Attributes, UserContext } from "@growthbook/growthbook";
import { plainAttributes } from "./plain-attributes.ts";

/** The attribute that holds the subject's id: the name that GrowthBook's SDKs take when none is given. */
export const subjectAttribute = "id";

/** Who is assigned: a visitor, a user or an account, prepared once for all experiments. */
export interface Subject {
  readonly id: string;
  readonly context: UserContext & { readonly attributes: Attributes };
}

export interface SubjectFacts {
  readonly id: string;
  /** As they came in: prototype-polluting keys are left out here. */
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly utm?: Readonly<Partial<Record<"source" | "medium" | "campaign" | "term" | "content", string>>> | undefined;
  readonly device?: Readonly<Partial<Record<"type" | "browser" | "os", string>>> | undefined;
}

/**
 * Names are those of GrowthBook's auto-attributes plugin where it has them (`utmSource`, `deviceType`, `browser`), so that one
 * condition holds in the browser and here. What the server knows wins over an attribute of the same name.
 */
export function toSubject({ id, attributes, utm, device }: SubjectFacts): Subject {
  const all: Attributes = attributes === undefined ? {} : plainAttributes(attributes);
  if (utm?.source !== undefined) all["utmSource"] = utm.source;
  if (utm?.medium !== undefined) all["utmMedium"] = utm.medium;
  if (utm?.campaign !== undefined) all["utmCampaign"] = utm.campaign;
  if (utm?.term !== undefined) all["utmTerm"] = utm.term;
  if (utm?.content !== undefined) all["utmContent"] = utm.content;
  if (device?.type !== undefined) all["deviceType"] = device.type;
  if (device?.browser !== undefined) all["browser"] = device.browser;
  if (device?.os !== undefined) all["os"] = device.os;
  all[subjectAttribute] = id;
  return { id, context: { attributes: all } };
}
