/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@urql/core';
/** Why AcceptInvite can be refused. */
export type AcceptInviteErrorCode =
  /** Returned when the name is empty, longer than 200 characters or has control characters. */
  | 'NAME_INVALID'
  /** Returned when the password is too short or too easy; the message says which. */
  | 'PASSWORD_WEAK'
  /** Returned when the token is malformed, expired, revoked or was used before. */
  | 'TOKEN_INVALID';

/** How the invited person becomes a member. */
export type AcceptInviteInput = {
  /** The name that others see, 1 to 200 characters. */
  name: string;
  /** Password: 10 characters or more, of any kind. */
  password: string;
  /** The invitation's token. */
  token: string;
};

/** What kind of principal caused a change. */
export type ActorType =
  /** A secret key. */
  | 'API_KEY'
  /** A member who was signed in. */
  | 'MEMBER'
  /** A publishable key, so a visitor's browser. */
  | 'PUBLISHABLE_KEY'
  /** Nexora itself. */
  | 'SYSTEM';

/** Why AddLeadNote can be refused. */
export type AddLeadNoteErrorCode =
  /** Returned when the text is empty. */
  | 'BODY_MISSING'
  /** Returned when there is no lead with this id. */
  | 'NOT_FOUND'
  /** Returned when the text has more than 10,000 characters. */
  | 'TOO_LONG';

/** A note about a lead. */
export type AddLeadNoteInput = {
  /** The text, at most 10,000 characters. */
  body: string;
  /** The lead's id. */
  id: string;
};

/** Why ArchiveLink can be refused. */
export type ArchiveLinkErrorCode =
  /** Returned when there is no link with this id. */
  | 'NOT_FOUND';

/** A link that is taken out of use. */
export type ArchiveLinkInput = {
  /** The link's id. */
  id: string;
};

/** Why AssignAll can be refused. */
export type AssignAllErrorCode =
  /** Returned when the attributes have more than 16 kB. */
  | 'ATTRIBUTES_INVALID'
  /** Returned when the subject doesn't have 1 to 200 characters, or has control characters. */
  | 'SUBJECT_INVALID';

/** Who gets variants of all running experiments. */
export type AssignAllInput = {
  /** What the targeting is checked against. At most 16 kB. */
  attributes?: Record<string, unknown> | null | undefined;
  /** The subject: a visitor's, user's or account's id of yours, 1 to 200 characters. */
  subjectId: string;
};

/** Why Assign can be refused. */
export type AssignErrorCode =
  /** Returned when the attributes have more than 16 kB. */
  | 'ATTRIBUTES_INVALID'
  /** Returned when there is no experiment with this key. */
  | 'NOT_FOUND'
  /** Returned when the subject doesn't have 1 to 200 characters, or has control characters. */
  | 'SUBJECT_INVALID';

/** Who gets a variant of which experiment. */
export type AssignInput = {
  /** What the targeting is checked against. At most 16 kB. */
  attributes?: Record<string, unknown> | null | undefined;
  /** The experiment's key. */
  experimentKey: string;
  /** The subject: a visitor's, user's or account's id of yours, 1 to 200 characters. */
  subjectId: string;
};

/** Why AssignLead can be refused. */
export type AssignLeadErrorCode =
  /** Returned when the lead's version isn't `expectedVersion`; `lead` is the current one. */
  | 'CONFLICT'
  /** Returned when there is no lead with this id. */
  | 'NOT_FOUND'
  /** Returned when there is no active member with this id. */
  | 'OWNER_NOT_FOUND';

/** Who looks after a lead. */
export type AssignLeadInput = {
  /** Only assign the lead if it has this version. */
  expectedVersion?: number | null | undefined;
  /** The lead's id. */
  id: string;
  /** Id of an active member; null: nobody. */
  ownerId?: string | null | undefined;
};

/** Why a subject gets what it gets. */
export type AssignmentReason =
  /** It is new: drawn by the weights in force. */
  | 'ASSIGNED'
  /** None: the subject is one of those that are kept out. */
  | 'HELD_OUT'
  /** None: the subject isn't in the share that takes part. */
  | 'NOT_ALLOCATED'
  /** None: the experiment is a draft, has ended, or is paused and the subject is new. */
  | 'NOT_RUNNING'
  /** None: the experiment's condition doesn't hold for the attributes. */
  | 'NOT_TARGETED'
  /** None: every variant is paused or dropped. */
  | 'NO_OPEN_VARIANT'
  /** None: the subject belongs to another part of the namespace. */
  | 'OTHER_NAMESPACE_PART'
  /** The variant that it had was dropped: another one was drawn, and the subject leaves the analysis. */
  | 'REASSIGNED'
  /** The experiment has ended, and everybody who is meant gets the winner. */
  | 'ROLLED_OUT'
  /** It has had this variant before, and keeps it. */
  | 'STORED';

/** A part of when a coach can be booked. */
export type AvailabilityPart =
  /** The hours of every week, their zone, or the limits of days and weeks. */
  | 'HOURS'
  /** The hours of a date. */
  | 'OVERRIDE'
  /** A time off. */
  | 'TIME_OFF';

/** What has become of a booking's credits. */
export type BookingPayment =
  /** The booking costs nothing. */
  | 'FREE'
  /** They are held until the session ends or is cancelled. */
  | 'HELD'
  /** They went back into the lots that they came from. */
  | 'RETURNED'
  /** They are used up. */
  | 'SPENT';

/** What has become of a learner's place in a session. */
export type BookingStatus =
  /** The learner was there. */
  | 'ATTENDED'
  /** The learner has it. */
  | 'BOOKED'
  /** It was given up. */
  | 'CANCELLED'
  /** The learner didn't come. */
  | 'NO_SHOW';

/** Why a bulk operation failed. */
export type BulkOperationFailure =
  /** The connection ended before the file did. */
  | 'CONNECTION_LOST'
  /** The file, or what it is when it is unpacked, is larger than an upload may be. */
  | 'FILE_TOO_LARGE'
  /** The compressed bytes are broken. */
  | 'FILE_UNREADABLE'
  /** Something went wrong on our side. */
  | 'INTERNAL'
  /** Lines were refused and the policy is ALL_OR_NOTHING. The result file has them. */
  | 'LINES_REFUSED'
  /** Five processes that worked on it ended, or the one that received the file. */
  | 'PROCESS_LOST'
  /** A page of the export couldn't be read; `failureMessage` says what the query answered. */
  | 'QUERY_FAILED'
  /** An export holds its snapshot for at most two hours. */
  | 'TOOK_TOO_LONG'
  /** With the policy ALL_OR_NOTHING a file has at most 1,000 lines. */
  | 'TOO_MANY_LINES'
  /** The file wasn't sent before the link expired. */
  | 'UPLOAD_EXPIRED'
  /** The sender sent nothing for half a minute. */
  | 'UPLOAD_STALLED';

/** What a bulk operation does. */
export type BulkOperationKind =
  /** It writes all rows of a connection into a file. */
  | 'EXPORT'
  /** It runs a mutation for each line of a file. */
  | 'IMPORT';

/** How far a bulk operation is. */
export type BulkOperationStatus =
  /** The file of an import hasn't been sent yet. */
  | 'AWAITING_UPLOAD'
  /** Somebody cancelled it. What an import had written by then stays. */
  | 'CANCELLED'
  /** It has come to its end; of an import's lines some may have been refused. */
  | 'COMPLETED'
  /** It ended early; `failure` says why. */
  | 'FAILED'
  /** It waits for a process that has time for it. */
  | 'QUEUED'
  /** A process works on it. */
  | 'RUNNING'
  /** The file of an import is arriving. */
  | 'UPLOADING';

/** Why CancelBulkOperation can be refused. */
export type CancelBulkOperationErrorCode =
  /** Returned when it has ended already; `bulkOperation` says how. */
  | 'ALREADY_FINISHED'
  /** Returned when there is no bulk operation with this id that the caller could have started. */
  | 'NOT_FOUND';

/** A bulk operation to cancel. */
export type CancelBulkOperationInput = {
  /** The operation's id. */
  id: string;
};

/** Why CancelLeadImport can be refused. */
export type CancelLeadImportErrorCode =
  /** Returned when the import has ended already; `leadImport` says how. */
  | 'ALREADY_FINISHED'
  /** Returned when there is no import with this id. */
  | 'NOT_FOUND';

/** An import to cancel. */
export type CancelLeadImportInput = {
  /** The import's id. */
  id: string;
};

/** Why CaptureLead can be refused. */
export type CaptureLeadErrorCode =
  /** Returned when `attributes` holds anything but texts, numbers, booleans and lists of them, or more than 100 names. */
  | 'ATTRIBUTES_INVALID'
  /** Returned when `attributes` has more than 16 kB as JSON. */
  | 'ATTRIBUTES_TOO_LARGE'
  /** Returned when there are more than 10 consents, or one lies in the future or has no purpose or version. */
  | 'CONSENT_INVALID'
  /** Returned when `email` is no e-mail address. */
  | 'EMAIL_INVALID'
  /** Returned when `email`, `phone` and `externalId` are all missing. */
  | 'IDENTITY_MISSING'
  /** Returned when `phone` is no phone number, or one of another country without its prefix. */
  | 'PHONE_INVALID'
  /** Returned when there are more than 50 tags, or one is empty or has more than 50 characters. */
  | 'TAGS_INVALID'
  /** Returned when a text has more characters than its field allows. */
  | 'TOO_LONG';

/** A person who showed interest. At least one of `email`, `phone` and `externalId` is needed: they tell who it is. Empty texts count as missing. */
export type CaptureLeadInput = {
  /** The tenant's own fields: texts, numbers, booleans or lists of them. At most 100 names and 16 kB. */
  attributes?: Record<string, unknown> | null | undefined;
  /** Company. At most 200 characters. */
  company?: string | null | undefined;
  /** What the person agreed to, at most 10. */
  consent?: Array<LeadConsentInput> | null | undefined;
  /** E-mail address; stored in lower case. */
  email?: string | null | undefined;
  /** The id that another system knows this person by. At most 200 characters. */
  externalId?: string | null | undefined;
  /** A form field that people don't see. When it is filled, the answer is as always and nothing is stored. */
  honeypot?: string | null | undefined;
  /** What the person wrote. At most 10,000 characters. */
  message?: string | null | undefined;
  /** Full name. At most 200 characters. */
  name?: string | null | undefined;
  /** Referrer, landing page and UTM parameters of the visit. */
  origin?: LeadOriginInput | null | undefined;
  /** Phone number, international (`+216 …`) or as it is dialled in the tenant's country; stored in E.164. */
  phone?: string | null | undefined;
  /** Where the lead is captured, such as `website`. At most 100 characters. */
  source?: string | null | undefined;
  /** Tags to add: at most 50 of at most 50 characters. */
  tags?: Array<string> | null | undefined;
};

/** Why ChangeMemberRole can be refused. */
export type ChangeMemberRoleErrorCode =
  /** Returned when the member has another version than expected; `member` is how it is now. */
  | 'CONFLICT'
  /** Returned when the tenant would have no owner. */
  | 'LAST_OWNER'
  /** Returned when there is no such member, or not any more. */
  | 'NOT_FOUND'
  /** Returned when somebody who isn't an owner changes, makes or removes an owner. */
  | 'OWNER_REQUIRED';

/** Whose role to change, and to what. */
export type ChangeMemberRoleInput = {
  /** Refuse with CONFLICT if the member has another version by now. */
  expectedVersion?: number | null | undefined;
  /** Id of the member. */
  memberId: string;
  /** The new role. Only owners can make, or change, owners. */
  role: Role;
};

/** Why ChangeVariants can be refused. */
export type ChangeVariantsErrorCode =
  /** Returned when the experiment has ended. */
  | 'ALREADY_CONCLUDED'
  /** Returned when the experiment has another version; `experiment` is what it is now. */
  | 'CONFLICT'
  /** Returned when there is no experiment with this id. */
  | 'NOT_FOUND'
  /** Returned when a variant's key, name or payload isn't allowed, or there aren't 2 to 20. */
  | 'VARIANTS_INVALID'
  /** Returned when a variant is removed that subjects may have: drop it instead. */
  | 'VARIANT_IN_USE'
  /** Returned when two variants have the same key. */
  | 'VARIANT_KEY_TAKEN'
  /** Returned when the experiment has no variant with this key, or it was dropped before. */
  | 'VARIANT_NOT_FOUND'
  /** Returned when a weight isn't 0 to 1, or those of the active variants aren't 1 together. */
  | 'WEIGHTS_INVALID';

/** Changes of an experiment's variants. Who has a variant keeps it, unless it is dropped. The shares of those that are active are 1 together. */
export type ChangeVariantsInput = {
  /** Variants that are new. */
  add?: Array<ExperimentVariantInput>;
  /** Variants that change. */
  change?: Array<ExperimentVariantChangeInput>;
  /** Refuse with CONFLICT if the experiment has another version. */
  expectedVersion?: number | null | undefined;
  /** The experiment's id. */
  id: string;
  /** Keys of variants that vanish. In a draft only: later drop them, since their subjects are counted. */
  remove?: Array<string>;
};

/** Why ConcludeExperiment can be refused. */
export type ConcludeExperimentErrorCode =
  /** Returned when there is no experiment with this id. */
  | 'NOT_FOUND'
  /** Returned when the experiment is a draft, or has ended. */
  | 'NOT_RUNNING'
  /** Returned when no variant that isn't dropped has the winner's key, or there is none to roll out. */
  | 'WINNER_INVALID';

/** An experiment that ends. */
export type ConcludeExperimentInput = {
  /** The experiment's id. */
  id: string;
  /** Whether everybody gets the winner from now on. */
  rollOut?: boolean;
  /** Key of the variant that won. Default: none. */
  winnerKey?: string | null | undefined;
};

/** Why CreateApiKey can be refused. */
export type CreateApiKeyErrorCode =
  /** Returned when the key would have expired already. */
  | 'EXPIRY_INVALID'
  /** Returned when the name is empty, longer than 200 characters or has control characters. */
  | 'NAME_INVALID'
  /** Returned when there is no scope, or one that doesn't exist or that keys can't have. */
  | 'SCOPES_INVALID';

/** A new secret key. */
export type CreateApiKeyInput = {
  /** Which documents it may send. */
  documentMode?: DocumentMode;
  /** When it stops working. Default: never. */
  expiresAt?: string | null | undefined;
  /** What people call it, 1 to 200 characters. */
  name: string;
  /** What it may do: actions such as `lead:read`. At least one. */
  scopes: Array<string>;
};

/** Why CreateExperiment can be refused. */
export type CreateExperimentErrorCode =
  /** Returned when the hypothesis has more than 2,000 characters. */
  | 'HYPOTHESIS_INVALID'
  /** Returned when the key isn't a letter with letters, digits, `_` and `-` behind it, 64 at most. */
  | 'KEY_INVALID'
  /** Returned when another experiment has this key. */
  | 'KEY_TAKEN'
  /** Returned when the event's name doesn't have 1 to 100 characters, or SEASONAL is asked for another metric than CONVERSION. */
  | 'METRIC_INVALID'
  /** Returned when the namespace's name isn't allowed, or its part isn't a part of 0 to 1. */
  | 'NAMESPACE_INVALID'
  /** Returned when the name doesn't have 1 to 200 characters, or has control characters. */
  | 'NAME_INVALID'
  /** Returned when coverage isn't over 0 and at most 1, holdout isn't 0 to 0.9, or the window isn't 1 to 2,160 hours. */
  | 'SHARE_INVALID'
  /** Returned when the condition has more than 16 kB, an operator that there isn't, or a pattern that could take long. */
  | 'TARGETING_INVALID'
  /** Returned when a variant's key, name or payload isn't allowed, or there aren't 2 to 20. */
  | 'VARIANTS_INVALID'
  /** Returned when two variants have the same key. */
  | 'VARIANT_KEY_TAKEN'
  /** Returned when a weight isn't 0 to 1, or those of the active variants aren't 1 together. */
  | 'WEIGHTS_INVALID';

/** A new experiment. It is a draft until it is started. */
export type CreateExperimentInput = {
  /** How new subjects are shared out. */
  allocation?: ExperimentAllocation;
  /** For how many hours after the first exposure a conversion counts: 1 to 2,160. */
  conversionWindowHours?: number;
  /** The share of those who are meant that takes part: over 0, to 1. */
  coverage?: number;
  /** The share of subjects that is kept out: 0 to 0.9. */
  holdout?: number;
  /** What is expected, and why. At most 2,000 characters. */
  hypothesis?: string;
  /** Its name for programs: a letter, then letters, digits, `_`, `-`; at most 64. */
  key: string;
  /** What is measured. */
  metric: ExperimentMetricInput;
  /** What THOMPSON makes of its counts. SEASONAL is for CONVERSION. */
  mode?: ExperimentMode;
  /** Its name, for people: 1 to 200 characters. Default: its key. */
  name?: string | null | undefined;
  /** A part of a namespace, whose other parts belong to other experiments. Default: none. */
  namespace?: ExperimentNamespaceInput | null | undefined;
  /** Who takes part: a condition such as `{ "country": { "$in": ["FR", "TN"] } }`. Default: everybody. At most 16 kB. */
  targeting?: Record<string, unknown> | null | undefined;
  /** Its variants: 2 to 20. */
  variants: Array<ExperimentVariantInput>;
};

/** Why CreateLink can be refused. */
export type CreateLinkErrorCode =
  /** Returned when the end isn't in the future. */
  | 'EXPIRES_AT_INVALID'
  /** Returned when the slug isn't 2 to 64 letters without accents, digits and hyphens, or begins or ends with a hyphen. */
  | 'SLUG_INVALID'
  /** Returned when the slug is a word that this server keeps for itself. */
  | 'SLUG_RESERVED'
  /** Returned when the slug is in use. Slugs are unique on the whole server, whoever uses them. */
  | 'SLUG_TAKEN'
  /** Returned when there are more than 50 tags, or one is empty or has more than 200 characters. */
  | 'TAGS_INVALID'
  /** Returned when the title is empty, has more than 200 characters or control characters. */
  | 'TITLE_INVALID'
  /** Returned when the address isn't http or https, names a user or password, leads to a short link of this server, or has more than 2,000 characters, UTM parameters included. */
  | 'URL_INVALID'
  /** Returned when a UTM parameter has more than 200 characters or control characters. */
  | 'UTM_INVALID';

/** A new link. */
export type CreateLinkInput = {
  /** From when on it leads nowhere. Default: it doesn't end. */
  expiresAt?: string | null | undefined;
  /** What shall stand behind `/l/`: 2 to 64 letters without accents, digits and hyphens, in any case. Default: seven signs by chance. */
  slug?: string | null | undefined;
  /** Labels, at most 50 of 1 to 200 characters. */
  tags?: Array<string>;
  /** What the team calls it: 1 to 200 characters. */
  title?: string | null | undefined;
  /** Where it leads: http or https, without user and password, at most 2,000 characters. */
  url: string;
  /** What is added to the address. */
  utm?: LinkUtmInput | null | undefined;
};

/** Why CreatePublishableKey can be refused. */
export type CreatePublishableKeyErrorCode =
  /** Returned when the key would have expired already. */
  | 'EXPIRY_INVALID'
  /** Returned when the name is empty, longer than 200 characters or has control characters. */
  | 'NAME_INVALID'
  /** Returned when an origin isn't a scheme, a host and at most a port, or there are more than 100. */
  | 'ORIGIN_INVALID';

