import type { Role } from "../../schema/member.ts";

interface Rule {
  /** What the action allows, for the documentation and the picker of scopes. */
  readonly description: string;
  /** Roles that have it. A secret key has it when its scopes name it. */
  readonly roles: readonly Role[];
  /** Whether publishable keys have it. */
  readonly isPublishable?: boolean;
  /** Whether nobody needs a credential for it. */
  readonly isPublic?: boolean;
  /** Whether a key can't have it: it concerns a person's own account or would let a key make itself stronger. */
  readonly isForMembersOnly?: boolean;
}

const team = ["OWNER", "ADMIN", "ASSISTANT"] as const;
const administrators = ["OWNER", "ADMIN"] as const;
const everyone = ["OWNER", "ADMIN", "ASSISTANT", "COACH", "CLIENT", "LEARNER"] as const;

/** The only source of permissions: every root field names one of these actions, every service checks it. */
export const actions = {
  "auth:sign-in": {
    description: "Sign up, sign in, renew a session, accept an invitation.",
    roles: everyone,
    isPublishable: true,
    isPublic: true,
  },
  "auth:sign-out": { description: "End one's own sign-ins.", roles: everyone, isForMembersOnly: true },
  "viewer:read": { description: "See who one is, and nodes one may read.", roles: everyone },
  "limits:read": { description: "See one's own limits.", roles: everyone, isPublishable: true, isPublic: true },
  "tenant:update": { description: "Change the tenant's settings.", roles: administrators },
  "member:read": { description: "See members and invitations.", roles: team },
  "member:manage": {
    description: "Invite and remove members, change roles.",
    roles: administrators,
    isForMembersOnly: true,
  },
  "key:read": { description: "See keys (never their secrets).", roles: administrators },
  "key:manage": { description: "Create and revoke keys.", roles: administrators, isForMembersOnly: true },
  "document:read": {
    description: "See manifests of trusted documents, and what is still sent as free text.",
    roles: administrators,
  },
  "document:write": { description: "Upload and delete manifests of trusted documents.", roles: administrators },
  "lead:capture": { description: "Capture a lead.", roles: team, isPublishable: true },
  "event:collect": { description: "Send what visitors do.", roles: team, isPublishable: true },
  "lead:read": { description: "Read leads, their notes and timeline, follow their changes.", roles: team },
  "lead:write": { description: "Change, move, assign, note and merge leads.", roles: team },
  "lead:delete": { description: "Delete leads with all their personal data.", roles: administrators },
  "lead:import": { description: "Import leads from a file.", roles: team },
  "lead:export": { description: "Export leads to a file.", roles: administrators },
  "link:read": { description: "See short links and how often they were taken.", roles: team },
  "link:write": { description: "Make, change and archive short links.", roles: team },
  "people:enroll": {
    description: "Enrol a client with learners; learns nothing about who is known.",
    roles: team,
    isPublishable: true,
  },
  "client:read": { description: "Read clients; a client reads himself.", roles: [...team, "CLIENT"] },
  "client:create": { description: "Add clients.", roles: team },
  "client:write": { description: "Change clients; a client changes himself.", roles: [...team, "CLIENT"] },
  "learner:read": {
    description: "Read learners' files: a client his learners', a learner his own, a coach those of whom he coaches.",
    roles: everyone,
  },
  "learner:write": {
    description: "Add learners and change their files: a client those of his learners, a learner his own.",
    roles: [...team, "CLIENT", "LEARNER"],
  },
  "learner:link": { description: "Say which clients a learner has and who pays.", roles: team },
  "learner:note": {
    description: "Write notes on learners; a coach on those whom he coaches.",
    roles: [...team, "COACH"],
  },
  "coach:read": {
    description: "See coaches by their pseudonyms; the team sees who they are.",
    roles: everyone,
    isPublishable: true,
  },
  "coach:write": { description: "Change coaches; a coach changes himself.", roles: [...team, "COACH"] },
  "coach:manage": { description: "Add and deactivate coaches.", roles: team },
  "person:email": {
    description: "Change e-mail addresses: the team those of people, everybody his own.",
    roles: everyone,
  },
  "person:erase": {
    description: "Erase clients, learners and coaches with all their personal data.",
    roles: administrators,
    isForMembersOnly: true,
  },
  "calendar:read": {
    description: "See what can be booked, and when.",
    roles: everyone,
    isPublishable: true,
  },
  "calendar:write": { description: "Make and change session types and rooms.", roles: team },
  "availability:read": {
    description: "See coaches' hours, overrides and time off, and rooms; a coach sees his own hours.",
    roles: [...team, "COACH"],
  },
  "availability:write": {
    description: "Change coaches' hours, overrides and time off; a coach changes his own.",
    roles: [...team, "COACH"],
  },
  "credits:read": {
    description: "Read clients' credits with their history; a client reads his own.",
    roles: [...team, "CLIENT"],
  },
  "credits:grant": { description: "Give clients credits.", roles: administrators },
  "credits:adjust": {
    description: "Correct clients' credits and move them between clients; over a limit somebody else approves.",
    roles: team,
  },
  "credits:manage": {
    description: "Approve and reject corrections that somebody else has asked for.",
    roles: administrators,
    isForMembersOnly: true,
  },
  "creditrules:manage": {
    description: "Say when credits expire and which corrections need approval.",
    roles: ["OWNER"],
    isForMembersOnly: true,
  },
  "session:read": {
    description: "See sessions: a coach his own, clients and learners those in which they have a place.",
    roles: everyone,
  },
  "session:book": {
    description: "Book sessions and join waiting lists: a client for his learners, a learner for himself.",
    roles: [...team, "CLIENT", "LEARNER"],
  },
  "session:change": { description: "Move and cancel sessions that one sees.", roles: everyone },
  "session:feed": {
    description: "Have one's own sessions at a secret address, for calendar applications.",
    roles: everyone,
    isForMembersOnly: true,
  },
  "session:manage": {
    description: "Confirm sessions, report on them, say that nobody came; a coach his own.",
    roles: [...team, "COACH"],
  },
  "session:reverse": {
    description: "Take back what was said of a session's end by mistake: its credits return.",
    roles: team,
  },
  "catalogue:read": { description: "See plans and packs.", roles: everyone, isPublishable: true },
  "catalogue:write": { description: "Make, change and withdraw plans and packs.", roles: administrators },
  "billing:read": {
    description: "See subscriptions, invoices and payments; a client sees his own.",
    roles: [...team, "CLIENT"],
  },
  "billing:buy": {
    description: "Buy packs, subscribe, change and cancel subscriptions; a client for himself.",
    roles: [...team, "CLIENT"],
  },
  "payment:confirm": {
    description: "Confirm money that has arrived, approve and void what others have recorded, close the desk's day.",
    roles: team,
    isForMembersOnly: true,
  },
  "payment:refund": { description: "Give money back.", roles: administrators, isForMembersOnly: true },
  "billing:manage": {
    description: "Change bank details, limits and days of grace.",
    roles: ["OWNER"],
    isForMembersOnly: true,
  },
  "experiment:read": { description: "See experiments and what came of them.", roles: team },
  "experiment:write": { description: "Make, start, change and end experiments.", roles: administrators },
  "experiment:assign": {
    description: "Assign subjects to variants, and record what they do.",
    roles: everyone,
    isPublishable: true,
  },
  "webhook:read": { description: "See webhook endpoints and their deliveries.", roles: administrators },
  "webhook:manage": { description: "Make, change, test and replay webhook endpoints.", roles: administrators },
  "mail:read": { description: "See what was mailed to whom, and what mail looks like.", roles: administrators },
  "mail:manage": { description: "Retry and cancel mail, and change what it looks like.", roles: administrators },
  "job:read": { description: "See the background work for the tenant.", roles: administrators },
  "job:manage": { description: "Retry and cancel background work.", roles: administrators },
  "bulk:read": { description: "See and follow bulk operations, and cancel those that one may start.", roles: team },
  "bulk:export": { description: "Export whole connections that one may read.", roles: administrators },
  "bulk:import": { description: "Import files of changes that one may make.", roles: team },
  "journal:read": { description: "Read and verify the journal, follow it.", roles: administrators },
  "journal:sign": { description: "Ask for a signed checkpoint of the journal.", roles: administrators },
  "journal:keys": {
    description: "See the public keys of checkpoints.",
    roles: everyone,
    isPublishable: true,
    isPublic: true,
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type Action = keyof typeof actions;

export const actionNames = Object.keys(actions) as Action[];

export function ruleOf(action: Action): Rule {
  return actions[action];
}

/** Actions that a secret key can be given. */
export const scopes: readonly Action[] = actionNames.filter((action) => {
  const rule = ruleOf(action);
  return rule.isForMembersOnly !== true && rule.isPublic !== true;
});
