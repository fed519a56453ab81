import type { PasswordService } from "../auth/passwords.service.ts";
import type { SignInThrottle } from "../auth/throttle.service.ts";
import type { TokenService } from "../auth/tokens.service.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import type { InvitationService } from "../tenants/invitations.service.ts";
import type { MemberService } from "../tenants/members.service.ts";
import { ClientsService } from "./clients.service.ts";
import { CoachNotesService } from "./coach-notes.service.ts";
import { CoachesService } from "./coaches.service.ts";
import { EmailChangesService } from "./email-changes.service.ts";
import { EnrollmentService } from "./enrollment.service.ts";
import { LearnersService } from "./learners.service.ts";
import { LoginResendsService } from "./login-resends.service.ts";
import { Logins } from "./logins.ts";
import { PeopleEditsResolver } from "./people-edits.resolver.ts";
import { PeopleListsService } from "./people-lists.service.ts";
import type { PeopleMails } from "./people-mail.port.ts";
import { peopleNodeSources } from "./people-nodes.ts";
import { PeopleLoaders } from "./people.loaders.ts";
import {
  ClientResolver,
  LearnerProgressResolver,
  LearnerResolver,
  PeopleResolver,
  ViewerProfilesResolver,
} from "./people.resolver.ts";
import { PeopleService } from "./people.service.ts";
import { PersonEmailsResolver } from "./person-emails.resolver.ts";
import { PersonErasureService } from "./person-erasure.service.ts";

export interface PeopleOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly invitations: InvitationService;
  readonly members: MemberService;
  readonly throttle: SignInThrottle;
  readonly passwords: PasswordService;
  readonly tokens: TokenService;
  readonly mails: PeopleMails;
  /** Where people reach this server. */
  readonly url: () => string;
}

export interface PeopleParts {
  /** For other domains. */
  readonly people: PeopleService;
  readonly coaches: CoachesService;
  /** Other domains say what they know of people. */
  readonly erasure: PersonErasureService;
  readonly nodeSources: readonly NodeSource[];
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
}

/** Puts together what belongs to clients, learners and coaches. */
export function composePeople(options: PeopleOptions): PeopleParts {
  const { database, journal, cursors, invitations, members, throttle, mails, url } = options;
  const people = new PeopleService(database);
  const lists = new PeopleListsService(database, cursors, people);
  const loaders = new PeopleLoaders(database, cursors);
  const logins = new Logins({ invitations, mails, url });
  const editing = { journal, cursors, invitations, logins };
  const erasure = new PersonErasureService({ journal, cursors, invitations, members });
  const coaches = new CoachesService(editing);
  const edits = new PeopleEditsResolver({
    enrollment: new EnrollmentService({ journal, invitations, logins, mails, throttle }),
    clients: new ClientsService(editing),
    learners: new LearnersService(editing),
    coaches,
    notes: new CoachNotesService(journal, cursors),
    erasure,
  });
  return {
    people,
    coaches,
    erasure,
    nodeSources: peopleNodeSources(database),
    resolvers: new Map<unknown, object>([
      [PeopleResolver, new PeopleResolver(lists)],
      [PeopleEditsResolver, edits],
      [
        PersonEmailsResolver,
        new PersonEmailsResolver(
          new EmailChangesService({ ...options, logins }),
          new LoginResendsService({ journal, invitations, logins, mails, throttle }),
        ),
      ],
      [ClientResolver, new ClientResolver(loaders)],
      [LearnerResolver, new LearnerResolver(loaders)],
      [LearnerProgressResolver, new LearnerProgressResolver(people)],
      [ViewerProfilesResolver, new ViewerProfilesResolver(lists)],
    ]),
  };
}