/** A new publishable key. */
export type CreatePublishableKeyInput = {
  /** Origins of the pages that may use it, such as `https://example.com`; empty: all. */
  allowedOrigins?: Array<string>;
  /** Which documents it may send. */
  documentMode?: DocumentMode;
  /** When it stops working. Default: never. */
  expiresAt?: string | null | undefined;
  /** What people call it, 1 to 200 characters. */
  name: string;
};

/** What happened to an account's credits. */
export type CreditChangeType =
  /** A correction, or a refund of the payment, took credits away. */
  | 'ADJUSTED_DOWN'
  /** A correction added credits. */
  | 'ADJUSTED_UP'
  /** Credits expired, or weren't carried over into a plan's next period. */
  | 'EXPIRED'
  /** Credits came in; `kind` says why. */
  | 'GRANTED'
  /** Credits were reserved. */
  | 'HELD'
  /** Reserved credits were used up. */
  | 'POSTED'
  /** Used credits came back. */
  | 'REFUNDED'
  /** Credits were used up at once. */
  | 'SPENT'
  /** Another client gave credits. */
  | 'TRANSFERRED_IN'
  /** Another client got credits. */
  | 'TRANSFERRED_OUT'
  /** Reserved credits were let go, or their reservation has ended. */
  | 'VOIDED';

/** Why credits came or went. */
export type CreditEntryKind =
  /** A correction by hand, with a reason. */
  | 'ADJUSTMENT'
  /** Credits that expired, or weren't carried over into a plan's next period. */
  | 'EXPIRATION'
  /** A plan's credits for a period. */
  | 'MONTHLY_ALLOCATION'
  /** A present. */
  | 'PROMO'
  /** Credits that were paid for. */
  | 'PURCHASE'
  /** Used credits that were given back, on the same lots. */
  | 'REFUND'
  /** Credits that another client gave or got. */
  | 'TRANSFER'
  /** Credits that were used up. */
  | 'USAGE'
  /** Held credits that were let go after their lot's end, and got a new one. */
  | 'VOID';

/** Conditions on an instant; all must hold. */
export type DateTimeFilter = {
  /** At exactly this instant. */
  eq?: string | null | undefined;
  /** After this instant. */
  gt?: string | null | undefined;
  /** At or after this instant. */
  gte?: string | null | undefined;
  /** true: has no value; false: has one. */
  isNull?: boolean | null | undefined;
  /** Before this instant. */
  lt?: string | null | undefined;
  /** At or before this instant. */
  lte?: string | null | undefined;
};

/** Why DeleteLead can be refused. */
export type DeleteLeadErrorCode =
  /** Returned when the lead's version isn't `expectedVersion`; `lead` is the current one. */
  | 'CONFLICT'
  /** Returned when there is no lead with this id. */
  | 'NOT_FOUND';

/** A lead to delete for good. */
export type DeleteLeadInput = {
  /** Only delete the lead if it has this version. */
  expectedVersion?: number | null | undefined;
  /** The lead's id. */
  id: string;
};

/** Which documents a key may send. */
export type DocumentMode =
  /** Trusted documents: those of the tenant's manifests and of the SDK. */
  | 'ONLY'
  /** Any text. */
  | 'OPEN'
  /** Any text; what isn't a trusted document is counted in `freeTextDocuments`. */
  | 'PREFER';

/** What happens to the good part of a bulk change when another part is refused. */
export type ErrorPolicy =
  /** Nothing is written unless all of it is good; then all of it in one transaction. */
  | 'ALL_OR_NOTHING'
  /** What is good is written, in parts, as it arrives; what is refused is reported. */
  | 'SKIP_FAILED';

/** How new subjects are shared out. */
export type ExperimentAllocation =
  /** By the variants' own weights: an A/B test. */
  | 'FIXED'
  /** By each variant's probability to be the best one: a bandit. */
  | 'THOMPSON';

/** Which experiments. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels. */
export type ExperimentFilter = {
  /** All of these hold. */
  and?: Array<ExperimentFilter> | null | undefined;
  /** By when they were made. */
  createdAt?: DateTimeFilter | null | undefined;
  /** This doesn't hold. */
  not?: ExperimentFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<ExperimentFilter> | null | undefined;
  /** By status. */
  status?: ExperimentStatusFilter | null | undefined;
};

/** Which variant is better. */
export type ExperimentMetricDirection =
  /** The one with more of it. */
  | 'MAXIMISE'
  /** The one with less of it. */
  | 'MINIMISE';

/** What an experiment measures. */
export type ExperimentMetricInput = {
  /** Which variant is better. */
  direction?: ExperimentMetricDirection;
  /** Name of the event, as recordConversion names it: 1 to 100 characters. */
  event: string;
  /** What is measured. */
  kind?: ExperimentMetricKind;
};

/** What is measured. */
export type ExperimentMetricKind =
  /** The share of subjects that do it. */
  | 'CONVERSION'
  /** How long it takes on average, of those who do it: the event's value, in seconds. */
  | 'DURATION'
  /** What a subject brings on average: the event's value, in minor units; 0 without one. */
  | 'REVENUE';

/** What a bandit makes of its counts. */
export type ExperimentMode =
  /** All counts are alike. */
  | 'POOLED'
  /** An exposure counts the more, the less probable its variant was: dips that all variants share cancel out. */
  | 'SEASONAL';

/** A part of a namespace's subjects. */
export type ExperimentNamespaceInput = {
  /** Where the part begins: 0 to 1. */
  from: number;
  /** Its name: 1 to 100 characters. */
  name: string;
  /** Where it ends, 0 to 1; this place is no part of it. */
  to: number;
};

/** One key of an order of experiments. */
export type ExperimentOrder = {
  /** Which end comes first. */
  direction?: OrderDirection;
  /** What to order by. */
  field: ExperimentOrderField;
};

/** What experiments can be ordered by. The id always comes last, so that the order is total. */
export type ExperimentOrderField =
  /** When they were made. */
  | 'CREATED_AT'
  /** Key, by code point. */
  | 'KEY';

/** Where an experiment stands. */
export type ExperimentStatus =
  /** It has ended; its counts are final. */
  | 'CONCLUDED'
  /** Is being prepared: nobody is assigned. */
  | 'DRAFT'
  /** Nobody new is assigned; who has a variant keeps it, and still converts. */
  | 'PAUSED'
  /** Subjects are assigned. */
  | 'RUNNING';

/** Conditions on an experiment's status; all must hold. */
export type ExperimentStatusFilter = {
  /** Is this status. */
  eq?: ExperimentStatus | null | undefined;
  /** Is one of these. */
  in?: Array<ExperimentStatus> | null | undefined;
  /** Is not this status. */
  neq?: ExperimentStatus | null | undefined;
  /** Is none of these. */
  nin?: Array<ExperimentStatus> | null | undefined;
};

/** Why an experiment may stop. */
export type ExperimentStop =
  /** FIXED: a difference from the first variant is certain, however often you looked. */
  | 'DIFFERENCE_IS_CERTAIN'
  /** THOMPSON: with a probability of 95 % no variant beats the leader by more than 1 % of its rate. */
  | 'NOTHING_LEFT_TO_GAIN'
  /** THOMPSON: one variant is the best with a probability of 95 % or more. */
  | 'PROBABLY_BEST';

/** What becomes of a variant; what is left out stays. */
export type ExperimentVariantChangeInput = {
  /** The variant's key. */
  key: string;
  /** Its name, for people. */
  name?: string | null | undefined;
  /** What whoever shows it needs to know. */
  payload?: Record<string, unknown> | null | undefined;
  /** Whether it is served. DROPPED is for good. */
  state?: ExperimentVariantState | null | undefined;
  /** Its share. */
  weight?: number | null | undefined;
};

/** A new variant. */
export type ExperimentVariantInput = {
  /** Its name for programs: a letter, then letters, digits, `_`, `-`; at most 64. */
  key: string;
  /** Its name, for people: 1 to 200 characters. Default: its key. */
  name?: string | null | undefined;
  /** What whoever shows it needs to know: at most 16 kB of JSON. */
  payload?: Record<string, unknown> | null | undefined;
  /** Its share: 0 to 1. All together are 1. */
  weight: number;
};

/** Whether a variant is served. */
export type ExperimentVariantState =
  /** New subjects get it. */
  | 'ACTIVE'
  /** Nobody gets it: who had it gets another one, and is no part of the analysis any more. */
  | 'DROPPED'
  /** Nobody new gets it; who has it keeps it. */
  | 'PAUSED';

/** Why ExportLeads can be refused. */
export type ExportLeadsErrorCode =
  /** Returned when there is no column, or one is named twice. */
  | 'COLUMNS_INVALID';

/** Which leads are to be exported, and how. */
export type ExportLeadsInput = {
  /** Begin a CSV file with a byte order mark: Excel takes it for UTF-8 then. */
  byteOrderMark?: boolean;
  /** Which columns, in this order. Default: all. */
  columns?: Array<LeadExportColumn> | null | undefined;
  /** Which leads. Default: all. */
  filter?: LeadFilter | null | undefined;
  /** How the file is to be written. */
  format: LeadFileFormat;
};

/** Conditions on an id; all must hold. */
export type IdFilter = {
  /** Equals this value. */
  eq?: string | null | undefined;
  /** Equals one of these values, at most 250. */
  in?: Array<string> | null | undefined;
  /** true: has no value; false: has one. */
  isNull?: boolean | null | undefined;
  /** Has a value, and not this one. */
  neq?: string | null | undefined;
  /** Has a value, and none of these, at most 250. */
  nin?: Array<string> | null | undefined;
};

/** Why IdentifySubject can be refused. */
export type IdentifySubjectErrorCode =
  /** Returned when the subject doesn't have 1 to 200 characters, or has control characters. */
  | 'SUBJECT_INVALID';

/** A visitor who turned out to be a user. */
export type IdentifySubjectInput = {
  /** The subject that is assigned from now on: 1 to 200 characters. */
  userId: string;
  /** The subject that was assigned before: 1 to 200 characters. */
  visitorId: string;
};

/** Why ImportLeads can be refused. */
export type ImportLeadsErrorCode =
  /** Returned when the file's name is empty or has more than 255 characters. */
  | 'FILE_NAME_INVALID'
  /** Returned when the mapping has no e-mail address, phone number or external id. */
  | 'IDENTITY_MISSING'
  /** Returned when a column or a target is named twice, a column has neither field nor attribute or both, there are more than 500, or the file isn't CSV. */
  | 'MAPPING_INVALID'
  /** Returned when there are more than 50 tags, or one is empty or has more than 50 characters. */
  | 'TAGS_INVALID'
  /** Returned when the source has more than 100 characters. */
  | 'TOO_LONG';

/** How a file of leads is to be imported. */
export type ImportLeadsInput = {
  /** A CSV file's delimiter. */
  delimiter?: LeadImportDelimiter;
  /** Read the whole file and report what would happen, but write no lead. */
  dryRun?: boolean;
  /** The file's encoding. */
  encoding?: LeadImportEncoding;
  /** What happens when rows are refused. */
  errorPolicy?: ErrorPolicy;
  /** The file's name, to recognise the import by. At most 255 characters. */
  fileName: string;
  /** How the file is written. */
  format: LeadFileFormat;
  /** What the columns of a CSV file hold; other columns are left out. Default: known header names become fields, all others attributes. */
  mapping?: Array<LeadImportMappingInput> | null | undefined;
  /** The source of leads whose row has none. Default: `import`. */
  source?: string | null | undefined;
  /** Tags that each lead gets. */
  tags?: Array<string> | null | undefined;
};

/** Why InviteMember can be refused. */
export type InviteMemberErrorCode =
  /** Returned when a member has this e-mail. */
  | 'ALREADY_MEMBER'
  /** Returned when the e-mail isn't an address on the internet. */
  | 'EMAIL_INVALID'
  /** Returned when somebody who isn't an owner invites an owner. */
  | 'OWNER_REQUIRED';

/** Whom to invite. */
export type InviteMemberInput = {
  /** E-mail address. */
  email: string;
  /** The role that the new member will have. Only owners can invite owners. */
  role: Role;
};

/** Where a key may live. */
export type KeyKind =
  /** `pk_…`, in browsers: it may do the few things that visitors do. */
  | 'PUBLISHABLE'
  /** `nx_live_…`, on servers only: it may do what its scopes say. */
  | 'SECRET';

/** Conditions on a text that is compared as a whole; all must hold. */
export type KeywordFilter = {
  /** Equals this value. */
  eq?: string | null | undefined;
  /** Equals one of these values, at most 250. */
  in?: Array<string> | null | undefined;
  /** true: has no value; false: has one. */
  isNull?: boolean | null | undefined;
  /** Has a value, and not this one. */
  neq?: string | null | undefined;
  /** Has a value, and none of these, at most 250. */
  nin?: Array<string> | null | undefined;
};

/** What becomes of a cancellation after the deadline. */
export type LateCancellation =
  /** It is refused. */
  | 'REFUSED'
  /** The session is cancelled and its credits stay spent. */
  | 'UNPAID';

/** What the cells of a column become in `attributes`. */
export type LeadAttributeType =
  /** true or false; also yes, no, 1, 0. */
  | 'BOOLEAN'
  /** A number, with a point before its decimals. */
  | 'NUMBER'
  /** A text, as it stands in the file. */
  | 'TEXT';

/** What happened to a lead. */
export type LeadChangeType =
  /** Got another owner, or none. */
  | 'ASSIGNED'
  /** Captured: for the first time, or the person came back. */
  | 'CAPTURED'
  /** Deleted; `lead` is null. */
  | 'DELETED'
  /** Took another lead in, or was taken in by one (then `lead` is null). */
  | 'MERGED'
  /** Moved to another stage. */
  | 'MOVED'
  /** Got a note. */
  | 'NOTED'
  /** Gave back a lead that it had taken in, or is back itself. */
  | 'UNMERGED'
  /** Fields changed. */
  | 'UPDATED';

/** Which consents. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. */
export type LeadConsentFilter = {
  /** All of these hold. */
  and?: Array<LeadConsentFilter> | null | undefined;
  /** By when it was given. */
  givenAt?: DateTimeFilter | null | undefined;
  /** This doesn't hold. */
  not?: LeadConsentFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<LeadConsentFilter> | null | undefined;
  /** By what it was given for. */
  purpose?: KeywordFilter | null | undefined;
  /** By the version of the text that was shown. */
  textVersion?: KeywordFilter | null | undefined;
};

/** That the person agreed to something. */
export type LeadConsentInput = {
  /** IP address it was given from. Default, and always with a publishable key: the caller's. */
  address?: string | null | undefined;
  /** When it was given. Default, and always with a publishable key: now. */
  givenAt?: string | null | undefined;
  /** What for, such as `newsletter`. At most 100 characters. */
  purpose: string;
  /** Version of the text that was shown. At most 100 characters. */
  textVersion: string;
};

/** Conditions on a lead's consents; all must hold. */
export type LeadConsentListFilter = {
  /** All consents match (also when there are none). */
  every?: LeadConsentFilter | null | undefined;
  /** No consent matches. */
  none?: LeadConsentFilter | null | undefined;
  /** At least one consent matches. */
  some?: LeadConsentFilter | null | undefined;
};

/** A column of an exported file. */
export type LeadExportColumn =
  /** `attributes`: in CSV as JSON. */
  | 'ATTRIBUTES'
  /** `company` */
  | 'COMPANY'
  /** `createdAt`, as an RFC 3339 instant. */
  | 'CREATED_AT'
  /** `email` */
  | 'EMAIL'
  /** `externalId` */
  | 'EXTERNAL_ID'
  /** `id` */
  | 'ID'
  /** `landingPage` */
  | 'LANDING_PAGE'
  /** `message` */
  | 'MESSAGE'
  /** `name` */
  | 'NAME'
  /** `ownerEmail`: the owner's e-mail address. */
  | 'OWNER_EMAIL'
  /** `phone` */
  | 'PHONE'
  /** `referrer` */
  | 'REFERRER'
  /** `source` */
  | 'SOURCE'
  /** `stage` */
  | 'STAGE'
  /** `stageReason` */
  | 'STAGE_REASON'
  /** `tags`: in CSV separated by commas. */
  | 'TAGS'
  /** `updatedAt`, as an RFC 3339 instant. */
  | 'UPDATED_AT'
  /** `utmCampaign` */
  | 'UTM_CAMPAIGN'
  /** `utmContent` */
  | 'UTM_CONTENT'
  /** `utmMedium` */
  | 'UTM_MEDIUM'
  /** `utmSource` */
  | 'UTM_SOURCE'
  /** `utmTerm` */
  | 'UTM_TERM';

/** How a file of leads is written. */
export type LeadFileFormat =
  /** A header line, then one lead per row (RFC 4180). */
  | 'CSV'
  /** One JSON object per line; for an import in the shape of `CaptureLeadInput`. */
  | 'JSONL';

/** Which leads. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels. */
export type LeadFilter = {
  /** All of these hold. */
  and?: Array<LeadFilter> | null | undefined;
  /** By company. */
  company?: StringFilter | null | undefined;
  /** By consents. */
  consents?: LeadConsentListFilter | null | undefined;
  /** By first capture. */
  createdAt?: DateTimeFilter | null | undefined;
  /** By e-mail address. */
  email?: StringFilter | null | undefined;
  /** By the other system's id. */
  externalId?: StringFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By name. */
  name?: StringFilter | null | undefined;
  /** This doesn't hold. */
  not?: LeadFilter | null | undefined;
  /** By notes. */
  notes?: LeadNoteListFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<LeadFilter> | null | undefined;
  /** By the owner's id. */
  owner?: IdFilter | null | undefined;
  /** By phone number in E.164. */
  phone?: StringFilter | null | undefined;
  /** By source. */
  source?: StringFilter | null | undefined;
  /** By stage. */
  stage?: LeadStageFilter | null | undefined;
  /** By tags. */
  tags?: StringListFilter | null | undefined;
  /** By last change. */
  updatedAt?: DateTimeFilter | null | undefined;
};

/** What stands between two cells of a CSV file. */
export type LeadImportDelimiter =
  /** The one that the header line has most of. */
  | 'AUTO'
  /** A vertical bar. */
  | 'BAR'
  /** A comma. */
  | 'COMMA'
  /** A semicolon. */
  | 'SEMICOLON'
  /** A tab. */
  | 'TAB';

/** How a file's bytes are characters. */
export type LeadImportEncoding =
  /** By the byte order mark, else UTF-8 where the bytes are valid UTF-8, else Windows-1252. */
  | 'AUTO'
  /** UTF-8. */
  | 'UTF_8'
  /** UTF-16, little end first: Excel's Unicode text. */
  | 'UTF_16LE'
  /** Windows-1252, which contains Latin-1 (ISO 8859-1). */
  | 'WINDOWS_1252';

