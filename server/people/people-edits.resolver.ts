import { Arg, Ctx, Extensions, Mutation, Resolver } from "type-graphql";
import {
  CreateClientInput,
  CreateClientPayload,
  UpdateClientInput,
  UpdateClientPayload,
} from "../../schema/client-inputs.ts";
import {
  CreateCoachInput,
  CreateCoachPayload,
  DeactivateCoachInput,
  DeactivateCoachPayload,
  ReactivateCoachInput,
  ReactivateCoachPayload,
  UpdateCoachInput,
  UpdateCoachPayload,
} from "../../schema/coach-inputs.ts";
import { EnrollInput, EnrollPayload } from "../../schema/enroll.ts";
import { ErasePersonInput, ErasePersonPayload } from "../../schema/erase-person.ts";
import {
  AddCoachNoteInput,
  AddCoachNotePayload,
  AddLearnerInput,
  AddLearnerPayload,
  LinkLearnerInput,
  LinkLearnerPayload,
  UpdateCoachNoteInput,
  UpdateCoachNotePayload,
  UpdateLearnerInput,
  UpdateLearnerPayload,
} from "../../schema/learner-inputs.ts";
import type { Context } from "../operations/context.ts";
import type { ClientsService } from "./clients.service.ts";
import type { CoachNotesService } from "./coach-notes.service.ts";
import type { CoachesService } from "./coaches.service.ts";
import type { EnrollmentService } from "./enrollment.service.ts";
import type { LearnersService } from "./learners.service.ts";
import type { PersonErasureService } from "./person-erasure.service.ts";

export interface PeopleEdits {
  readonly enrollment: EnrollmentService;
  readonly clients: ClientsService;
  readonly learners: LearnersService;
  readonly coaches: CoachesService;
  readonly notes: CoachNotesService;
  readonly erasure: PersonErasureService;
}

@Resolver()
export class PeopleEditsResolver {
  readonly #edits: PeopleEdits;

  constructor(edits: PeopleEdits) {
    this.#edits = edits;
  }

  @Extensions({ action: "people:enroll" })
  @Mutation(() => EnrollPayload, {
    description:
      "Takes a client and his learners in one step, and mails everybody with an e-mail address a link that makes a login. Who is known already gets a mail instead; the answer is the same.",
  })
  enroll(
    @Ctx() context: Context,
    @Arg("input", () => EnrollInput, { description: "The client and the learners." }) input: EnrollInput,
  ): Promise<EnrollPayload> {
    return this.#edits.enrollment.enroll(context, input);
  }

  @Extensions({ action: "client:create" })
  @Mutation(() => CreateClientPayload, { description: "Adds a client." })
  createClient(
    @Ctx() context: Context,
    @Arg("input", () => CreateClientInput, { description: "The client." }) input: CreateClientInput,
  ): Promise<CreateClientPayload> {
    return this.#edits.clients.createClient(context, input);
  }

  @Extensions({ action: "client:write" })
  @Mutation(() => UpdateClientPayload, { description: "Changes a client." })
  updateClient(
    @Ctx() context: Context,
    @Arg("input", () => UpdateClientInput, { description: "The changes." }) input: UpdateClientInput,
  ): Promise<UpdateClientPayload> {
    return this.#edits.clients.updateClient(context, input);
  }

  @Extensions({ action: "learner:write" })
  @Mutation(() => AddLearnerPayload, { description: "Adds a learner, whom a client pays for." })
  addLearner(
    @Ctx() context: Context,
    @Arg("input", () => AddLearnerInput, { description: "The learner." }) input: AddLearnerInput,
  ): Promise<AddLearnerPayload> {
    return this.#edits.learners.addLearner(context, input);
  }

  @Extensions({ action: "learner:write" })
  @Mutation(() => UpdateLearnerPayload, { description: "Changes a learner's file." })
  updateLearner(
    @Ctx() context: Context,
    @Arg("input", () => UpdateLearnerInput, { description: "The changes." }) input: UpdateLearnerInput,
  ): Promise<UpdateLearnerPayload> {
    return this.#edits.learners.updateLearner(context, input);
  }

  @Extensions({ action: "learner:link" })
  @Mutation(() => LinkLearnerPayload, { description: "Gives a learner one more client, or another one who pays." })
  linkLearner(
    @Ctx() context: Context,
    @Arg("input", () => LinkLearnerInput, { description: "The learner and the client." }) input: LinkLearnerInput,
  ): Promise<LinkLearnerPayload> {
    return this.#edits.learners.linkLearner(context, input);
  }

  @Extensions({ action: "learner:note" })
  @Mutation(() => AddCoachNotePayload, { description: "Writes a note on a learner." })
  addCoachNote(
    @Ctx() context: Context,
    @Arg("input", () => AddCoachNoteInput, { description: "The learner and the text." }) input: AddCoachNoteInput,
  ): Promise<AddCoachNotePayload> {
    return this.#edits.notes.addCoachNote(context, input);
  }

  @Extensions({ action: "learner:note" })
  @Mutation(() => UpdateCoachNotePayload, { description: "Changes a note on a learner that one has written." })
  updateCoachNote(
    @Ctx() context: Context,
    @Arg("input", () => UpdateCoachNoteInput, { description: "The changes." }) input: UpdateCoachNoteInput,
  ): Promise<UpdateCoachNotePayload> {
    return this.#edits.notes.updateCoachNote(context, input);
  }

  @Extensions({ action: "coach:manage" })
  @Mutation(() => CreateCoachPayload, { description: "Adds a coach." })
  createCoach(
    @Ctx() context: Context,
    @Arg("input", () => CreateCoachInput, { description: "The coach." }) input: CreateCoachInput,
  ): Promise<CreateCoachPayload> {
    return this.#edits.coaches.createCoach(context, input);
  }

  @Extensions({ action: "coach:write" })
  @Mutation(() => UpdateCoachPayload, { description: "Changes a coach." })
  updateCoach(
    @Ctx() context: Context,
    @Arg("input", () => UpdateCoachInput, { description: "The changes." }) input: UpdateCoachInput,
  ): Promise<UpdateCoachPayload> {
    return this.#edits.coaches.updateCoach(context, input);
  }

  @Extensions({ action: "coach:manage" })
  @Mutation(() => DeactivateCoachPayload, {
    description: "Retires a coach: nobody can book or see him any more, and he reads no learners' files.",
  })
  deactivateCoach(
    @Ctx() context: Context,
    @Arg("input", () => DeactivateCoachInput, { description: "The coach." }) input: DeactivateCoachInput,
  ): Promise<DeactivateCoachPayload> {
    return this.#edits.coaches.deactivateCoach(context, input);
  }

  @Extensions({ action: "coach:manage" })
  @Mutation(() => ReactivateCoachPayload, { description: "Takes a coach back: he can be booked again." })
  reactivateCoach(
    @Ctx() context: Context,
    @Arg("input", () => ReactivateCoachInput, { description: "The coach." }) input: ReactivateCoachInput,
  ): Promise<ReactivateCoachPayload> {
    return this.#edits.coaches.reactivateCoach(context, input);
  }

  @Extensions({ action: "person:erase" })
  @Mutation(() => ErasePersonPayload, {
    description:
      "Erases all that is known of a person, for good: file, mails, login, and what the journal says of him. Money and sessions that took place stay, without him.",
  })
  erasePerson(
    @Ctx() context: Context,
    @Arg("input", () => ErasePersonInput, { description: "The person." }) input: ErasePersonInput,
  ): Promise<ErasePersonPayload> {
    return this.#edits.erasure.erasePerson(context, input);
  }
}
