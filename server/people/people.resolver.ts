import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Client, ClientConnection, ClientConsent, ClientsArgs } from "../../schema/client.ts";
import { type CoachNote, CoachNoteConnection } from "../../schema/coach-note.ts";
import { Coach, CoachConnection, CoachesArgs } from "../../schema/coach.ts";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import { LearnerProgress, LearnerProgressConnection, SubjectProgress } from "../../schema/learner-progress.ts";
import { Learner, LearnerConnection, LearnersArgs } from "../../schema/learner.ts";
import { Viewer } from "../../schema/viewer.ts";
import type { Context } from "../operations/context.ts";
import type { PeopleListsService } from "./people-lists.service.ts";
import type { PeopleLoaders } from "./people.loaders.ts";
import type { PeopleService } from "./people.service.ts";

@Resolver()
export class PeopleResolver {
  readonly #lists: PeopleListsService;

  constructor(lists: PeopleListsService) {
    this.#lists = lists;
  }

  @Extensions({ action: "client:read" })
  @Query(() => Client, { nullable: true, description: "A client; null when there is none with this id." })
  client(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The client's id." }) id: string,
  ): Promise<Client | null> {
    return this.#lists.client(context, id);
  }

  @Extensions({ action: "client:read" })
  @Query(() => ClientConnection, {
    description: "The tenant's clients, newest first unless an order is given. A client sees himself.",
  })
  clients(@Ctx() context: Context, @Args(() => ClientsArgs) args: ClientsArgs): Promise<Page<Client>> {
    return this.#lists.clients(context, args);
  }

  @Extensions({ action: "learner:read" })
  @Query(() => Learner, {
    nullable: true,
    description: "A learner's file; null when there is none with this id that one may see.",
  })
  learner(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The learner's id." }) id: string,
  ): Promise<Learner | null> {
    return this.#lists.learner(context, id);
  }

  @Extensions({ action: "learner:read" })
  @Query(() => LearnerConnection, {
    description:
      "Learners, newest first unless an order is given: the team sees all, a client those whom he pays for, a coach those whom he coaches, a learner himself.",
  })
  learners(@Ctx() context: Context, @Args(() => LearnersArgs) args: LearnersArgs): Promise<Page<Learner>> {
    return this.#lists.learners(context, args);
  }

  @Extensions({ action: "coach:read" })
  @Query(() => Coach, { nullable: true, description: "A coach; null when there is none with this id." })
  coach(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The coach's id." }) id: string,
  ): Promise<Coach | null> {
    return this.#lists.coach(context, id);
  }

  @Extensions({ action: "coach:read" })
  @Query(() => CoachConnection, {
    description: "The tenant's coaches, by pseudonym unless an order is given. The public sees who can be booked.",
  })
  coaches(@Ctx() context: Context, @Args(() => CoachesArgs) args: CoachesArgs): Promise<Page<Coach>> {
    return this.#lists.coaches(context, args);
  }
}

@Resolver(() => Client)
export class ClientResolver {
  readonly #loaders: PeopleLoaders;

  constructor(loaders: PeopleLoaders) {
    this.#loaders = loaders;
  }

  @Extensions({ cost: { size: 3 } })
  @FieldResolver(() => [Learner], { description: "Whom the client pays for, in the order of their enrolment." })
  learners(@Root() client: Client, @Ctx() context: Context): Promise<Learner[]> {
    return this.#loaders.learnersOf(context, client.uuid);
  }

  @Extensions({ cost: { size: 3 } })
  @FieldResolver(() => [ClientConsent], { description: "What the client agreed to, latest first, at most 100." })
  consents(@Root() client: Client, @Ctx() context: Context): Promise<ClientConsent[]> {
    return this.#loaders.consentsOf(context, client.uuid);
  }
}

@Resolver(() => Learner)
export class LearnerResolver {
  readonly #loaders: PeopleLoaders;

  constructor(loaders: PeopleLoaders) {
    this.#loaders = loaders;
  }

  @Extensions({ cost: { size: 2 } })
  @FieldResolver(() => [Client], {
    description: "Who may pay for the learner, who does by default first. A client sees himself, others see none.",
  })
  clients(@Root() learner: Learner, @Ctx() context: Context): Promise<Client[]> {
    return this.#loaders.clientsOf(context, learner.uuid);
  }

  @FieldResolver(() => Client, {
    nullable: true,
    description: "Who pays by default; null when nobody does, or it isn't for the caller to know.",
  })
  payer(@Root() learner: Learner, @Ctx() context: Context): Promise<Client | null> {
    return this.#loaders.payerOf(context, learner.uuid);
  }

  @Extensions({ cost: { size: 3 } })
  @FieldResolver(() => [Coach], { description: "Coaches with whom the learner has, or had, a session." })
  coaches(@Root() learner: Learner, @Ctx() context: Context): Promise<Coach[]> {
    return this.#loaders.coachesOf(context, learner.uuid);
  }

  @Extensions({ cost: { size: 5 } })
  @FieldResolver(() => [SubjectProgress], { description: "Where the learner stands in each subject." })
  subjectProgress(@Root() learner: Learner, @Ctx() context: Context): Promise<SubjectProgress[]> {
    return this.#loaders.subjectsOf(context, learner.uuid);
  }

  @FieldResolver(() => LearnerProgressConnection, { description: "All marks that the learner got, latest first." })
  progress(
    @Root() learner: Learner,
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
  ): Promise<Page<LearnerProgress>> {
    return this.#loaders.progressOf(context, learner.uuid, page);
  }

  @FieldResolver(() => CoachNoteConnection, {
    description: "What coaches and the team noted, oldest first. Clients and learners see none.",
  })
  coachNotes(
    @Root() learner: Learner,
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
  ): Promise<Page<CoachNote>> {
    return this.#loaders.notesOf(context, learner.uuid, page);
  }
}

@Resolver(() => LearnerProgress)
export class LearnerProgressResolver {
  readonly #people: PeopleService;

  constructor(people: PeopleService) {
    this.#people = people;
  }

  @FieldResolver(() => Coach, { nullable: true, description: "Who gave it; null when the team did." })
  coach(@Root() progress: LearnerProgress, @Ctx() context: Context): Promise<Coach | null> | null {
    return progress.coachUuid === null ? null : this.#people.coach(context, progress.coachUuid);
  }
}

@Resolver(() => Viewer)
export class ViewerProfilesResolver {
  readonly #lists: PeopleListsService;

  constructor(lists: PeopleListsService) {
    this.#lists = lists;
  }

  @FieldResolver(() => Client, { nullable: true, description: "The viewer as who pays; null when he doesn't." })
  client(@Ctx() context: Context): Promise<Client | null> {
    return this.#lists.ownClient(context);
  }

  @FieldResolver(() => Learner, { nullable: true, description: "The viewer as who learns; null when he doesn't." })
  learner(@Ctx() context: Context): Promise<Learner | null> {
    return this.#lists.ownLearner(context);
  }

  @FieldResolver(() => Coach, { nullable: true, description: "The viewer as who coaches; null when he doesn't." })
  coach(@Ctx() context: Context): Promise<Coach | null> {
    return this.#lists.ownCoach(context);
  }
}