/** Why an import failed. */
export type LeadImportFailure =
  /** The mapping names a column that the header line doesn't have. */
  | 'COLUMN_MISSING'
  /** The connection ended before the file did. */
  | 'CONNECTION_LOST'
  /** The file has no bytes. */
  | 'FILE_EMPTY'
  /** The file, or what it is when it is unpacked, is larger than an upload may be. */
  | 'FILE_TOO_LARGE'
  /** A quote is never closed, a row or line is longer than 256 kB, or the compressed bytes are broken. */
  | 'FILE_UNREADABLE'
  /** No column holds an e-mail address, a phone number or an external id. */
  | 'IDENTITY_MISSING'
  /** Something went wrong on our side. */
  | 'INTERNAL'
  /** Rows were refused and the policy is ALL_OR_NOTHING. `errors` has them. */
  | 'ROWS_INVALID'
  /** The process that read the file ended. */
  | 'SERVER_STOPPED'
  /** The file wasn't sent before the link expired. */
  | 'UPLOAD_EXPIRED'
  /** The sender sent nothing for half a minute. */
  | 'UPLOAD_STALLED';

/** What a column of a CSV file can hold. */
export type LeadImportField =
  /** Company. */
  | 'COMPANY'
  /** E-mail address. */
  | 'EMAIL'
  /** The id that another system knows the person by. */
  | 'EXTERNAL_ID'
  /** First name; together with LAST_NAME the name, where NAME is empty. */
  | 'FIRST_NAME'
  /** First page visited. */
  | 'LANDING_PAGE'
  /** Last name. */
  | 'LAST_NAME'
  /** What the person wrote. */
  | 'MESSAGE'
  /** Full name. */
  | 'NAME'
  /** Phone number, international or as it is dialled in the tenant's country. */
  | 'PHONE'
  /** Page that linked to us. */
  | 'REFERRER'
  /** Where the lead was captured. */
  | 'SOURCE'
  /** Tags, separated by commas, semicolons or bars. */
  | 'TAGS'
  /** utm_campaign. */
  | 'UTM_CAMPAIGN'
  /** utm_content. */
  | 'UTM_CONTENT'
  /** utm_medium. */
  | 'UTM_MEDIUM'
  /** utm_source. */
  | 'UTM_SOURCE'
  /** utm_term. */
  | 'UTM_TERM';

/** What one column of a CSV file holds. Give `field` or `attribute`. */
export type LeadImportMappingInput = {
  /** The name of an attribute. */
  attribute?: string | null | undefined;
  /** The column's name in the header line. A second column of a name is `name (2)`. */
  column: string;
  /** The lead's field. */
  field?: LeadImportField | null | undefined;
  /** What an attribute's cells become. Counts with `attribute` only. */
  type?: LeadAttributeType;
};

/** Why a row was refused. */
export type LeadImportRowErrorCode =
  /** An attribute has another type than its column, or there are more than 100. */
  | 'ATTRIBUTES_INVALID'
  /** The lead's attributes would have more than 16 kB or 100 names. */
  | 'ATTRIBUTES_TOO_LARGE'
  /** The row has more or fewer cells than the header line. */
  | 'COLUMN_COUNT'
  /** A consent lies in the future or has no purpose or version. */
  | 'CONSENT_INVALID'
  /** The e-mail address is none. */
  | 'EMAIL_INVALID'
  /** The object has an unknown member, or one of a wrong type. */
  | 'FIELD_INVALID'
  /** E-mail address, phone number and external id are all missing. */
  | 'IDENTITY_MISSING'
  /** The line is no JSON object. */
  | 'JSON_INVALID'
  /** The phone number is none, or one of another country without its prefix. */
  | 'PHONE_INVALID'
  /** There are more than 50 tags, or one has more than 50 characters. */
  | 'TAGS_INVALID'
  /** A text has bytes that are none in the file's encoding, NUL, or half a surrogate pair. */
  | 'TEXT_INVALID'
  /** A text has more characters than its field allows. */
  | 'TOO_LONG';

/** How far an import is. */
export type LeadImportStatus =
  /** The file hasn't been sent yet. */
  | 'AWAITING_UPLOAD'
  /** Somebody cancelled it; `committedRows` says how much is written. */
  | 'CANCELLED'
  /** The whole file was read, and what was to be written is written. */
  | 'COMPLETED'
  /** It ended early; `failure` says why and `committedRows` how much is written. */
  | 'FAILED'
  /** The file is being read. */
  | 'RUNNING';

/** Which notes. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. */
export type LeadNoteFilter = {
  /** All of these hold. */
  and?: Array<LeadNoteFilter> | null | undefined;
  /** By the member who wrote it; keys' notes have none. */
  author?: IdFilter | null | undefined;
  /** By when it was written. */
  createdAt?: DateTimeFilter | null | undefined;
  /** This doesn't hold. */
  not?: LeadNoteFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<LeadNoteFilter> | null | undefined;
};

/** Conditions on a lead's notes; all must hold. */
export type LeadNoteListFilter = {
  /** All notes match (also when there are none). */
  every?: LeadNoteFilter | null | undefined;
  /** No note matches. */
  none?: LeadNoteFilter | null | undefined;
  /** At least one note matches. */
  some?: LeadNoteFilter | null | undefined;
};

/** One key of an order of leads. */
export type LeadOrder = {
  /** Which end comes first. */
  direction?: OrderDirection;
  /** What to order by. */
  field: LeadOrderField;
  /** Where leads without a value stand. */
  nulls?: NullsOrder;
};

/** What leads can be ordered by. The id always comes last, so that the order is total. */
export type LeadOrderField =
  /** Company, by code point. */
  | 'COMPANY'
  /** First capture. */
  | 'CREATED_AT'
  /** E-mail address. */
  | 'EMAIL'
  /** Name, by code point. */
  | 'NAME'
  /** Last change. */
  | 'UPDATED_AT';

/** Where a lead came from. Each text has at most 2,000 characters. */
export type LeadOriginInput = {
  /** First page visited. */
  landingPage?: string | null | undefined;
  /** Page that linked to us. */
  referrer?: string | null | undefined;
  /** The link's `utm_campaign`. */
  utmCampaign?: string | null | undefined;
  /** The link's `utm_content`. */
  utmContent?: string | null | undefined;
  /** The link's `utm_medium`. */
  utmMedium?: string | null | undefined;
  /** The link's `utm_source`. */
  utmSource?: string | null | undefined;
  /** The link's `utm_term`. */
  utmTerm?: string | null | undefined;
};

/** How far a lead has come. */
export type LeadStage =
  /** Somebody has been in touch. */
  | 'CONTACTED'
  /** Didn't; the reason says why. */
  | 'LOST'
  /** Nobody has been in touch yet. */
  | 'NEW'
  /** There is a real need. */
  | 'QUALIFIED'
  /** Became a customer. */
  | 'WON';

/** Conditions on a lead's stage; all must hold. */
export type LeadStageFilter = {
  /** Is this stage. */
  eq?: LeadStage | null | undefined;
  /** Is one of these. */
  in?: Array<LeadStage> | null | undefined;
  /** Is not this stage. */
  neq?: LeadStage | null | undefined;
  /** Is none of these. */
  nin?: Array<LeadStage> | null | undefined;
};

/** What a link was opened with, as the program says of itself. */
export type LinkDevice =
  /** A program: search engines, previews, checkers of mail. It is in no other number. */
  | 'BOT'
  /** A computer. */
  | 'DESKTOP'
  /** A phone. */
  | 'MOBILE'
  /** A tablet. */
  | 'TABLET';

/** Which links. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels. */
export type LinkFilter = {
  /** All of these hold. */
  and?: Array<LinkFilter> | null | undefined;
  /** By `utm_campaign`. */
  campaign?: KeywordFilter | null | undefined;
  /** By when they were made. */
  createdAt?: DateTimeFilter | null | undefined;
  /** By from when on they lead nowhere. */
  expiresAt?: DateTimeFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** This doesn't hold. */
  not?: LinkFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<LinkFilter> | null | undefined;
  /** By slug. */
  slug?: KeywordFilter | null | undefined;
};

/** One key of an order of links. */
export type LinkOrder = {
  /** Which end comes first. */
  direction?: OrderDirection;
  /** What to order by. */
  field: LinkOrderField;
};

/** What links can be ordered by. The id always comes last, so that the order is total. */
export type LinkOrderField =
  /** When they were made. */
  | 'CREATED_AT'
  /** Their slugs. */
  | 'SLUG';

/** UTM parameters: at most 200 characters each; null or empty adds none. */
export type LinkUtmInput = {
  /** `utm_campaign`: what for, such as spring. */
  campaign?: string | null | undefined;
  /** `utm_content`: which of several links on the same page. */
  content?: string | null | undefined;
  /** `utm_medium`: by what means, such as email. */
  medium?: string | null | undefined;
  /** `utm_source`: where the link stands, such as newsletter. */
  source?: string | null | undefined;
  /** `utm_term`: the keyword that was paid for. */
  term?: string | null | undefined;
};

/** Whether a member can sign in. */
export type MemberStatus =
  /** Can sign in. */
  | 'ACTIVE'
  /** Can't; kept as the author of what they did. */
  | 'REMOVED';

/** Why MergeLeads can be refused. */
export type MergeLeadsErrorCode =
  /** Returned when there is no lead with this id. */
  | 'NOT_FOUND'
  /** Returned when both ids are the same. */
  | 'SAME_LEAD';

/** Two leads that are one person. */
export type MergeLeadsInput = {
  /** The lead that stays. Its values win; empty ones are filled from the other. */
  keepId: string;
  /** The lead that is taken in. */
  mergeId: string;
};

/** Why MoveLead can be refused. */
export type MoveLeadErrorCode =
  /** Returned when the lead's version isn't `expectedVersion`; `lead` is the current one. */
  | 'CONFLICT'
  /** Returned when there is no lead with this id. */
  | 'NOT_FOUND'
  /** Returned when the stage is LOST and there is no reason. */
  | 'REASON_MISSING'
  /** Returned when the reason has more than 1,000 characters. */
  | 'TOO_LONG';

/** A lead's way to another stage. */
export type MoveLeadInput = {
  /** Only move the lead if it has this version. */
  expectedVersion?: number | null | undefined;
  /** The lead's id. */
  id: string;
  /** Why; needed for LOST. At most 1,000 characters. */
  reason?: string | null | undefined;
  /** The new stage. Any stage can follow any other. */
  stage: LeadStage;
};

/** Where rows without a value stand. */
export type NullsOrder =
  /** Before all others. */
  | 'FIRST'
  /** After all others. */
  | 'LAST';

/** Which end of the order comes first. */
export type OrderDirection =
  /** Smallest, earliest first. */
  | 'ASC'
  /** Largest, latest first. */
  | 'DESC';

/** What happened to a payment. */
export type PaymentChangeType =
  /** A second person has approved what was recorded. */
  | 'APPROVED'
  /** It was cancelled. */
  | 'CANCELLED'
  /** The money is there, and what it buys is granted. */
  | 'COMPLETED'
  /** Somebody is to pay. */
  | 'CREATED'
  /** It wasn't paid in time. */
  | 'EXPIRED'
  /** A file was attached that shows that somebody has paid. */
  | 'PROOF_ATTACHED'
  /** A receipt was a mistake. */
  | 'RECEIPT_VOIDED'
  /** Money was recorded; `payment.transferState` says whether it is enough. */
  | 'RECEIVED'
  /** All or some of the money went back. */
  | 'REFUNDED';

/** A way to pay. */
export type PaymentProvider =
  /** Cash, a cheque or a transfer at the desk, confirmed by who takes it. */
  | 'LOCAL'
  /** A bank transfer, confirmed by who sees it arrive. */
  | 'WISE';

/** What a payment is for. */
export type PaymentPurpose =
  /** A pack of credits. */
  | 'PACK'
  /** A dearer plan, for the rest of the period. */
  | 'PLAN_CHANGE'
  /** A subscription's next period. */
  | 'RENEWAL'
  /** A subscription's first period. */
  | 'SUBSCRIPTION';

/** How a payment is. What it buys is granted when it becomes COMPLETED, never before. */
export type PaymentState =
  /** It was cancelled. Should the money come after all, it is COMPLETED. */
  | 'CANCELLED'
  /** The money is there, and what it buys is granted. */
  | 'COMPLETED'
  /** The client hasn't been told how to pay yet. */
  | 'CREATED'
  /** The client has asked his bank for the money. */
  | 'DISPUTED'
  /** The bank has taken the money back. */
  | 'DISPUTE_LOST'
  /** It wasn't paid in time. Should the money come after all, it is COMPLETED. */
  | 'EXPIRED'
  /** It failed. Should the money come after all, it is COMPLETED. */
  | 'FAILED'
  /** Some of the money went back. */
  | 'PARTIALLY_REFUNDED'
  /** The client knows how to pay. */
  | 'PENDING'
  /** All of the money went back. */
  | 'REFUNDED'
  /** The provider didn't answer; it is asked again. */
  | 'UNKNOWN';

/** How much of a QR code may be dirty or covered (ISO/IEC 18004). More of it makes it finer. */
export type QrErrorCorrection =
  /** About 30 %: with a logo on it. */
  | 'HIGH'
  /** About 7 %. */
  | 'LOW'
  /** About 15 %. */
  | 'MEDIUM'
  /** About 25 %. */
  | 'QUARTILE';

/** How a QR code is drawn. */
export type QrFormat =
  /** As dots. */
  | 'PNG'
  /** As shapes, sharp at any size: for print. */
  | 'SVG';

/** Why RecordConversion can be refused. */
export type RecordConversionErrorCode =
  /** Returned when the event's name doesn't have 1 to 100 characters, or has control characters. */
  | 'EVENT_INVALID'
  /** Returned when the subject doesn't have 1 to 200 characters, or has control characters. */
  | 'SUBJECT_INVALID'
  /** Returned when the value isn't 0 to 1,000,000,000,000. */
  | 'VALUE_INVALID';

/** What a subject did. */
export type RecordConversionInput = {
  /** Name of the event: 1 to 100 characters. */
  event: string;
  /** The subject, as it was assigned. */
  subjectId: string;
  /** For REVENUE in minor units, for DURATION in seconds: 0 to 1,000,000,000,000. */
  value?: number;
};

/** Why RefreshSession can be refused. */
export type RefreshSessionErrorCode =
  /** Returned when the token is malformed, expired or of a sign-in that has ended. */
  | 'TOKEN_INVALID'
  /** Returned when the token had been used before. The sign-in has been ended: somebody may have copied the token. */
  | 'TOKEN_REUSED';

/** Which sign-in to renew. */
export type RefreshSessionInput = {
  /** The newest refresh token. It works once: the answer brings the next one. */
  refreshToken: string;
};

/** Why RemoveMember can be refused. */
export type RemoveMemberErrorCode =
  /** Returned when the tenant would have no owner. */
  | 'LAST_OWNER'
  /** Returned when there is no such member, or not any more. */
  | 'NOT_FOUND'
  /** Returned when somebody who isn't an owner changes, makes or removes an owner. */
  | 'OWNER_REQUIRED';

/** Whom to remove. */
export type RemoveMemberInput = {
  /** Id of the member. */
  memberId: string;
};

/** Why RestoreLink can be refused. */
export type RestoreLinkErrorCode =
  /** Returned when there is no link with this id. */
  | 'NOT_FOUND';

/** A link that is used again. */
export type RestoreLinkInput = {
  /** The link's id. */
  id: string;
};

/** Why ResumeSubscription can be refused. */
export type ResumeSubscriptionErrorCode =
  /** Returned when its last period is over: subscribe again. */
  | 'ENDED'
  /** Returned when it isn't CANCELLED_AT_PERIOD_END: there is no cancellation to take back. */
  | 'NOT_CANCELLED'
  /** Returned when there is no such subscription. */
  | 'NOT_FOUND';

/** A cancelled subscription that is to be renewed after all. */
export type ResumeSubscriptionInput = {
  /** The subscription's id. */
  id: string;
};

/** Why ReverseSession can be refused. */
export type ReverseSessionErrorCode =
  /** Returned when somebody else has changed the session meanwhile; `session` is what it is now. */
  | 'CONFLICT'
  /** Returned when no learner is named, or one who never had a place in the session. */
  | 'LEARNER_NOT_FOUND'
  /** Returned when there is no session with this id. */
  | 'NOT_FOUND'
  /** Returned when nothing was said of these places yet: cancelSession takes them back. */
  | 'NOT_OVER'
  /** Returned when the reason hasn't 1 to 500 characters. */
  | 'REASON_INVALID';

/** A session of whose end something wrong was said. */
export type ReverseSessionInput = {
  /** The version that the caller has seen. Default: no check. */
  expectedVersion?: number | null | undefined;
  /** The session. */
  id: string;
  /** Only the places of these learners. Default: of all who were there, didn't come or were charged. */
  learnerIds?: Array<string> | null | undefined;
  /** Why, for the clients, who are told by mail: 1 to 500 characters. */
  reason: string;
};

/** Why RevokeApiKey can be refused. */
export type RevokeApiKeyErrorCode =
  /** Returned when there is no such key. */
  | 'NOT_FOUND';

/** Which key to revoke. */
export type RevokeApiKeyInput = {
  /** Id of the key, secret or publishable. */
  keyId: string;
};

/** Why RevokeInvitation can be refused. */
export type RevokeInvitationErrorCode =
  /** Returned when the invitation was accepted: remove the member instead. */
  | 'ALREADY_ACCEPTED'
  /** Returned when there is no such invitation. */
  | 'NOT_FOUND';

/** Which invitation to revoke. */
export type RevokeInvitationInput = {
  /** Id of the invitation. */
  invitationId: string;
};

/** What a member may do. The table of actions says exactly what. */
export type Role =
  /** May do everything except change owners. */
  | 'ADMIN'
  /** Works with leads. */
  | 'ASSISTANT'
  /** Pays. */
  | 'CLIENT'
  /** Gives sessions. */
  | 'COACH'
  /** Benefits. */
  | 'LEARNER'
  /** May do everything. A tenant always has at least one. */
  | 'OWNER';

/** What happened to a session. */
export type SessionChangeType =
  /** It was booked, or somebody took a seat of it. */
  | 'BOOKED'
  /** It was cancelled. */
  | 'CANCELLED'
  /** Nobody reported on it within 30 days of its end: its credits were used up. */
  | 'CHARGED'
  /** It took place; there is a report. */
  | 'COMPLETED'
  /** It was confirmed. */
  | 'CONFIRMED'
  /** Somebody gave up a place; it goes on for the others. */
  | 'LEFT'
  /** Somebody didn't come; it goes on for the others. */
  | 'MISSED'
  /** It has another time, or another coach. */
  | 'MOVED'
  /** Nobody came. */
  | 'NO_SHOW'
  /** What was said of its end was taken back, and credits with it. */
  | 'REVERSED';

/** How a session takes place. */
export type SessionKind =
  /** A workshop: as many learners as it has seats; in a room if it names rooms. */
  | 'GROUP'
  /** One learner, by video. */
  | 'ONLINE'
  /** One learner, in a room. */
  | 'ON_SITE';

/** What has become of a session. */
export type SessionStatus =
  /** It was cancelled; its time is free again. */
  | 'CANCELLED'
  /** It took place; there is a report. */
  | 'COMPLETED'
  /** It takes place. */
  | 'CONFIRMED'
  /** Nobody came. */
  | 'NO_SHOW'
  /** Booked, and has its time; the coach or the team has yet to confirm it. */
  | 'PENDING';

/** Why SignIn can be refused. */
export type SignInErrorCode =
  /** Returned when e-mail, password or tenant are wrong. It doesn't tell which. */
  | 'INVALID_CREDENTIALS'
  /** Returned when e-mail and password fit several tenants: choose one of `tenants` and send its id. */
  | 'TENANT_REQUIRED';

