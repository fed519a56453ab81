import { Arg, Extensions, ID, Resolver, Root, Subscription } from "type-graphql";
import { Cursor } from "../../schema/scalars.ts";
import { AgendaUpdate, SessionUpdate } from "../../schema/session-changed.ts";

const subscribe = () => {
  throw new Error("feeds are served by the hub (operations/subscribe)");
};

@Resolver()
export class SessionFeedsResolver {
  @Extensions({ action: "session:read" })
  @Subscription(() => SessionUpdate, {
    description:
      "Each change of a session once and in order: the team's are all of them, a coach's are his own, clients' and learners' those in which they have a place. Lagged replaces what is beyond the replay limit.",
    subscribe,
  })
  sessionChanged(
    @Root() update: typeof SessionUpdate,
    @Arg("after", () => Cursor, { nullable: true, description: "Where to go on. Default: from now on." })
    _after: string | null,
    @Arg("sessionId", () => ID, { nullable: true, description: "Only this session. Default: all that one sees." })
    _sessionId: string | null,
    @Arg("coachId", () => ID, {
      nullable: true,
      description: "Only sessions that this coach gives, or gave until the change.",
    })
    _coachId: string | null,
    @Arg("learnerId", () => ID, {
      nullable: true,
      description: "Only sessions in which this learner has, or had, a place.",
    })
    _learnerId: string | null,
  ): typeof SessionUpdate {
    return update;
  }

  @Extensions({ action: "session:read" })
  @Subscription(() => AgendaUpdate, {
    description:
      "Whatever changes a coach's calendar, once and in order: sessions, hours, time off. For him and the team; for others there is no such coach.",
    subscribe,
  })
  agenda(
    @Root() update: typeof AgendaUpdate,
    @Arg("coachId", () => ID, { description: "The coach's id." }) _coachId: string,
    @Arg("after", () => Cursor, { nullable: true, description: "Where to go on. Default: from now on." })
    _after: string | null,
  ): typeof AgendaUpdate {
    return update;
  }
}
