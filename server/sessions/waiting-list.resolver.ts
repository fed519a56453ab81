import { WaitingListArgs } from "../../schema/waiting-list-filter.ts";
import { Arg, Args, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import type { Page } from "../../schema/connection.ts";
import {
  JoinWaitingListInput,
  JoinWaitingListPayload,
  LeaveWaitingListInput,
  LeaveWaitingListPayload,
  type WaitingListEntry,
  WaitingListEntryConnection,
} from "../../schema/waiting-list.ts";
import type { Context } from "../operations/context.ts";
import type { WaitingListService } from "./waiting-list.service.ts";

@Resolver()
export class WaitingListResolver {
  readonly #waitingLists: WaitingListService;

  constructor(waitingLists: WaitingListService) {
    this.#waitingLists = waitingLists;
  }

  @Extensions({ action: "session:read" })
  @Query(() => WaitingListEntryConnection, {
    description:
      "Who waits for slots, first come first: the team sees all, a coach who waits for him, others their own.",
  })
  waitingList(
    @Ctx() context: Context,
    @Args(() => WaitingListArgs) args: WaitingListArgs,
  ): Promise<Page<WaitingListEntry>> {
    return this.#waitingLists.waitingList(context, args);
  }

  @Extensions({ action: "session:book" })
  @Mutation(() => JoinWaitingListPayload, {
    description:
      "Waits for a slot that others have. When it becomes free, who came first is told, and it is kept for two hours.",
  })
  joinWaitingList(
    @Ctx() context: Context,
    @Arg("input", () => JoinWaitingListInput, { description: "The slot." }) input: JoinWaitingListInput,
  ): Promise<JoinWaitingListPayload> {
    return this.#waitingLists.joinWaitingList(context, input);
  }

  @Extensions({ action: "session:book" })
  @Mutation(() => LeaveWaitingListPayload, { description: "Waits no more. What was offered goes to who is next." })
  leaveWaitingList(
    @Ctx() context: Context,
    @Arg("input", () => LeaveWaitingListInput, { description: "The entry." }) input: LeaveWaitingListInput,
  ): Promise<LeaveWaitingListPayload> {
    return this.#waitingLists.leaveWaitingList(context, input);
  }
}