/** Who signs in. */
export type SignInInput = {
  /** E-mail address, in any case. */
  email: string;
  /** Password. */
  password: string;
  /** Which tenant, for a person who has the same e-mail and password in several. */
  tenantId?: string | null | undefined;
};

/** Why SignOut can be refused. */
export type SignOutErrorCode =
  /** Returned when the sign-in had ended already. */
  | 'NOT_SIGNED_IN';

/** What to sign out. */
export type SignOutInput = {
  /** true: end all of one's own sign-ins, not only this one. */
  everywhere?: boolean;
};

/** Why SignUp can be refused. */
export type SignUpErrorCode =
  /** Returned when the country is no ISO 3166-1 code with phone numbers. */
  | 'COUNTRY_INVALID'
  /** Returned when the currency is no ISO 4217 code. */
  | 'CURRENCY_INVALID'
  /** Returned when the e-mail isn't an address on the internet. */
  | 'EMAIL_INVALID'
  /** Returned when the language is no BCP 47 tag. */
  | 'LOCALE_INVALID'
  /** Returned when the owner's name is empty, longer than 200 characters or has control characters. */
  | 'NAME_INVALID'
  /** Returned when the password is too short or too easy; the message says which. */
  | 'PASSWORD_WEAK'
  /** Returned when the tenant's name is empty, longer than 200 characters or has control characters. */
  | 'TENANT_NAME_INVALID'
  /** Returned when the time zone is none of the IANA database. */
  | 'TIME_ZONE_INVALID';

/** A new tenant and its owner. */
export type SignUpInput = {
  /** ISO 4217 currency, such as `TND`. */
  currency?: string;
  /** ISO 3166-1 code of the country whose phone numbers need no prefix. */
  defaultCountry?: string;
  /** The owner's e-mail address. */
  email: string;
  /** BCP 47 language, such as `fr-TN`. */
  locale?: string;
  /** The owner's name, 1 to 200 characters. */
  name: string;
  /** The owner's password: 10 characters or more, of any kind. */
  password: string;
  /** The tenant's name, 1 to 200 characters. */
  tenantName: string;
  /** IANA time zone, such as `Africa/Tunis`. */
  timeZone?: string;
};

/** Why StartBulkExport can be refused. */
export type StartBulkExportErrorCode =
  /** Returned when the document isn't a valid query with one connection at its root, or the variables don't fit it. */
  | 'DOCUMENT_INVALID'
  /** Returned when the tenant has five bulk operations that haven't ended. */
  | 'LIMIT_REACHED'
  /** Returned when the caller may not do what the document does. */
  | 'NOT_ALLOWED';

/** What is to be exported. */
export type StartBulkExportInput = {
  /** A query with one connection at its root and nothing else, without `first`, `after`, `last` and `before`. Rows may have connections below them, five levels in all. */
  document: string;
  /** The query's variables. */
  variables?: Record<string, unknown> | null | undefined;
};

/** Why StartBulkImport can be refused. */
export type StartBulkImportErrorCode =
  /** Returned when the document isn't a valid mutation with one field that takes its only variable as `input`. */
  | 'DOCUMENT_INVALID'
  /** Returned when the tenant has five bulk operations that haven't ended. */
  | 'LIMIT_REACHED'
  /** Returned when the caller may not do what the document does, or no secret key could. */
  | 'NOT_ALLOWED';

/** What is to be imported. */
export type StartBulkImportInput = {
  /** A mutation with one field at its root and one variable, which is the field's `input`. What it selects stands in the result. */
  document: string;
  /** What happens when lines are refused. ALL_OR_NOTHING takes at most 1,000 lines. */
  errorPolicy?: ErrorPolicy;
};

/** Why StartExperiment can be refused. */
export type StartExperimentErrorCode =
  /** Returned when a running or paused experiment has some of the same part of the namespace. */
  | 'NAMESPACE_TAKEN'
  /** Returned when the experiment was started before. */
  | 'NOT_A_DRAFT'
  /** Returned when there is no experiment with this id. */
  | 'NOT_FOUND';

/** An experiment that begins. */
export type StartExperimentInput = {
  /** The experiment's id. */
  id: string;
};

/** Conditions on a text; all must hold. */
export type StringFilter = {
  /** Contains this text, in any case; accents count. `%` and `_` stand for themselves. Needs three letters or digits in a row, or the beginning of a word after another sign; a letter beyond ASCII counts for two or three. */
  contains?: string | null | undefined;
  /** Equals this value. */
  eq?: string | null | undefined;
  /** Equals one of these values, at most 250. */
  in?: Array<string> | null | undefined;
  /** true: has no value; false: has one. */
  isNull?: boolean | null | undefined;
  /** Has a value, and not this one. */
  neq?: string | null | undefined;
  /** Has a value, and none of these, at most 250. */
  nin?: Array<string> | null | undefined;
  /** Starts with this text, in any case; accents count. Needs a letter or a digit. */
  startsWith?: string | null | undefined;
};

/** Conditions on a list of texts; all must hold. */
export type StringListFilter = {
  /** All elements match (also when there are none). */
  every?: StringFilter | null | undefined;
  /** No element matches. */
  none?: StringFilter | null | undefined;
  /** At least one element matches. */
  some?: StringFilter | null | undefined;
};

/** How a subscription is. */
export type SubscriptionState =
  /** Its period is paid. */
  | 'ACTIVE'
  /** It was cancelled and has ended. */
  | 'CANCELLED'
  /** Its period is paid, and is the last one. */
  | 'CANCELLED_AT_PERIOD_END'
  /** It wasn't paid in time. */
  | 'EXPIRED'
  /** It waits for its first payment; nothing is granted. */
  | 'INCOMPLETE'
  /** Its next period isn't paid yet: credits can be used, no new ones come. */
  | 'PAST_DUE';

/** How far a confirmation by the team is. */
export type TransferState =
  /** No money has been seen. */
  | 'AWAITING_TRANSFER'
  /** It is confirmed. */
  | 'CONFIRMED'
  /** More or another currency is there: a second person accepts it, or it goes back. */
  | 'MISMATCH'
  /** Less is there: the rest is awaited, or a second person accepts it. */
  | 'PARTIAL'
  /** All is there; it is so much that a second person has to approve it. */
  | 'RECEIVED'
  /** It was confirmed, and all its receipts were voided: the money never was. */
  | 'VOIDED';

/** Why UnmergeLeads can be refused. */
export type UnmergeLeadsErrorCode =
  /** Returned when the first lead doesn't exist or hasn't taken the second one in. */
  | 'NOT_FOUND';

/** A merge to take back. */
export type UnmergeLeadsInput = {
  /** The lead that stayed. */
  keepId: string;
  /** The lead that was taken in. */
  mergeId: string;
};

/** Why UpdateLead can be refused. */
export type UpdateLeadErrorCode =
  /** Returned when `attributes` holds anything but texts, numbers, booleans and lists of them, or more than 100 names. */
  | 'ATTRIBUTES_INVALID'
  /** Returned when `attributes` has more than 16 kB as JSON. */
  | 'ATTRIBUTES_TOO_LARGE'
  /** Returned when the lead's version isn't `expectedVersion`; `lead` is the current one. */
  | 'CONFLICT'
  /** Returned when `email` is no e-mail address. */
  | 'EMAIL_INVALID'
  /** Returned when `email`, `phone` and `externalId` would all be empty. */
  | 'IDENTITY_MISSING'
  /** Returned when the new e-mail address, phone number or external id belongs to another lead. Merge the two. */
  | 'IDENTITY_TAKEN'
  /** Returned when there is no lead with this id. */
  | 'NOT_FOUND'
  /** Returned when `phone` is no phone number, or one of another country without its prefix. */
  | 'PHONE_INVALID'
  /** Returned when there are more than 50 tags, or one is empty or has more than 50 characters. */
  | 'TAGS_INVALID'
  /** Returned when a text has more characters than its field allows. */
  | 'TOO_LONG';

/** Changes of a lead. Fields that are left out stay; null empties a field. */
export type UpdateLeadInput = {
  /** Attributes to set; one that is null is removed. Others stay. */
  attributes?: Record<string, unknown> | null | undefined;
  /** Company. */
  company?: string | null | undefined;
  /** E-mail address. */
  email?: string | null | undefined;
  /** Only change the lead if it has this version. */
  expectedVersion?: number | null | undefined;
  /** The id that another system knows this person by. */
  externalId?: string | null | undefined;
  /** The lead's id. */
  id: string;
  /** Full name. */
  name?: string | null | undefined;
  /** Phone number, international or as it is dialled in the tenant's country. */
  phone?: string | null | undefined;
  /** Where the lead was captured. */
  source?: string | null | undefined;
  /** All tags from now on. */
  tags?: Array<string> | null | undefined;
};

/** Why UpdateLink can be refused. */
export type UpdateLinkErrorCode =
  /** Returned when it has another version; `link` is what it is now. */
  | 'CONFLICT'
  /** Returned when the end isn't in the future. */
  | 'EXPIRES_AT_INVALID'
  /** Returned when there is no link with this id. */
  | 'NOT_FOUND'
  /** Returned when there are more than 50 tags, or one is empty or has more than 200 characters. */
  | 'TAGS_INVALID'
  /** Returned when the title is empty, has more than 200 characters or control characters. */
  | 'TITLE_INVALID'
  /** Returned when the address isn't http or https, names a user or password, leads to a short link of this server, or has more than 2,000 characters, UTM parameters included. */
  | 'URL_INVALID'
  /** Returned when a UTM parameter has more than 200 characters or control characters. */
  | 'UTM_INVALID';

/** Changes of a link. What is left out stays; null empties what may be empty. Its slug stays for ever. */
export type UpdateLinkInput = {
  /** Refuse with CONFLICT if it has another version. */
  expectedVersion?: number | null | undefined;
  /** From when on it leads nowhere; null: it doesn't end. */
  expiresAt?: string | null | undefined;
  /** The link's id. */
  id: string;
  /** Labels; null removes all. */
  tags?: Array<string> | null | undefined;
  /** What the team calls it. */
  title?: string | null | undefined;
  /** Where it leads. Null stays as it is. */
  url?: string | null | undefined;
  /** All that is added to the address; null adds nothing. */
  utm?: LinkUtmInput | null | undefined;
};

/** A day of the week. */
export type Weekday =
  /** Friday. */
  | 'FRIDAY'
  /** The first day of a week. */
  | 'MONDAY'
  /** Saturday. */
  | 'SATURDAY'
  /** The last day of a week. */
  | 'SUNDAY'
  /** Thursday. */
  | 'THURSDAY'
  /** Tuesday. */
  | 'TUESDAY'
  /** Wednesday. */
  | 'WEDNESDAY';

export type MoneyFieldsFragment = { amountMinor: number, currency: string, amount: string };

export type PaymentFieldsFragment = { id: string, clientId: string, purpose: PaymentPurpose, packId: string | null, subscriptionId: string | null, provider: PaymentProvider, state: PaymentState, transferState: TransferState | null, reference: string, credits: number, createdAt: string, expiresAt: string, completedAt: string | null, version: number, amount: { amountMinor: number, currency: string, amount: string }, received: { amountMinor: number, currency: string, amount: string }, refunded: { amountMinor: number, currency: string, amount: string } };

export type PaymentQueryVariables = Exact<{
  id: string;
}>;


export type PaymentQuery = { payment: { id: string, clientId: string, purpose: PaymentPurpose, packId: string | null, subscriptionId: string | null, provider: PaymentProvider, state: PaymentState, transferState: TransferState | null, reference: string, credits: number, createdAt: string, expiresAt: string, completedAt: string | null, version: number, amount: { amountMinor: number, currency: string, amount: string }, received: { amountMinor: number, currency: string, amount: string }, refunded: { amountMinor: number, currency: string, amount: string } } | null };

export type PaymentUpdatesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  paymentId?: string | null | undefined;
  clientId?: string | null | undefined;
}>;


export type PaymentUpdatesSubscription = { paymentUpdated:
    | { __typename: 'Lagged', missed: number, resumeAt: string }
    | { __typename: 'PaymentUpdated', cursor: string, type: PaymentChangeType, occurredAt: string, paymentId: string, payment: { id: string, clientId: string, purpose: PaymentPurpose, packId: string | null, subscriptionId: string | null, provider: PaymentProvider, state: PaymentState, transferState: TransferState | null, reference: string, credits: number, createdAt: string, expiresAt: string, completedAt: string | null, version: number, amount: { amountMinor: number, currency: string, amount: string }, received: { amountMinor: number, currency: string, amount: string }, refunded: { amountMinor: number, currency: string, amount: string } }, subscription: { id: string, state: SubscriptionState, periodStartsAt: string | null, periodEndsAt: string | null, version: number } | null }
   };

export type ResumePlanMutationVariables = Exact<{
  input: ResumeSubscriptionInput;
}>;


export type ResumePlanMutation = { resumeSubscription: { cursor: string | null, subscription: { id: string, state: SubscriptionState, periodStartsAt: string | null, periodEndsAt: string | null, version: number } | null, userErrors: Array<{ code: ResumeSubscriptionErrorCode, message: string, field: Array<string> | null }> } };

export type BulkOperationFieldsFragment = { id: string, kind: BulkOperationKind, status: BulkOperationStatus, errorPolicy: ErrorPolicy | null, processedRows: number, failedRows: number, size: number, sha256: string | null, eventCursor: string | null, downloadUrl: string | null, failure: BulkOperationFailure | null, failureMessage: string | null, createdAt: string, finishedAt: string | null, expiresAt: string | null };

export type BulkOperationQueryVariables = Exact<{
  id: string;
}>;


export type BulkOperationQuery = { bulkOperation: { id: string, kind: BulkOperationKind, status: BulkOperationStatus, errorPolicy: ErrorPolicy | null, processedRows: number, failedRows: number, size: number, sha256: string | null, eventCursor: string | null, downloadUrl: string | null, failure: BulkOperationFailure | null, failureMessage: string | null, createdAt: string, finishedAt: string | null, expiresAt: string | null } | null };

export type BulkOperationsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BulkOperationsQuery = { bulkOperations: { nodes: Array<{ id: string, kind: BulkOperationKind, status: BulkOperationStatus, errorPolicy: ErrorPolicy | null, processedRows: number, failedRows: number, size: number, sha256: string | null, eventCursor: string | null, downloadUrl: string | null, failure: BulkOperationFailure | null, failureMessage: string | null, createdAt: string, finishedAt: string | null, expiresAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type StartBulkExportMutationVariables = Exact<{
  input: StartBulkExportInput;
}>;


export type StartBulkExportMutation = { startBulkExport: { bulkOperation: { id: string, kind: BulkOperationKind, status: BulkOperationStatus, errorPolicy: ErrorPolicy | null, processedRows: number, failedRows: number, size: number, sha256: string | null, eventCursor: string | null, downloadUrl: string | null, failure: BulkOperationFailure | null, failureMessage: string | null, createdAt: string, finishedAt: string | null, expiresAt: string | null } | null, userErrors: Array<{ code: StartBulkExportErrorCode, message: string, field: Array<string> | null }> } };

export type StartBulkImportMutationVariables = Exact<{
  input: StartBulkImportInput;
}>;


export type StartBulkImportMutation = { startBulkImport: { uploadUrl: string | null, bulkOperation: { id: string, kind: BulkOperationKind, status: BulkOperationStatus, errorPolicy: ErrorPolicy | null, processedRows: number, failedRows: number, size: number, sha256: string | null, eventCursor: string | null, downloadUrl: string | null, failure: BulkOperationFailure | null, failureMessage: string | null, createdAt: string, finishedAt: string | null, expiresAt: string | null } | null, userErrors: Array<{ code: StartBulkImportErrorCode, message: string, field: Array<string> | null }> } };

export type CancelBulkOperationMutationVariables = Exact<{
  input: CancelBulkOperationInput;
}>;


export type CancelBulkOperationMutation = { cancelBulkOperation: { bulkOperation: { id: string, kind: BulkOperationKind, status: BulkOperationStatus, errorPolicy: ErrorPolicy | null, processedRows: number, failedRows: number, size: number, sha256: string | null, eventCursor: string | null, downloadUrl: string | null, failure: BulkOperationFailure | null, failureMessage: string | null, createdAt: string, finishedAt: string | null, expiresAt: string | null } | null, userErrors: Array<{ code: CancelBulkOperationErrorCode, message: string, field: Array<string> | null }> } };

export type BulkOperationProgressSubscriptionVariables = Exact<{
  id: string;
}>;


export type BulkOperationProgressSubscription = { bulkOperationProgress: { id: string, kind: BulkOperationKind, status: BulkOperationStatus, errorPolicy: ErrorPolicy | null, processedRows: number, failedRows: number, size: number, sha256: string | null, eventCursor: string | null, downloadUrl: string | null, failure: BulkOperationFailure | null, failureMessage: string | null, createdAt: string, finishedAt: string | null, expiresAt: string | null } };

export type CreditAccountFieldsFragment = { id: string, clientId: string, balance: number, held: number, usable: number, nextExpiry: string | null, version: number };

export type CreditAccountQueryVariables = Exact<{
  clientId: string;
}>;


export type CreditAccountQuery = { creditAccount: { id: string, clientId: string, balance: number, held: number, usable: number, nextExpiry: string | null, version: number } | null };

export type CreditBalanceChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  clientId?: string | null | undefined;
}>;


export type CreditBalanceChangesSubscription = { creditBalanceChanged:
    | { __typename: 'CreditBalanceChanged', cursor: string, type: CreditChangeType, kind: CreditEntryKind | null, occurredAt: string, clientId: string, amount: number, balance: number, held: number, version: number, transactionId: string, holdId: string | null, account: { id: string, clientId: string, balance: number, held: number, usable: number, nextExpiry: string | null, version: number } }
    | { __typename: 'Lagged', missed: number, resumeAt: string }
   };

export type ExperimentFieldsFragment = { id: string, version: number, key: string, name: string, hypothesis: string, status: ExperimentStatus, allocation: ExperimentAllocation, mode: ExperimentMode, coverage: number, holdout: number, conversionWindowHours: number, weightVersion: number, winnerKey: string | null, isRolledOut: boolean, startedAt: string | null, concludedAt: string | null, metric: { kind: ExperimentMetricKind, event: string, direction: ExperimentMetricDirection }, variants: Array<{ key: string, name: string, payload: Record<string, unknown>, fixedWeight: number, weight: number, state: ExperimentVariantState }> };

export type AssignmentFieldsFragment = { experimentKey: string, subjectId: string, variantKey: string | null, payload: Record<string, unknown> | null, reason: AssignmentReason, weightVersion: number | null, probability: number | null };

export type ExperimentQueryVariables = Exact<{
  id?: string | null | undefined;
  key?: string | null | undefined;
}>;


export type ExperimentQuery = { experiment: { id: string, version: number, key: string, name: string, hypothesis: string, status: ExperimentStatus, allocation: ExperimentAllocation, mode: ExperimentMode, coverage: number, holdout: number, conversionWindowHours: number, weightVersion: number, winnerKey: string | null, isRolledOut: boolean, startedAt: string | null, concludedAt: string | null, results: { exposures: number, seenSeveral: number, sampleRatioProbability: number | null, hasSampleRatioAlarm: boolean, explanations: Array<string>, verdict: { leaderKey: string, stop: ExperimentStop | null } | null, variants: Array<{ variantKey: string, exposures: number, conversions: number, mean: number | null, posteriorMean: number, lower: number, upper: number, probabilityBest: number, expectedLoss: number, differenceLower: number | null, differenceUpper: number | null }> }, metric: { kind: ExperimentMetricKind, event: string, direction: ExperimentMetricDirection }, variants: Array<{ key: string, name: string, payload: Record<string, unknown>, fixedWeight: number, weight: number, state: ExperimentVariantState }> } | null };

export type ExperimentsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: ExperimentFilter | null | undefined;
  orderBy?: Array<ExperimentOrder> | ExperimentOrder | null | undefined;
}>;


export type ExperimentsQuery = { experiments: { nodes: Array<{ id: string, version: number, key: string, name: string, hypothesis: string, status: ExperimentStatus, allocation: ExperimentAllocation, mode: ExperimentMode, coverage: number, holdout: number, conversionWindowHours: number, weightVersion: number, winnerKey: string | null, isRolledOut: boolean, startedAt: string | null, concludedAt: string | null, metric: { kind: ExperimentMetricKind, event: string, direction: ExperimentMetricDirection }, variants: Array<{ key: string, name: string, payload: Record<string, unknown>, fixedWeight: number, weight: number, state: ExperimentVariantState }> }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type PeekAssignmentQueryVariables = Exact<{
  input: AssignInput;
}>;


export type PeekAssignmentQuery = { peekAssignment: { experimentKey: string, subjectId: string, variantKey: string | null, payload: Record<string, unknown> | null, reason: AssignmentReason, weightVersion: number | null, probability: number | null } | null };

export type CreateExperimentMutationVariables = Exact<{
  input: CreateExperimentInput;
}>;


export type CreateExperimentMutation = { createExperiment: { cursor: string | null, experiment: { id: string, version: number, key: string, name: string, hypothesis: string, status: ExperimentStatus, allocation: ExperimentAllocation, mode: ExperimentMode, coverage: number, holdout: number, conversionWindowHours: number, weightVersion: number, winnerKey: string | null, isRolledOut: boolean, startedAt: string | null, concludedAt: string | null, metric: { kind: ExperimentMetricKind, event: string, direction: ExperimentMetricDirection }, variants: Array<{ key: string, name: string, payload: Record<string, unknown>, fixedWeight: number, weight: number, state: ExperimentVariantState }> } | null, userErrors: Array<{ code: CreateExperimentErrorCode, message: string, field: Array<string> | null }> } };

export type StartExperimentMutationVariables = Exact<{
  input: StartExperimentInput;
}>;


export type StartExperimentMutation = { startExperiment: { warnings: Array<string>, cursor: string | null, experiment: { id: string, version: number, key: string, name: string, hypothesis: string, status: ExperimentStatus, allocation: ExperimentAllocation, mode: ExperimentMode, coverage: number, holdout: number, conversionWindowHours: number, weightVersion: number, winnerKey: string | null, isRolledOut: boolean, startedAt: string | null, concludedAt: string | null, metric: { kind: ExperimentMetricKind, event: string, direction: ExperimentMetricDirection }, variants: Array<{ key: string, name: string, payload: Record<string, unknown>, fixedWeight: number, weight: number, state: ExperimentVariantState }> } | null, userErrors: Array<{ code: StartExperimentErrorCode, message: string, field: Array<string> | null }> } };

export type ChangeVariantsMutationVariables = Exact<{
  input: ChangeVariantsInput;
}>;


export type ChangeVariantsMutation = { changeVariants: { cursor: string | null, experiment: { id: string, version: number, key: string, name: string, hypothesis: string, status: ExperimentStatus, allocation: ExperimentAllocation, mode: ExperimentMode, coverage: number, holdout: number, conversionWindowHours: number, weightVersion: number, winnerKey: string | null, isRolledOut: boolean, startedAt: string | null, concludedAt: string | null, metric: { kind: ExperimentMetricKind, event: string, direction: ExperimentMetricDirection }, variants: Array<{ key: string, name: string, payload: Record<string, unknown>, fixedWeight: number, weight: number, state: ExperimentVariantState }> } | null, userErrors: Array<{ code: ChangeVariantsErrorCode, message: string, field: Array<string> | null }> } };

export type ConcludeExperimentMutationVariables = Exact<{
  input: ConcludeExperimentInput;
}>;


export type ConcludeExperimentMutation = { concludeExperiment: { cursor: string | null, experiment: { id: string, version: number, key: string, name: string, hypothesis: string, status: ExperimentStatus, allocation: ExperimentAllocation, mode: ExperimentMode, coverage: number, holdout: number, conversionWindowHours: number, weightVersion: number, winnerKey: string | null, isRolledOut: boolean, startedAt: string | null, concludedAt: string | null, metric: { kind: ExperimentMetricKind, event: string, direction: ExperimentMetricDirection }, variants: Array<{ key: string, name: string, payload: Record<string, unknown>, fixedWeight: number, weight: number, state: ExperimentVariantState }> } | null, userErrors: Array<{ code: ConcludeExperimentErrorCode, message: string, field: Array<string> | null }> } };

export type AssignMutationVariables = Exact<{
  input: AssignInput;
}>;


export type AssignMutation = { assign: { assignment: { experimentKey: string, subjectId: string, variantKey: string | null, payload: Record<string, unknown> | null, reason: AssignmentReason, weightVersion: number | null, probability: number | null } | null, userErrors: Array<{ code: AssignErrorCode, message: string, field: Array<string> | null }> } };

export type AssignAllMutationVariables = Exact<{
  input: AssignAllInput;
}>;


export type AssignAllMutation = { assignAll: { assignments: Array<{ experimentKey: string, subjectId: string, variantKey: string | null, payload: Record<string, unknown> | null, reason: AssignmentReason, weightVersion: number | null, probability: number | null }>, userErrors: Array<{ code: AssignAllErrorCode, message: string, field: Array<string> | null }> } };

export type RecordConversionMutationVariables = Exact<{
  input: RecordConversionInput;
}>;


export type RecordConversionMutation = { recordConversion: { countedFor: Array<string>, userErrors: Array<{ code: RecordConversionErrorCode, message: string, field: Array<string> | null }> } };

export type IdentifySubjectMutationVariables = Exact<{
  input: IdentifySubjectInput;
}>;


export type IdentifySubjectMutation = { identifySubject: { inherited: Array<string>, differing: Array<string>, userErrors: Array<{ code: IdentifySubjectErrorCode, message: string, field: Array<string> | null }> } };

export type SessionTokensFragment = { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, refreshTokenExpiresAt: string };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { tokens: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, refreshTokenExpiresAt: string } | null, member: { id: string, email: string, name: string, role: Role } | null, tenant: { id: string, name: string } | null, tenants: Array<{ id: string, name: string }>, userErrors: Array<{ code: SignInErrorCode, message: string, field: Array<string> | null }> } };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = { refreshSession: { tokens: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, refreshTokenExpiresAt: string } | null, userErrors: Array<{ code: RefreshSessionErrorCode, message: string, field: Array<string> | null }> } };

export type SignOutMutationVariables = Exact<{
  input: SignOutInput;
}>;


export type SignOutMutation = { signOut: { ended: number, userErrors: Array<{ code: SignOutErrorCode, message: string, field: Array<string> | null }> } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { role: Role | null, permissions: Array<string>, member: { id: string, email: string, name: string, role: Role } | null, key: { id: string, name: string, kind: KeyKind } | null, tenant: { id: string, name: string } } };

export type SignUpMutationVariables = Exact<{
  input: SignUpInput;
}>;


export type SignUpMutation = { signUp: { tokens: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, refreshTokenExpiresAt: string } | null, tenant: { id: string, name: string } | null, member: { id: string, email: string } | null, userErrors: Array<{ code: SignUpErrorCode, message: string, field: Array<string> | null }> } };

export type AcceptInviteMutationVariables = Exact<{
  input: AcceptInviteInput;
}>;


export type AcceptInviteMutation = { acceptInvite: { tokens: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, refreshTokenExpiresAt: string } | null, member: { id: string, email: string, role: Role } | null, userErrors: Array<{ code: AcceptInviteErrorCode, message: string, field: Array<string> | null }> } };

export type JournalEntryFieldsFragment = { id: string, position: number, type: string, subjectId: string, occurredAt: string, requestId: string, data: Record<string, unknown>, hash: string, cursor: string, actor: { type: ActorType, principalId: string | null } };

export type JournalSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  types?: Array<string> | string | null | undefined;
}>;


export type JournalSubscription = { journal:
    | { __typename: 'JournalEntry', id: string, position: number, type: string, subjectId: string, occurredAt: string, requestId: string, data: Record<string, unknown>, hash: string, cursor: string, actor: { type: ActorType, principalId: string | null } }
    | { __typename: 'Lagged', missed: number, resumeAt: string }
   };

export type JournalEntriesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  types?: Array<string> | string | null | undefined;
}>;


export type JournalEntriesQuery = { journal: { nodes: Array<{ id: string, position: number, type: string, subjectId: string, occurredAt: string, requestId: string, data: Record<string, unknown>, hash: string, cursor: string, actor: { type: ActorType, principalId: string | null } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type VerifyJournalQueryVariables = Exact<{
  from?: number | null | undefined;
  to?: number | null | undefined;
}>;


export type VerifyJournalQuery = { verifyJournal: { valid: boolean, entries: number, firstBadPosition: number | null } };

export type EventCursorQueryVariables = Exact<{ [key: string]: never; }>;


export type EventCursorQuery = { eventCursor: string };

export type LeadImportFieldsFragment = { id: string, status: LeadImportStatus, fileName: string, isDryRun: boolean, processedRows: number, committedRows: number, createdLeads: number, mergedLeads: number, failedRows: number, failure: LeadImportFailure | null, finishedAt: string | null };

export type LeadImportQueryVariables = Exact<{
  id: string;
}>;


export type LeadImportQuery = { leadImport: { id: string, status: LeadImportStatus, fileName: string, isDryRun: boolean, processedRows: number, committedRows: number, createdLeads: number, mergedLeads: number, failedRows: number, failure: LeadImportFailure | null, finishedAt: string | null, errors: { nodes: Array<{ row: number, line: number, code: LeadImportRowErrorCode, message: string, field: Array<string> | null }> } } | null };

export type ImportLeadsMutationVariables = Exact<{
  input: ImportLeadsInput;
}>;


export type ImportLeadsMutation = { importLeads: { uploadUrl: string | null, leadImport: { id: string, status: LeadImportStatus, fileName: string, isDryRun: boolean, processedRows: number, committedRows: number, createdLeads: number, mergedLeads: number, failedRows: number, failure: LeadImportFailure | null, finishedAt: string | null } | null, userErrors: Array<{ code: ImportLeadsErrorCode, message: string, field: Array<string> | null }> } };

export type CancelLeadImportMutationVariables = Exact<{
  input: CancelLeadImportInput;
}>;


export type CancelLeadImportMutation = { cancelLeadImport: { leadImport: { id: string, status: LeadImportStatus, fileName: string, isDryRun: boolean, processedRows: number, committedRows: number, createdLeads: number, mergedLeads: number, failedRows: number, failure: LeadImportFailure | null, finishedAt: string | null } | null, userErrors: Array<{ code: CancelLeadImportErrorCode, message: string, field: Array<string> | null }> } };

export type ExportLeadsMutationVariables = Exact<{
  input: ExportLeadsInput;
}>;


export type ExportLeadsMutation = { exportLeads: { downloadUrl: string | null, expiresAt: string | null, userErrors: Array<{ code: ExportLeadsErrorCode, message: string, field: Array<string> | null }> } };

export type LeadImportProgressSubscriptionVariables = Exact<{
  id: string;
}>;


export type LeadImportProgressSubscription = { leadImportProgress: { id: string, status: LeadImportStatus, fileName: string, isDryRun: boolean, processedRows: number, committedRows: number, createdLeads: number, mergedLeads: number, failedRows: number, failure: LeadImportFailure | null, finishedAt: string | null } };

export type LeadFieldsFragment = { id: string, email: string | null, phone: string | null, externalId: string | null, name: string | null, company: string | null, source: string | null, message: string | null, stage: LeadStage, stageReason: string | null, tags: Array<string>, attributes: Record<string, unknown>, createdAt: string, updatedAt: string, version: number, owner: { id: string, name: string } | null };

export type LeadQueryVariables = Exact<{
  id: string;
}>;


export type LeadQuery = { lead: { id: string, email: string | null, phone: string | null, externalId: string | null, name: string | null, company: string | null, source: string | null, message: string | null, stage: LeadStage, stageReason: string | null, tags: Array<string>, attributes: Record<string, unknown>, createdAt: string, updatedAt: string, version: number, owner: { id: string, name: string } | null } | null };

export type LeadsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: LeadFilter | null | undefined;
  orderBy?: Array<LeadOrder> | LeadOrder | null | undefined;
}>;


export type LeadsQuery = { leads: { nodes: Array<{ id: string, email: string | null, phone: string | null, externalId: string | null, name: string | null, company: string | null, source: string | null, message: string | null, stage: LeadStage, stageReason: string | null, tags: Array<string>, attributes: Record<string, unknown>, createdAt: string, updatedAt: string, version: number, owner: { id: string, name: string } | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type LeadCountQueryVariables = Exact<{
  filter?: LeadFilter | null | undefined;
}>;


export type LeadCountQuery = { leads: { totalCount: number } };

export type CaptureLeadMutationVariables = Exact<{
  input: CaptureLeadInput;
}>;


export type CaptureLeadMutation = { captureLead: { accepted: boolean, cursor: string | null, lead: { id: string, email: string | null, phone: string | null, externalId: string | null, name: string | null, company: string | null, source: string | null, message: string | null, stage: LeadStage, stageReason: string | null, tags: Array<string>, attributes: Record<string, unknown>, createdAt: string, updatedAt: string, version: number, owner: { id: string, name: string } | null } | null, userErrors: Array<{ code: CaptureLeadErrorCode, message: string, field: Array<string> | null }> } };

export type LeadTimelineQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type LeadTimelineQuery = { lead: { id: string, timeline: { nodes: Array<{ id: string, position: number, type: string, subjectId: string, occurredAt: string, requestId: string, data: Record<string, unknown>, hash: string, cursor: string, actor: { type: ActorType, principalId: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type LeadChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  filter?: LeadFilter | null | undefined;
}>;


export type LeadChangesSubscription = { leadChanged:
    | { __typename: 'Lagged', missed: number, resumeAt: string }
    | { __typename: 'LeadChanged', cursor: string, type: LeadChangeType, occurredAt: string, leadId: string, matches: boolean, lead: { id: string, email: string | null, phone: string | null, externalId: string | null, name: string | null, company: string | null, source: string | null, message: string | null, stage: LeadStage, stageReason: string | null, tags: Array<string>, attributes: Record<string, unknown>, createdAt: string, updatedAt: string, version: number, owner: { id: string, name: string } | null } | null }
   };

export type UpdateLeadMutationVariables = Exact<{
  input: UpdateLeadInput;
}>;


export type UpdateLeadMutation = { updateLead: { cursor: string | null, lead: { id: string, email: string | null, phone: string | null, externalId: string | null, name: string | null, company: string | null, source: string | null, message: string | null, stage: LeadStage, stageReason: string | null, tags: Array<string>, attributes: Record<string, unknown>, createdAt: string, updatedAt: string, version: number, owner: { id: string, name: string } | null } | null, userErrors: Array<{ code: UpdateLeadErrorCode, message: string, field: Array<string> | null }> } };

export type MoveLeadMutationVariables = Exact<{
  input: MoveLeadInput;
}>;


export type MoveLeadMutation = { moveLead: { cursor: string | null, lead: { id: string, email: string | null, phone: string | null, externalId: string | null, name: string | null, company: string | null, source: string | null, message: string | null, stage: LeadStage, stageReason: string | null, tags: Array<string>, attributes: Record<string, unknown>, createdAt: string, updatedAt: string, version: number, owner: { id: string, name: string } | null } | null, userErrors: Array<{ code: MoveLeadErrorCode, message: string, field: Array<string> | null }> } };

export type AssignLeadMutationVariables = Exact<{
  input: AssignLeadInput;
}>;


export type AssignLeadMutation = { assignLead: { cursor: string | null, lead: { id: string, email: string | null, phone: string | null, externalId: string | null, name: string | null, company: string | null, source: string | null, message: string | null, stage: LeadStage, stageReason: string | null, tags: Array<string>, attributes: Record<string, unknown>, createdAt: string, updatedAt: string, version: number, owner: { id: string, name: string } | null } | null, userErrors: Array<{ code: AssignLeadErrorCode, message: string, field: Array<string> | null }> } };

export type MergeLeadsMutationVariables = Exact<{
  input: MergeLeadsInput;
}>;


export type MergeLeadsMutation = { mergeLeads: { cursor: string | null, lead: { id: string, email: string | null, phone: string | null, externalId: string | null, name: string | null, company: string | null, source: string | null, message: string | null, stage: LeadStage, stageReason: string | null, tags: Array<string>, attributes: Record<string, unknown>, createdAt: string, updatedAt: string, version: number, owner: { id: string, name: string } | null } | null, userErrors: Array<{ code: MergeLeadsErrorCode, message: string, field: Array<string> | null }> } };

export type AddLeadNoteMutationVariables = Exact<{
  input: AddLeadNoteInput;
}>;


export type AddLeadNoteMutation = { addLeadNote: { cursor: string | null, note: { id: string, body: string, createdAt: string } | null, userErrors: Array<{ code: AddLeadNoteErrorCode, message: string, field: Array<string> | null }> } };

export type UnmergeLeadsMutationVariables = Exact<{
  input: UnmergeLeadsInput;
}>;


export type UnmergeLeadsMutation = { unmergeLeads: { cursor: string | null, lead: { id: string, email: string | null, phone: string | null, externalId: string | null, name: string | null, company: string | null, source: string | null, message: string | null, stage: LeadStage, stageReason: string | null, tags: Array<string>, attributes: Record<string, unknown>, createdAt: string, updatedAt: string, version: number, owner: { id: string, name: string } | null } | null, restored: { id: string, email: string | null, phone: string | null, externalId: string | null, name: string | null, company: string | null, source: string | null, message: string | null, stage: LeadStage, stageReason: string | null, tags: Array<string>, attributes: Record<string, unknown>, createdAt: string, updatedAt: string, version: number, owner: { id: string, name: string } | null } | null, userErrors: Array<{ code: UnmergeLeadsErrorCode, message: string, field: Array<string> | null }> } };

export type DeleteLeadMutationVariables = Exact<{
  input: DeleteLeadInput;
}>;


export type DeleteLeadMutation = { deleteLead: { cursor: string | null, deletedLeadId: string | null, userErrors: Array<{ code: DeleteLeadErrorCode, message: string, field: Array<string> | null }> } };

export type LinkFieldsFragment = { id: string, version: number, slug: string, shortUrl: string, url: string, target: string, title: string | null, tags: Array<string>, expiresAt: string | null, isArchived: boolean, createdAt: string, updatedAt: string, utm: { source: string | null, medium: string | null, campaign: string | null, term: string | null, content: string | null } };

export type LinkQueryVariables = Exact<{
  id: string;
}>;


export type LinkQuery = { link: { id: string, version: number, slug: string, shortUrl: string, url: string, target: string, title: string | null, tags: Array<string>, expiresAt: string | null, isArchived: boolean, createdAt: string, updatedAt: string, utm: { source: string | null, medium: string | null, campaign: string | null, term: string | null, content: string | null } } | null };

export type LinksQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: LinkFilter | null | undefined;
  orderBy?: Array<LinkOrder> | LinkOrder | null | undefined;
  includeArchived?: boolean | null | undefined;
}>;


export type LinksQuery = { links: { nodes: Array<{ id: string, version: number, slug: string, shortUrl: string, url: string, target: string, title: string | null, tags: Array<string>, expiresAt: string | null, isArchived: boolean, createdAt: string, updatedAt: string, utm: { source: string | null, medium: string | null, campaign: string | null, term: string | null, content: string | null } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type CreateLinkMutationVariables = Exact<{
  input: CreateLinkInput;
}>;


export type CreateLinkMutation = { createLink: { cursor: string | null, link: { id: string, version: number, slug: string, shortUrl: string, url: string, target: string, title: string | null, tags: Array<string>, expiresAt: string | null, isArchived: boolean, createdAt: string, updatedAt: string, utm: { source: string | null, medium: string | null, campaign: string | null, term: string | null, content: string | null } } | null, userErrors: Array<{ code: CreateLinkErrorCode, message: string, field: Array<string> | null }> } };

export type UpdateLinkMutationVariables = Exact<{
  input: UpdateLinkInput;
}>;


export type UpdateLinkMutation = { updateLink: { cursor: string | null, link: { id: string, version: number, slug: string, shortUrl: string, url: string, target: string, title: string | null, tags: Array<string>, expiresAt: string | null, isArchived: boolean, createdAt: string, updatedAt: string, utm: { source: string | null, medium: string | null, campaign: string | null, term: string | null, content: string | null } } | null, userErrors: Array<{ code: UpdateLinkErrorCode, message: string, field: Array<string> | null }> } };

export type ArchiveLinkMutationVariables = Exact<{
  input: ArchiveLinkInput;
}>;


export type ArchiveLinkMutation = { archiveLink: { cursor: string | null, link: { id: string, version: number, slug: string, shortUrl: string, url: string, target: string, title: string | null, tags: Array<string>, expiresAt: string | null, isArchived: boolean, createdAt: string, updatedAt: string, utm: { source: string | null, medium: string | null, campaign: string | null, term: string | null, content: string | null } } | null, userErrors: Array<{ code: ArchiveLinkErrorCode, message: string, field: Array<string> | null }> } };

export type RestoreLinkMutationVariables = Exact<{
  input: RestoreLinkInput;
}>;


export type RestoreLinkMutation = { restoreLink: { cursor: string | null, link: { id: string, version: number, slug: string, shortUrl: string, url: string, target: string, title: string | null, tags: Array<string>, expiresAt: string | null, isArchived: boolean, createdAt: string, updatedAt: string, utm: { source: string | null, medium: string | null, campaign: string | null, term: string | null, content: string | null } } | null, userErrors: Array<{ code: RestoreLinkErrorCode, message: string, field: Array<string> | null }> } };

export type LinkClicksQueryVariables = Exact<{
  id: string;
  from?: string | null | undefined;
  to?: string | null | undefined;
  zone?: string | null | undefined;
}>;


export type LinkClicksQuery = { link: { id: string, clicks: { total: number, bots: number, series: Array<{ day: string, clicks: number }>, bySource: Array<{ referrer: string | null, source: string | null, clicks: number }>, byDevice: Array<{ device: LinkDevice, clicks: number }>, byCountry: Array<{ country: string | null, clicks: number }> } } | null };

export type LinkQrQueryVariables = Exact<{
  id: string;
  format?: QrFormat | null | undefined;
  size?: number | null | undefined;
  margin?: number | null | undefined;
  errorCorrection?: QrErrorCorrection | null | undefined;
}>;


export type LinkQrQuery = { link: { id: string, qr: { mediaType: string, content: string, dataUrl: string } } | null };

export type BookingFieldsFragment = { id: string, status: BookingStatus, credits: number, payment: BookingPayment, deadlineAt: string, lateCancellation: LateCancellation, bookedAt: string, learner: { id: string, name: string } | null };

export type SessionFieldsFragment = { id: string, version: number, status: SessionStatus, kind: SessionKind, typeId: string, title: string, roomId: string | null, seriesId: string | null, startsAt: string, endsAt: string, timeZone: string, seats: number, seatsLeft: number, cancelReason: string | null, bookedAt: string, updatedAt: string, coach: { id: string, pseudonym: string } | null, bookings: Array<{ id: string, status: BookingStatus, credits: number, payment: BookingPayment, deadlineAt: string, lateCancellation: LateCancellation, bookedAt: string, learner: { id: string, name: string } | null }> };

export type SessionChangedFieldsFragment = { cursor: string, type: SessionChangeType, occurredAt: string, sessionId: string, bookingIds: Array<string>, previousStartsAt: string | null, session: { id: string, version: number, status: SessionStatus, kind: SessionKind, typeId: string, title: string, roomId: string | null, seriesId: string | null, startsAt: string, endsAt: string, timeZone: string, seats: number, seatsLeft: number, cancelReason: string | null, bookedAt: string, updatedAt: string, coach: { id: string, pseudonym: string } | null, bookings: Array<{ id: string, status: BookingStatus, credits: number, payment: BookingPayment, deadlineAt: string, lateCancellation: LateCancellation, bookedAt: string, learner: { id: string, name: string } | null }> } | null };

export type SessionQueryVariables = Exact<{
  id: string;
}>;


export type SessionQuery = { session: { id: string, version: number, status: SessionStatus, kind: SessionKind, typeId: string, title: string, roomId: string | null, seriesId: string | null, startsAt: string, endsAt: string, timeZone: string, seats: number, seatsLeft: number, cancelReason: string | null, bookedAt: string, updatedAt: string, coach: { id: string, pseudonym: string } | null, bookings: Array<{ id: string, status: BookingStatus, credits: number, payment: BookingPayment, deadlineAt: string, lateCancellation: LateCancellation, bookedAt: string, learner: { id: string, name: string } | null }> } | null };

export type ReverseSessionMutationVariables = Exact<{
  input: ReverseSessionInput;
}>;


export type ReverseSessionMutation = { reverseSession: { cursor: string | null, refundedCredits: number, session: { id: string, version: number, status: SessionStatus, kind: SessionKind, typeId: string, title: string, roomId: string | null, seriesId: string | null, startsAt: string, endsAt: string, timeZone: string, seats: number, seatsLeft: number, cancelReason: string | null, bookedAt: string, updatedAt: string, coach: { id: string, pseudonym: string } | null, bookings: Array<{ id: string, status: BookingStatus, credits: number, payment: BookingPayment, deadlineAt: string, lateCancellation: LateCancellation, bookedAt: string, learner: { id: string, name: string } | null }> } | null, userErrors: Array<{ code: ReverseSessionErrorCode, message: string, field: Array<string> | null }> } };

export type SessionChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  sessionId?: string | null | undefined;
  coachId?: string | null | undefined;
  learnerId?: string | null | undefined;
}>;


export type SessionChangesSubscription = { sessionChanged:
    | { __typename: 'Lagged', missed: number, resumeAt: string }
    | { __typename: 'SessionChanged', cursor: string, type: SessionChangeType, occurredAt: string, sessionId: string, bookingIds: Array<string>, previousStartsAt: string | null, session: { id: string, version: number, status: SessionStatus, kind: SessionKind, typeId: string, title: string, roomId: string | null, seriesId: string | null, startsAt: string, endsAt: string, timeZone: string, seats: number, seatsLeft: number, cancelReason: string | null, bookedAt: string, updatedAt: string, coach: { id: string, pseudonym: string } | null, bookings: Array<{ id: string, status: BookingStatus, credits: number, payment: BookingPayment, deadlineAt: string, lateCancellation: LateCancellation, bookedAt: string, learner: { id: string, name: string } | null }> } | null }
   };

export type AgendaChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  coachId: string;
}>;


export type AgendaChangesSubscription = { agenda:
    | { __typename: 'AvailabilityChanged', cursor: string, part: AvailabilityPart, occurredAt: string, coachId: string, availability: { id: string, coachId: string, timeZone: string, dayLimit: number | null, weekLimit: number | null, version: number, weeklyHours: Array<{ weekday: Weekday, from: string, to: string }>, overrides: Array<{ id: string, date: string, hours: Array<{ from: string, to: string }> }>, timeOff: Array<{ id: string, startsAt: string, endsAt: string, reason: string }> } | null }
    | { __typename: 'Lagged', missed: number, resumeAt: string }
    | { __typename: 'SessionChanged', cursor: string, type: SessionChangeType, occurredAt: string, sessionId: string, bookingIds: Array<string>, previousStartsAt: string | null, session: { id: string, version: number, status: SessionStatus, kind: SessionKind, typeId: string, title: string, roomId: string | null, seriesId: string | null, startsAt: string, endsAt: string, timeZone: string, seats: number, seatsLeft: number, cancelReason: string | null, bookedAt: string, updatedAt: string, coach: { id: string, pseudonym: string } | null, bookings: Array<{ id: string, status: BookingStatus, credits: number, payment: BookingPayment, deadlineAt: string, lateCancellation: LateCancellation, bookedAt: string, learner: { id: string, name: string } | null }> } | null }
   };

export type PageInfoFieldsFragment = { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null };

export type LaggedFieldsFragment = { missed: number, resumeAt: string };

export type MemberFieldsFragment = { id: string, email: string, name: string, role: Role, status: MemberStatus, lastSignedInAt: string | null, version: number };

export type InvitationFieldsFragment = { id: string, email: string, role: Role, expiresAt: string, acceptedAt: string | null, revokedAt: string | null };

export type ApiKeyFieldsFragment = { id: string, kind: KeyKind, name: string, lastFour: string, scopes: Array<string>, allowedOrigins: Array<string>, createdAt: string, lastUsedAt: string | null, expiresAt: string | null, revokedAt: string | null };

export type MembersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type MembersQuery = { members: { nodes: Array<{ id: string, email: string, name: string, role: Role, status: MemberStatus, lastSignedInAt: string | null, version: number }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type InvitationsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type InvitationsQuery = { invitations: { nodes: Array<{ id: string, email: string, role: Role, expiresAt: string, acceptedAt: string | null, revokedAt: string | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type ApiKeysQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ApiKeysQuery = { apiKeys: { nodes: Array<{ id: string, kind: KeyKind, name: string, lastFour: string, scopes: Array<string>, allowedOrigins: Array<string>, createdAt: string, lastUsedAt: string | null, expiresAt: string | null, revokedAt: string | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type InviteMemberMutationVariables = Exact<{
  input: InviteMemberInput;
}>;


export type InviteMemberMutation = { inviteMember: { token: string | null, invitation: { id: string, email: string, role: Role, expiresAt: string, acceptedAt: string | null, revokedAt: string | null } | null, userErrors: Array<{ code: InviteMemberErrorCode, message: string, field: Array<string> | null }> } };

export type RevokeInvitationMutationVariables = Exact<{
  input: RevokeInvitationInput;
}>;


export type RevokeInvitationMutation = { revokeInvitation: { invitation: { id: string, email: string, role: Role, expiresAt: string, acceptedAt: string | null, revokedAt: string | null } | null, userErrors: Array<{ code: RevokeInvitationErrorCode, message: string, field: Array<string> | null }> } };

export type ChangeMemberRoleMutationVariables = Exact<{
  input: ChangeMemberRoleInput;
}>;


export type ChangeMemberRoleMutation = { changeMemberRole: { member: { id: string, email: string, name: string, role: Role, status: MemberStatus, lastSignedInAt: string | null, version: number } | null, userErrors: Array<{ code: ChangeMemberRoleErrorCode, message: string, field: Array<string> | null }> } };

export type RemoveMemberMutationVariables = Exact<{
  input: RemoveMemberInput;
}>;


export type RemoveMemberMutation = { removeMember: { member: { id: string, email: string, name: string, role: Role, status: MemberStatus, lastSignedInAt: string | null, version: number } | null, userErrors: Array<{ code: RemoveMemberErrorCode, message: string, field: Array<string> | null }> } };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { createApiKey: { secret: string | null, key: { id: string, kind: KeyKind, name: string, lastFour: string, scopes: Array<string>, allowedOrigins: Array<string>, createdAt: string, lastUsedAt: string | null, expiresAt: string | null, revokedAt: string | null } | null, userErrors: Array<{ code: CreateApiKeyErrorCode, message: string, field: Array<string> | null }> } };

export type CreatePublishableKeyMutationVariables = Exact<{
  input: CreatePublishableKeyInput;
}>;


export type CreatePublishableKeyMutation = { createPublishableKey: { secret: string | null, key: { id: string, kind: KeyKind, name: string, lastFour: string, scopes: Array<string>, allowedOrigins: Array<string>, createdAt: string, lastUsedAt: string | null, expiresAt: string | null, revokedAt: string | null } | null, userErrors: Array<{ code: CreatePublishableKeyErrorCode, message: string, field: Array<string> | null }> } };

export type RevokeApiKeyMutationVariables = Exact<{
  input: RevokeApiKeyInput;
}>;


export type RevokeApiKeyMutation = { revokeApiKey: { key: { id: string, kind: KeyKind, name: string, lastFour: string, scopes: Array<string>, allowedOrigins: Array<string>, createdAt: string, lastUsedAt: string | null, expiresAt: string | null, revokedAt: string | null } | null, userErrors: Array<{ code: RevokeApiKeyErrorCode, message: string, field: Array<string> | null }> } };

export const MoneyFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MoneyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amountMinor"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]} as unknown as DocumentNode<MoneyFieldsFragment, unknown>;
export const PaymentFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PaymentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Payment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"packId"}},{"kind":"Field","name":{"kind":"Name","value":"subscriptionId"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"transferState"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MoneyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"received"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MoneyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refunded"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MoneyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MoneyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amountMinor"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]} as unknown as DocumentNode<PaymentFieldsFragment, unknown>;
export const BulkOperationFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BulkOperationFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkOperation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"errorPolicy"}},{"kind":"Field","name":{"kind":"Name","value":"processedRows"}},{"kind":"Field","name":{"kind":"Name","value":"failedRows"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"eventCursor"}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"failureMessage"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]} as unknown as DocumentNode<BulkOperationFieldsFragment, unknown>;
export const CreditAccountFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CreditAccountFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreditAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"usable"}},{"kind":"Field","name":{"kind":"Name","value":"nextExpiry"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<CreditAccountFieldsFragment, unknown>;
export const ExperimentFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ExperimentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Experiment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"hypothesis"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"allocation"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"metric"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"coverage"}},{"kind":"Field","name":{"kind":"Name","value":"holdout"}},{"kind":"Field","name":{"kind":"Name","value":"conversionWindowHours"}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"fixedWeight"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"weightVersion"}},{"kind":"Field","name":{"kind":"Name","value":"winnerKey"}},{"kind":"Field","name":{"kind":"Name","value":"isRolledOut"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"concludedAt"}}]}}]} as unknown as DocumentNode<ExperimentFieldsFragment, unknown>;
export const AssignmentFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ExperimentAssignment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"experimentKey"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"variantKey"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"weightVersion"}},{"kind":"Field","name":{"kind":"Name","value":"probability"}}]}}]} as unknown as DocumentNode<AssignmentFieldsFragment, unknown>;
export const SessionTokensFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionTokens"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}}]}}]} as unknown as DocumentNode<SessionTokensFragment, unknown>;
export const JournalEntryFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JournalEntryFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"JournalEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"actor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"principalId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"data"}},{"kind":"Field","name":{"kind":"Name","value":"hash"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}}]} as unknown as DocumentNode<JournalEntryFieldsFragment, unknown>;
export const LeadImportFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadImportFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LeadImport"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"isDryRun"}},{"kind":"Field","name":{"kind":"Name","value":"processedRows"}},{"kind":"Field","name":{"kind":"Name","value":"committedRows"}},{"kind":"Field","name":{"kind":"Name","value":"createdLeads"}},{"kind":"Field","name":{"kind":"Name","value":"mergedLeads"}},{"kind":"Field","name":{"kind":"Name","value":"failedRows"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<LeadImportFieldsFragment, unknown>;
export const LeadFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"stageReason"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<LeadFieldsFragment, unknown>;
export const LinkFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LinkFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Link"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"shortUrl"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"utm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"medium"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"}},{"kind":"Field","name":{"kind":"Name","value":"term"}},{"kind":"Field","name":{"kind":"Name","value":"content"}}]}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"isArchived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<LinkFieldsFragment, unknown>;
export const BookingFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookingFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Booking"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"payment"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineAt"}},{"kind":"Field","name":{"kind":"Name","value":"lateCancellation"}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"learner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<BookingFieldsFragment, unknown>;
export const SessionFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"typeId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"roomId"}},{"kind":"Field","name":{"kind":"Name","value":"seriesId"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"seats"}},{"kind":"Field","name":{"kind":"Name","value":"seatsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"coach"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}}]}},{"kind":"Field","name":{"kind":"Name","value":"bookings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookingFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cancelReason"}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookingFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Booking"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"payment"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineAt"}},{"kind":"Field","name":{"kind":"Name","value":"lateCancellation"}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"learner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<SessionFieldsFragment, unknown>;
export const SessionChangedFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionChangedFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"sessionId"}},{"kind":"Field","name":{"kind":"Name","value":"bookingIds"}},{"kind":"Field","name":{"kind":"Name","value":"previousStartsAt"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookingFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Booking"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"payment"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineAt"}},{"kind":"Field","name":{"kind":"Name","value":"lateCancellation"}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"learner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"typeId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"roomId"}},{"kind":"Field","name":{"kind":"Name","value":"seriesId"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"seats"}},{"kind":"Field","name":{"kind":"Name","value":"seatsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"coach"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}}]}},{"kind":"Field","name":{"kind":"Name","value":"bookings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookingFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cancelReason"}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<SessionChangedFieldsFragment, unknown>;
export const PageInfoFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageInfoFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<PageInfoFieldsFragment, unknown>;
export const LaggedFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LaggedFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lagged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"missed"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}}]}}]} as unknown as DocumentNode<LaggedFieldsFragment, unknown>;
export const MemberFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MemberFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"lastSignedInAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<MemberFieldsFragment, unknown>;
export const InvitationFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"InvitationFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Invitation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"acceptedAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}}]} as unknown as DocumentNode<InvitationFieldsFragment, unknown>;
export const ApiKeyFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiKeyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"lastFour"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"allowedOrigins"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}}]} as unknown as DocumentNode<ApiKeyFieldsFragment, unknown>;
export const PaymentDocument = {"__meta__":{"hash":"71e8e3585ff35c8bcfdc2102b2c76002e44d1521c2839dc47d8656dea744f8ca"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Payment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PaymentFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MoneyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amountMinor"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PaymentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Payment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"packId"}},{"kind":"Field","name":{"kind":"Name","value":"subscriptionId"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"transferState"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MoneyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"received"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MoneyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refunded"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MoneyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<PaymentQuery, PaymentQueryVariables>;
export const PaymentUpdatesDocument = {"__meta__":{"hash":"e87286499381f66baa60835b0cd6748a5fb3ecd289e74587f63f69beb9e6f518"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"PaymentUpdates"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"paymentId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"clientId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"paymentUpdated"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"paymentId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"paymentId"}}},{"kind":"Argument","name":{"kind":"Name","value":"clientId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"clientId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PaymentUpdated"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"paymentId"}},{"kind":"Field","name":{"kind":"Name","value":"payment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PaymentFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"periodStartsAt"}},{"kind":"Field","name":{"kind":"Name","value":"periodEndsAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"LaggedFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MoneyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amountMinor"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PaymentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Payment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"packId"}},{"kind":"Field","name":{"kind":"Name","value":"subscriptionId"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"transferState"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MoneyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"received"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MoneyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refunded"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MoneyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LaggedFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lagged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"missed"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}}]}}]} as unknown as DocumentNode<PaymentUpdatesSubscription, PaymentUpdatesSubscriptionVariables>;
export const ResumePlanDocument = {"__meta__":{"hash":"62462733c64c6763dd26ec88ba7751531d199751ece55e888fdc9c584b4dcd4a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResumePlan"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ResumeSubscriptionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resumeSubscription"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"periodStartsAt"}},{"kind":"Field","name":{"kind":"Name","value":"periodEndsAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<ResumePlanMutation, ResumePlanMutationVariables>;
export const BulkOperationDocument = {"__meta__":{"hash":"47db3e1dd8a1036c857caa60c729b19d9dacc7f641ad54380f76484e8137e79b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"BulkOperation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkOperation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BulkOperationFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BulkOperationFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkOperation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"errorPolicy"}},{"kind":"Field","name":{"kind":"Name","value":"processedRows"}},{"kind":"Field","name":{"kind":"Name","value":"failedRows"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"eventCursor"}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"failureMessage"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]} as unknown as DocumentNode<BulkOperationQuery, BulkOperationQueryVariables>;
export const BulkOperationsDocument = {"__meta__":{"hash":"04ae8e5d38a0f7aad8bc922022332288c455e632b4f01dfa4c387bf2b7c35d46"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"BulkOperations"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkOperations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BulkOperationFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BulkOperationFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkOperation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"errorPolicy"}},{"kind":"Field","name":{"kind":"Name","value":"processedRows"}},{"kind":"Field","name":{"kind":"Name","value":"failedRows"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"eventCursor"}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"failureMessage"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]} as unknown as DocumentNode<BulkOperationsQuery, BulkOperationsQueryVariables>;
export const StartBulkExportDocument = {"__meta__":{"hash":"6307a033fde7d604ea3872e135ed99cbb67cac2d0a89284c67e7d56269c7be97"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartBulkExport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartBulkExportInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startBulkExport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkOperation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BulkOperationFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BulkOperationFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkOperation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"errorPolicy"}},{"kind":"Field","name":{"kind":"Name","value":"processedRows"}},{"kind":"Field","name":{"kind":"Name","value":"failedRows"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"eventCursor"}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"failureMessage"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]} as unknown as DocumentNode<StartBulkExportMutation, StartBulkExportMutationVariables>;
export const StartBulkImportDocument = {"__meta__":{"hash":"999f59c0dcf3298b3ba98d8d9a2c6ed1029f57e9886b44fb0a122c315c4804f8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartBulkImport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartBulkImportInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startBulkImport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkOperation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BulkOperationFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"uploadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BulkOperationFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkOperation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"errorPolicy"}},{"kind":"Field","name":{"kind":"Name","value":"processedRows"}},{"kind":"Field","name":{"kind":"Name","value":"failedRows"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"eventCursor"}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"failureMessage"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]} as unknown as DocumentNode<StartBulkImportMutation, StartBulkImportMutationVariables>;
export const CancelBulkOperationDocument = {"__meta__":{"hash":"e5fcb8d3e22ca7460ba15cab2063bc9ef9c59800a7b636535c1c7e1400771ff3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelBulkOperation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelBulkOperationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelBulkOperation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkOperation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BulkOperationFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BulkOperationFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkOperation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"errorPolicy"}},{"kind":"Field","name":{"kind":"Name","value":"processedRows"}},{"kind":"Field","name":{"kind":"Name","value":"failedRows"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"eventCursor"}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"failureMessage"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]} as unknown as DocumentNode<CancelBulkOperationMutation, CancelBulkOperationMutationVariables>;
export const BulkOperationProgressDocument = {"__meta__":{"hash":"8c69c5274639d96d50b2a705d1e63d4b818d230cd11c2a27a11926c436fb7229"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"BulkOperationProgress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkOperationProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BulkOperationFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BulkOperationFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkOperation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"errorPolicy"}},{"kind":"Field","name":{"kind":"Name","value":"processedRows"}},{"kind":"Field","name":{"kind":"Name","value":"failedRows"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"eventCursor"}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"failureMessage"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]} as unknown as DocumentNode<BulkOperationProgressSubscription, BulkOperationProgressSubscriptionVariables>;
export const CreditAccountDocument = {"__meta__":{"hash":"8d5d1461578fa9da97bbc243f33942e8ecfbeb9ebf206ec7837ada406e6bf25a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CreditAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"clientId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"creditAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"clientId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"clientId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CreditAccountFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CreditAccountFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreditAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"usable"}},{"kind":"Field","name":{"kind":"Name","value":"nextExpiry"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<CreditAccountQuery, CreditAccountQueryVariables>;
export const CreditBalanceChangesDocument = {"__meta__":{"hash":"0507c0f699deee3950cffca9e204edc1629312a948bb290bba237871dca462e4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"CreditBalanceChanges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"clientId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"creditBalanceChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"clientId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"clientId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreditBalanceChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"holdId"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CreditAccountFields"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"LaggedFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CreditAccountFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreditAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"usable"}},{"kind":"Field","name":{"kind":"Name","value":"nextExpiry"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LaggedFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lagged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"missed"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}}]}}]} as unknown as DocumentNode<CreditBalanceChangesSubscription, CreditBalanceChangesSubscriptionVariables>;
export const ExperimentDocument = {"__meta__":{"hash":"b9fc595f7c914e25638b9baae8e7047a2426de63f220c597287328ae763ebbf4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Experiment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"key"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"experiment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"key"},"value":{"kind":"Variable","name":{"kind":"Name","value":"key"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ExperimentFields"}},{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exposures"}},{"kind":"Field","name":{"kind":"Name","value":"seenSeveral"}},{"kind":"Field","name":{"kind":"Name","value":"sampleRatioProbability"}},{"kind":"Field","name":{"kind":"Name","value":"hasSampleRatioAlarm"}},{"kind":"Field","name":{"kind":"Name","value":"verdict"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leaderKey"}},{"kind":"Field","name":{"kind":"Name","value":"stop"}}]}},{"kind":"Field","name":{"kind":"Name","value":"explanations"}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantKey"}},{"kind":"Field","name":{"kind":"Name","value":"exposures"}},{"kind":"Field","name":{"kind":"Name","value":"conversions"}},{"kind":"Field","name":{"kind":"Name","value":"mean"}},{"kind":"Field","name":{"kind":"Name","value":"posteriorMean"}},{"kind":"Field","name":{"kind":"Name","value":"lower"}},{"kind":"Field","name":{"kind":"Name","value":"upper"}},{"kind":"Field","name":{"kind":"Name","value":"probabilityBest"}},{"kind":"Field","name":{"kind":"Name","value":"expectedLoss"}},{"kind":"Field","name":{"kind":"Name","value":"differenceLower"}},{"kind":"Field","name":{"kind":"Name","value":"differenceUpper"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ExperimentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Experiment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"hypothesis"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"allocation"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"metric"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"coverage"}},{"kind":"Field","name":{"kind":"Name","value":"holdout"}},{"kind":"Field","name":{"kind":"Name","value":"conversionWindowHours"}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"fixedWeight"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"weightVersion"}},{"kind":"Field","name":{"kind":"Name","value":"winnerKey"}},{"kind":"Field","name":{"kind":"Name","value":"isRolledOut"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"concludedAt"}}]}}]} as unknown as DocumentNode<ExperimentQuery, ExperimentQueryVariables>;
export const ExperimentsDocument = {"__meta__":{"hash":"48d9025492566d9348a151293df82cc2ffd090272563f8fcda81f8222b084ed8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Experiments"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ExperimentFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ExperimentOrder"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"experiments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ExperimentFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PageInfoFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ExperimentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Experiment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"hypothesis"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"allocation"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"metric"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"coverage"}},{"kind":"Field","name":{"kind":"Name","value":"holdout"}},{"kind":"Field","name":{"kind":"Name","value":"conversionWindowHours"}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"fixedWeight"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"weightVersion"}},{"kind":"Field","name":{"kind":"Name","value":"winnerKey"}},{"kind":"Field","name":{"kind":"Name","value":"isRolledOut"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"concludedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageInfoFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<ExperimentsQuery, ExperimentsQueryVariables>;
export const PeekAssignmentDocument = {"__meta__":{"hash":"bca9f55f191d3e64c9e0d5df9b3d4e05dd0881e3bbb7817d63eabdcb84fa1cb8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PeekAssignment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"peekAssignment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ExperimentAssignment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"experimentKey"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"variantKey"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"weightVersion"}},{"kind":"Field","name":{"kind":"Name","value":"probability"}}]}}]} as unknown as DocumentNode<PeekAssignmentQuery, PeekAssignmentQueryVariables>;
export const CreateExperimentDocument = {"__meta__":{"hash":"4e9d73489d70256843049e1d16d798bf8d4264f449633d613e301e5b603756ff"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateExperiment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateExperimentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createExperiment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"experiment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ExperimentFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ExperimentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Experiment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"hypothesis"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"allocation"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"metric"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"coverage"}},{"kind":"Field","name":{"kind":"Name","value":"holdout"}},{"kind":"Field","name":{"kind":"Name","value":"conversionWindowHours"}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"fixedWeight"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"weightVersion"}},{"kind":"Field","name":{"kind":"Name","value":"winnerKey"}},{"kind":"Field","name":{"kind":"Name","value":"isRolledOut"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"concludedAt"}}]}}]} as unknown as DocumentNode<CreateExperimentMutation, CreateExperimentMutationVariables>;
export const StartExperimentDocument = {"__meta__":{"hash":"26eabd6f3894c17fd3737505e16361e2801ec8e6e3b890722dcb2c91401bb17d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartExperiment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartExperimentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startExperiment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"experiment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ExperimentFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ExperimentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Experiment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"hypothesis"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"allocation"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"metric"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"coverage"}},{"kind":"Field","name":{"kind":"Name","value":"holdout"}},{"kind":"Field","name":{"kind":"Name","value":"conversionWindowHours"}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"fixedWeight"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"weightVersion"}},{"kind":"Field","name":{"kind":"Name","value":"winnerKey"}},{"kind":"Field","name":{"kind":"Name","value":"isRolledOut"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"concludedAt"}}]}}]} as unknown as DocumentNode<StartExperimentMutation, StartExperimentMutationVariables>;
export const ChangeVariantsDocument = {"__meta__":{"hash":"1a024b7b39474295d2e2616a9e2780151df566e77ef05d65e1a2b7aa0bf9ba37"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangeVariants"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChangeVariantsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changeVariants"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"experiment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ExperimentFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ExperimentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Experiment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"hypothesis"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"allocation"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"metric"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"coverage"}},{"kind":"Field","name":{"kind":"Name","value":"holdout"}},{"kind":"Field","name":{"kind":"Name","value":"conversionWindowHours"}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"fixedWeight"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"weightVersion"}},{"kind":"Field","name":{"kind":"Name","value":"winnerKey"}},{"kind":"Field","name":{"kind":"Name","value":"isRolledOut"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"concludedAt"}}]}}]} as unknown as DocumentNode<ChangeVariantsMutation, ChangeVariantsMutationVariables>;
export const ConcludeExperimentDocument = {"__meta__":{"hash":"0749a1d16ae9d4193d73e451c61a6a79b5bb73149da251adfee8c110ac346dd0"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConcludeExperiment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConcludeExperimentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"concludeExperiment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"experiment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ExperimentFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ExperimentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Experiment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"hypothesis"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"allocation"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"metric"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"coverage"}},{"kind":"Field","name":{"kind":"Name","value":"holdout"}},{"kind":"Field","name":{"kind":"Name","value":"conversionWindowHours"}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"fixedWeight"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"weightVersion"}},{"kind":"Field","name":{"kind":"Name","value":"winnerKey"}},{"kind":"Field","name":{"kind":"Name","value":"isRolledOut"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"concludedAt"}}]}}]} as unknown as DocumentNode<ConcludeExperimentMutation, ConcludeExperimentMutationVariables>;
export const AssignDocument = {"__meta__":{"hash":"dfb99c48b437e26bde200c3698dba3bea29a859d0aa60bf00c5852234cf074f5"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Assign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ExperimentAssignment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"experimentKey"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"variantKey"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"weightVersion"}},{"kind":"Field","name":{"kind":"Name","value":"probability"}}]}}]} as unknown as DocumentNode<AssignMutation, AssignMutationVariables>;
export const AssignAllDocument = {"__meta__":{"hash":"22093ed1bd4ab12ee68658b469bdc6f86a9cb361ac12fcb523f3a5b5564bca2a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AssignAll"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssignAllInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignAll"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ExperimentAssignment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"experimentKey"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"variantKey"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"weightVersion"}},{"kind":"Field","name":{"kind":"Name","value":"probability"}}]}}]} as unknown as DocumentNode<AssignAllMutation, AssignAllMutationVariables>;
export const RecordConversionDocument = {"__meta__":{"hash":"0de7b0c4d5ba959dc0887ac956a764cbf469f2a691e4cb267e21ac01260e987c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RecordConversion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordConversionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordConversion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"countedFor"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<RecordConversionMutation, RecordConversionMutationVariables>;
export const IdentifySubjectDocument = {"__meta__":{"hash":"d5dc7f0bbd6c3e21387d3938939aa845f10603c980e9da3b026572cee75ef6bc"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"IdentifySubject"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"IdentifySubjectInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"identifySubject"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inherited"}},{"kind":"Field","name":{"kind":"Name","value":"differing"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<IdentifySubjectMutation, IdentifySubjectMutationVariables>;
export const SignInDocument = {"__meta__":{"hash":"02101f226531843005c81106965dade4211d93acce05ac8f6fd860a721093f2d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignInInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signIn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionTokens"}}]}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tenant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tenants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionTokens"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}}]}}]} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const RefreshSessionDocument = {"__meta__":{"hash":"57d6c2b13d0f9769ba15a1353c01e2028dd5a19e803e01326b474e8d22ae764c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RefreshSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RefreshSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refreshSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionTokens"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionTokens"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}}]}}]} as unknown as DocumentNode<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const SignOutDocument = {"__meta__":{"hash":"ed042202863ea404c1ce17ea78c7851c8eda61c70af9f6d3dfc05e1650646cef"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignOut"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignOutInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signOut"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ended"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const ViewerDocument = {"__meta__":{"hash":"739c2c0bea2f2fcc40df325d0a280c0b109e92521fadf968717b195f7c69710a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}},{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tenant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}}]}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const SignUpDocument = {"__meta__":{"hash":"2c5fca6ac6ab100d857c3f94abdaa04765406b1bae66edf2c1c9bf81a3c835d9"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignUp"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignUpInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signUp"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionTokens"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tenant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionTokens"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}}]}}]} as unknown as DocumentNode<SignUpMutation, SignUpMutationVariables>;
export const AcceptInviteDocument = {"__meta__":{"hash":"256fa4e8c41972a35715ea0fe60dde5874daeff2b1d740d97b15e8de0bf08495"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AcceptInvite"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AcceptInviteInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acceptInvite"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionTokens"}}]}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionTokens"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}}]}}]} as unknown as DocumentNode<AcceptInviteMutation, AcceptInviteMutationVariables>;
export const JournalDocument = {"__meta__":{"hash":"fa231b0b61ecc4c3e0ec7b476beafadbc44477018947561a6321be2a54a8f4ca"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"Journal"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"types"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"journal"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"types"},"value":{"kind":"Variable","name":{"kind":"Name","value":"types"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"JournalEntryFields"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"LaggedFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JournalEntryFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"JournalEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"actor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"principalId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"data"}},{"kind":"Field","name":{"kind":"Name","value":"hash"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LaggedFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lagged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"missed"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}}]}}]} as unknown as DocumentNode<JournalSubscription, JournalSubscriptionVariables>;
export const JournalEntriesDocument = {"__meta__":{"hash":"1d15d6034e29d59234aca6e99249f3159eabf5dd203a085c63f4c78f264486f3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"JournalEntries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"types"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"journal"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"types"},"value":{"kind":"Variable","name":{"kind":"Name","value":"types"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"JournalEntryFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PageInfoFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JournalEntryFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"JournalEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"actor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"principalId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"data"}},{"kind":"Field","name":{"kind":"Name","value":"hash"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageInfoFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<JournalEntriesQuery, JournalEntriesQueryVariables>;
export const VerifyJournalDocument = {"__meta__":{"hash":"5e5e7789b3fd2f57fdc64814c72632f154e388c39da2241dd0f74a6387ab3237"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"VerifyJournal"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"BigInt"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"BigInt"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"verifyJournal"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"valid"}},{"kind":"Field","name":{"kind":"Name","value":"entries"}},{"kind":"Field","name":{"kind":"Name","value":"firstBadPosition"}}]}}]}}]} as unknown as DocumentNode<VerifyJournalQuery, VerifyJournalQueryVariables>;
export const EventCursorDocument = {"__meta__":{"hash":"e0431c5f87bfb390dde89c5100ea87b5d1242dd80a3e1ad8afd1ba190a2eb31f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"EventCursor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"eventCursor"}}]}}]} as unknown as DocumentNode<EventCursorQuery, EventCursorQueryVariables>;
export const LeadImportDocument = {"__meta__":{"hash":"4ebfa135a87c2d9e489d180872e9d061361ddd34a05045eebb7ee17733c6505d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LeadImport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leadImport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadImportFields"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"row"}},{"kind":"Field","name":{"kind":"Name","value":"line"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadImportFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LeadImport"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"isDryRun"}},{"kind":"Field","name":{"kind":"Name","value":"processedRows"}},{"kind":"Field","name":{"kind":"Name","value":"committedRows"}},{"kind":"Field","name":{"kind":"Name","value":"createdLeads"}},{"kind":"Field","name":{"kind":"Name","value":"mergedLeads"}},{"kind":"Field","name":{"kind":"Name","value":"failedRows"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<LeadImportQuery, LeadImportQueryVariables>;
export const ImportLeadsDocument = {"__meta__":{"hash":"e56c87e6fe65211eb90c23038b9a46e066ead7c16ff043c9830c574d16a5aa37"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ImportLeads"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ImportLeadsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"importLeads"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leadImport"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadImportFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"uploadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadImportFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LeadImport"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"isDryRun"}},{"kind":"Field","name":{"kind":"Name","value":"processedRows"}},{"kind":"Field","name":{"kind":"Name","value":"committedRows"}},{"kind":"Field","name":{"kind":"Name","value":"createdLeads"}},{"kind":"Field","name":{"kind":"Name","value":"mergedLeads"}},{"kind":"Field","name":{"kind":"Name","value":"failedRows"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<ImportLeadsMutation, ImportLeadsMutationVariables>;
export const CancelLeadImportDocument = {"__meta__":{"hash":"5db2dd6d3684ce88e368701119e734030dbffa85267471f2d90aca8fa28ac7bb"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelLeadImport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelLeadImportInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelLeadImport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leadImport"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadImportFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadImportFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LeadImport"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"isDryRun"}},{"kind":"Field","name":{"kind":"Name","value":"processedRows"}},{"kind":"Field","name":{"kind":"Name","value":"committedRows"}},{"kind":"Field","name":{"kind":"Name","value":"createdLeads"}},{"kind":"Field","name":{"kind":"Name","value":"mergedLeads"}},{"kind":"Field","name":{"kind":"Name","value":"failedRows"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<CancelLeadImportMutation, CancelLeadImportMutationVariables>;
export const ExportLeadsDocument = {"__meta__":{"hash":"f458b8e1a2f17038ea221b400de99fdce9ad0be82244c5b4d359007762737f80"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ExportLeads"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ExportLeadsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exportLeads"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<ExportLeadsMutation, ExportLeadsMutationVariables>;
export const LeadImportProgressDocument = {"__meta__":{"hash":"42070cb94721b6cd21aa549bbf5bba0b6858bf4a3a2fe7d9467a4cbaf729fef8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"LeadImportProgress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leadImportProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadImportFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadImportFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LeadImport"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"isDryRun"}},{"kind":"Field","name":{"kind":"Name","value":"processedRows"}},{"kind":"Field","name":{"kind":"Name","value":"committedRows"}},{"kind":"Field","name":{"kind":"Name","value":"createdLeads"}},{"kind":"Field","name":{"kind":"Name","value":"mergedLeads"}},{"kind":"Field","name":{"kind":"Name","value":"failedRows"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<LeadImportProgressSubscription, LeadImportProgressSubscriptionVariables>;
export const LeadDocument = {"__meta__":{"hash":"9239187663d7ffec586f822948413797e07302836bf6183cf31ca9b5efd0021d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Lead"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lead"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"stageReason"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<LeadQuery, LeadQueryVariables>;
export const LeadsDocument = {"__meta__":{"hash":"cc2413196f676ea0fe4b047ce3e974ed5dc6aaba23538ec18a1bd290eaa22b21"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Leads"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LeadFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LeadOrder"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leads"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PageInfoFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"stageReason"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageInfoFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<LeadsQuery, LeadsQueryVariables>;
export const LeadCountDocument = {"__meta__":{"hash":"31bb937a59feb7cb98930bf1793c0083a6f4c1780c607b4f4947db42e436e906"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LeadCount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LeadFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leads"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<LeadCountQuery, LeadCountQueryVariables>;
export const CaptureLeadDocument = {"__meta__":{"hash":"b14d35ce5b237677622022985827be3d82352a5545c1d678ecffd08a358bef5c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CaptureLead"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CaptureLeadInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"captureLead"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accepted"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"stageReason"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<CaptureLeadMutation, CaptureLeadMutationVariables>;
export const LeadTimelineDocument = {"__meta__":{"hash":"58890bc0b44cb67ed60f2658458471e8b2190e7461ddcf793880a9a3613aede5"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LeadTimeline"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lead"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"timeline"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"JournalEntryFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JournalEntryFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"JournalEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"actor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"principalId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"data"}},{"kind":"Field","name":{"kind":"Name","value":"hash"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}}]} as unknown as DocumentNode<LeadTimelineQuery, LeadTimelineQueryVariables>;
export const LeadChangesDocument = {"__meta__":{"hash":"285d6021ae726c406ee8040571a53ab597d01365b8eb6201f483a41086174656"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"LeadChanges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LeadFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leadChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LeadChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"leadId"}},{"kind":"Field","name":{"kind":"Name","value":"matches"}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadFields"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"LaggedFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"stageReason"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LaggedFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lagged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"missed"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}}]}}]} as unknown as DocumentNode<LeadChangesSubscription, LeadChangesSubscriptionVariables>;
export const UpdateLeadDocument = {"__meta__":{"hash":"bb9301cf6c60a5f70ee5d59af9593f9d5718aca95c82a0c0caaebcdb093869a9"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateLead"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateLeadInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateLead"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"stageReason"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<UpdateLeadMutation, UpdateLeadMutationVariables>;
export const MoveLeadDocument = {"__meta__":{"hash":"34935f606bb362fad1316fd8b0d47d70cdce7eb394e4ac29d8cabbaa5eaa3286"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"MoveLead"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MoveLeadInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"moveLead"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"stageReason"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<MoveLeadMutation, MoveLeadMutationVariables>;
export const AssignLeadDocument = {"__meta__":{"hash":"50aa383a5ae1074e54bb224555ead6f8567d1d2d2932d3ea38002b06aac27830"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AssignLead"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssignLeadInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignLead"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"stageReason"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<AssignLeadMutation, AssignLeadMutationVariables>;
export const MergeLeadsDocument = {"__meta__":{"hash":"fd3dca46f64711dd736fb3767c40140a159bc0144e7015e546016f77026e80a7"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"MergeLeads"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MergeLeadsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mergeLeads"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"stageReason"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<MergeLeadsMutation, MergeLeadsMutationVariables>;
export const AddLeadNoteDocument = {"__meta__":{"hash":"c9a04dcc06953c381c0f7dbe9cd731def3faf890675fcdd5fd30cad191f66aa1"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddLeadNote"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddLeadNoteInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addLeadNote"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"note"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<AddLeadNoteMutation, AddLeadNoteMutationVariables>;
export const UnmergeLeadsDocument = {"__meta__":{"hash":"a3ea3307ed5fb3c0d456ae07b9b26349ec87a430095dda1aedf70eb2ba87328b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UnmergeLeads"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UnmergeLeadsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unmergeLeads"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"restored"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"stageReason"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<UnmergeLeadsMutation, UnmergeLeadsMutationVariables>;
export const DeleteLeadDocument = {"__meta__":{"hash":"458b889116fee5294c5f0f6926b9ad2f23a956932e6efe77d53e9b803a1cb990"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteLead"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteLeadInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteLead"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"deletedLeadId"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteLeadMutation, DeleteLeadMutationVariables>;
export const LinkDocument = {"__meta__":{"hash":"2fcfb548ef022220170e73ff6cbf3af63ae2f7e4453a8e2b1ba1d326b5c1f18d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Link"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"link"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LinkFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LinkFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Link"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"shortUrl"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"utm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"medium"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"}},{"kind":"Field","name":{"kind":"Name","value":"term"}},{"kind":"Field","name":{"kind":"Name","value":"content"}}]}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"isArchived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<LinkQuery, LinkQueryVariables>;
export const LinksDocument = {"__meta__":{"hash":"2e22afb2b4bf6e99336c73d81709e83437e513c82ff73e4752c81217d8de5db0"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Links"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LinkFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LinkOrder"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"includeArchived"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"links"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"includeArchived"},"value":{"kind":"Variable","name":{"kind":"Name","value":"includeArchived"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LinkFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PageInfoFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LinkFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Link"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"shortUrl"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"utm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"medium"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"}},{"kind":"Field","name":{"kind":"Name","value":"term"}},{"kind":"Field","name":{"kind":"Name","value":"content"}}]}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"isArchived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageInfoFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<LinksQuery, LinksQueryVariables>;
export const CreateLinkDocument = {"__meta__":{"hash":"bd0bfd9accfa3890ce97982578b5e0bcc38e9baaab97a26ff4c7a6c58a46a55d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateLink"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateLinkInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createLink"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"link"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LinkFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LinkFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Link"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"shortUrl"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"utm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"medium"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"}},{"kind":"Field","name":{"kind":"Name","value":"term"}},{"kind":"Field","name":{"kind":"Name","value":"content"}}]}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"isArchived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<CreateLinkMutation, CreateLinkMutationVariables>;
export const UpdateLinkDocument = {"__meta__":{"hash":"cd015ab03898d3faa432ec07450c9399342859bdddf25c96377c5532ed95430f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateLink"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateLinkInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateLink"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"link"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LinkFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LinkFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Link"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"shortUrl"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"utm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"medium"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"}},{"kind":"Field","name":{"kind":"Name","value":"term"}},{"kind":"Field","name":{"kind":"Name","value":"content"}}]}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"isArchived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<UpdateLinkMutation, UpdateLinkMutationVariables>;
export const ArchiveLinkDocument = {"__meta__":{"hash":"6e1f517cc0b870f9c28414b30a0670f5489dffb3a8f6998388be5c0654661cc7"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ArchiveLink"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ArchiveLinkInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"archiveLink"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"link"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LinkFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LinkFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Link"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"shortUrl"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"utm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"medium"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"}},{"kind":"Field","name":{"kind":"Name","value":"term"}},{"kind":"Field","name":{"kind":"Name","value":"content"}}]}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"isArchived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<ArchiveLinkMutation, ArchiveLinkMutationVariables>;
export const RestoreLinkDocument = {"__meta__":{"hash":"82984fa90e6898cb321579b3de644d7def5664dfecc5bdf975a99f2900925b12"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RestoreLink"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RestoreLinkInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"restoreLink"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"link"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LinkFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LinkFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Link"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"shortUrl"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"utm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"medium"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"}},{"kind":"Field","name":{"kind":"Name","value":"term"}},{"kind":"Field","name":{"kind":"Name","value":"content"}}]}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"isArchived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<RestoreLinkMutation, RestoreLinkMutationVariables>;
export const LinkClicksDocument = {"__meta__":{"hash":"b423dd38306b0454bad3af90feca5c25ba86f4326b3268086e03a92f87aa2ad7"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LinkClicks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"zone"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"link"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clicks"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"bots"}},{"kind":"Field","name":{"kind":"Name","value":"series"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"zone"},"value":{"kind":"Variable","name":{"kind":"Name","value":"zone"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"day"}},{"kind":"Field","name":{"kind":"Name","value":"clicks"}}]}},{"kind":"Field","name":{"kind":"Name","value":"bySource"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"referrer"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"clicks"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byDevice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"device"}},{"kind":"Field","name":{"kind":"Name","value":"clicks"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byCountry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"country"}},{"kind":"Field","name":{"kind":"Name","value":"clicks"}}]}}]}}]}}]}}]} as unknown as DocumentNode<LinkClicksQuery, LinkClicksQueryVariables>;
export const LinkQrDocument = {"__meta__":{"hash":"c6850644fa1e16a2ab7fee6476225a2dd51b2360e9d2e8c8759e61260ffaf00e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LinkQr"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"format"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"QrFormat"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"size"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"margin"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"errorCorrection"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"QrErrorCorrection"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"link"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"qr"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"format"},"value":{"kind":"Variable","name":{"kind":"Name","value":"format"}}},{"kind":"Argument","name":{"kind":"Name","value":"size"},"value":{"kind":"Variable","name":{"kind":"Name","value":"size"}}},{"kind":"Argument","name":{"kind":"Name","value":"margin"},"value":{"kind":"Variable","name":{"kind":"Name","value":"margin"}}},{"kind":"Argument","name":{"kind":"Name","value":"errorCorrection"},"value":{"kind":"Variable","name":{"kind":"Name","value":"errorCorrection"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mediaType"}},{"kind":"Field","name":{"kind":"Name","value":"content"}},{"kind":"Field","name":{"kind":"Name","value":"dataUrl"}}]}}]}}]}}]} as unknown as DocumentNode<LinkQrQuery, LinkQrQueryVariables>;
export const SessionDocument = {"__meta__":{"hash":"1fa305fffb7b1db327f19154e5aed0837f08139aae57246f23911c2b35135b79"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Session"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookingFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Booking"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"payment"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineAt"}},{"kind":"Field","name":{"kind":"Name","value":"lateCancellation"}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"learner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"typeId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"roomId"}},{"kind":"Field","name":{"kind":"Name","value":"seriesId"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"seats"}},{"kind":"Field","name":{"kind":"Name","value":"seatsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"coach"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}}]}},{"kind":"Field","name":{"kind":"Name","value":"bookings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookingFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cancelReason"}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<SessionQuery, SessionQueryVariables>;
export const ReverseSessionDocument = {"__meta__":{"hash":"2c2171366292d0209713774df70144a3b1bc30961d0b00577187e3ee389f8fe6"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReverseSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReverseSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reverseSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"refundedCredits"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookingFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Booking"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"payment"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineAt"}},{"kind":"Field","name":{"kind":"Name","value":"lateCancellation"}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"learner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"typeId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"roomId"}},{"kind":"Field","name":{"kind":"Name","value":"seriesId"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"seats"}},{"kind":"Field","name":{"kind":"Name","value":"seatsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"coach"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}}]}},{"kind":"Field","name":{"kind":"Name","value":"bookings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookingFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cancelReason"}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<ReverseSessionMutation, ReverseSessionMutationVariables>;
export const SessionChangesDocument = {"__meta__":{"hash":"1fc94dee785e7ce9594e1ae9ca5de489e6154de0401d03bdcb9e0b8dafaa27fb"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"SessionChanges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sessionId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"coachId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"learnerId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessionChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"sessionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sessionId"}}},{"kind":"Argument","name":{"kind":"Name","value":"coachId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"coachId"}}},{"kind":"Argument","name":{"kind":"Name","value":"learnerId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"learnerId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionChangedFields"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"LaggedFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookingFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Booking"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"payment"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineAt"}},{"kind":"Field","name":{"kind":"Name","value":"lateCancellation"}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"learner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"typeId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"roomId"}},{"kind":"Field","name":{"kind":"Name","value":"seriesId"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"seats"}},{"kind":"Field","name":{"kind":"Name","value":"seatsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"coach"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}}]}},{"kind":"Field","name":{"kind":"Name","value":"bookings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookingFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cancelReason"}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionChangedFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"sessionId"}},{"kind":"Field","name":{"kind":"Name","value":"bookingIds"}},{"kind":"Field","name":{"kind":"Name","value":"previousStartsAt"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LaggedFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lagged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"missed"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}}]}}]} as unknown as DocumentNode<SessionChangesSubscription, SessionChangesSubscriptionVariables>;
export const AgendaChangesDocument = {"__meta__":{"hash":"1c8e8e21c0e881125172ac516c0df61af2a7e6865117fe83a77bf0e7e70ac47a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AgendaChanges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"coachId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"agenda"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"coachId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"coachId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionChangedFields"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AvailabilityChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"part"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"coachId"}},{"kind":"Field","name":{"kind":"Name","value":"availability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"coachId"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"weeklyHours"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"weekday"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}},{"kind":"Field","name":{"kind":"Name","value":"dayLimit"}},{"kind":"Field","name":{"kind":"Name","value":"weekLimit"}},{"kind":"Field","name":{"kind":"Name","value":"overrides"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"date"}},{"kind":"Field","name":{"kind":"Name","value":"hours"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"timeOff"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"LaggedFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookingFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Booking"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"payment"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineAt"}},{"kind":"Field","name":{"kind":"Name","value":"lateCancellation"}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"learner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"typeId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"roomId"}},{"kind":"Field","name":{"kind":"Name","value":"seriesId"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"seats"}},{"kind":"Field","name":{"kind":"Name","value":"seatsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"coach"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}}]}},{"kind":"Field","name":{"kind":"Name","value":"bookings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookingFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cancelReason"}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionChangedFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"sessionId"}},{"kind":"Field","name":{"kind":"Name","value":"bookingIds"}},{"kind":"Field","name":{"kind":"Name","value":"previousStartsAt"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LaggedFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lagged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"missed"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}}]}}]} as unknown as DocumentNode<AgendaChangesSubscription, AgendaChangesSubscriptionVariables>;
export const MembersDocument = {"__meta__":{"hash":"41ffa47e604d181a027ab955e3c2894bb2c3ec7206d9685eb99de5d62d9b90c4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Members"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"members"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MemberFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PageInfoFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MemberFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"lastSignedInAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageInfoFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<MembersQuery, MembersQueryVariables>;
export const InvitationsDocument = {"__meta__":{"hash":"b4de7108bc2d135cec435586f80366d57c6d28ffdbb1f91e44f9482d092bd159"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Invitations"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invitations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"InvitationFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PageInfoFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"InvitationFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Invitation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"acceptedAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageInfoFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<InvitationsQuery, InvitationsQueryVariables>;
export const ApiKeysDocument = {"__meta__":{"hash":"65247b95db969ee07e7d8accefc8825247279b72cad57050a6834d0af6624ede"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ApiKeys"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKeys"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApiKeyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PageInfoFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiKeyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"lastFour"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"allowedOrigins"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageInfoFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<ApiKeysQuery, ApiKeysQueryVariables>;
export const InviteMemberDocument = {"__meta__":{"hash":"7798c595b1990a7a0443817c79444040e85d9f4a68c8c599cc2745c990c80fdc"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"InviteMember"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"InviteMemberInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inviteMember"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invitation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"InvitationFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"InvitationFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Invitation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"acceptedAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}}]} as unknown as DocumentNode<InviteMemberMutation, InviteMemberMutationVariables>;
export const RevokeInvitationDocument = {"__meta__":{"hash":"eeaf37bafd73f3b2209e3a68b910ac15181f6650e33c4eba95fb5dfe81f410a3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeInvitation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RevokeInvitationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokeInvitation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invitation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"InvitationFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"InvitationFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Invitation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"acceptedAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}}]} as unknown as DocumentNode<RevokeInvitationMutation, RevokeInvitationMutationVariables>;
export const ChangeMemberRoleDocument = {"__meta__":{"hash":"0e44b7a434e958a926dc09d573f5096752c5d626da76cbf240aae4260ec8efb7"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangeMemberRole"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChangeMemberRoleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changeMemberRole"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MemberFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MemberFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"lastSignedInAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<ChangeMemberRoleMutation, ChangeMemberRoleMutationVariables>;
export const RemoveMemberDocument = {"__meta__":{"hash":"1cf55754046018897f49219188cdc6475d8f78f16de937abc0a5d6ca03df5aea"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveMember"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveMemberInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeMember"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MemberFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MemberFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"lastSignedInAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<RemoveMemberMutation, RemoveMemberMutationVariables>;
export const CreateApiKeyDocument = {"__meta__":{"hash":"a27979d0feb9e089a80b2e84c3c4191e6f7527d061178ca765ccd57c86df7585"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateApiKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateApiKeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createApiKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApiKeyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiKeyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"lastFour"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"allowedOrigins"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}}]} as unknown as DocumentNode<CreateApiKeyMutation, CreateApiKeyMutationVariables>;
export const CreatePublishableKeyDocument = {"__meta__":{"hash":"9480bb127e04112eb7e0b40a7d0c5dbd47cae68c7a8f3e7d92e0d45b6171afda"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreatePublishableKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreatePublishableKeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createPublishableKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApiKeyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiKeyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"lastFour"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"allowedOrigins"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}}]} as unknown as DocumentNode<CreatePublishableKeyMutation, CreatePublishableKeyMutationVariables>;
export const RevokeApiKeyDocument = {"__meta__":{"hash":"ee2e92d3181384382ce2705ae5f0e88d9f3498130f4cfdcc1d5d8e756bec257a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeApiKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RevokeApiKeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokeApiKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApiKeyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiKeyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"lastFour"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"allowedOrigins"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}}]} as unknown as DocumentNode<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;