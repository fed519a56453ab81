// What an application with Relay asks for, read by relay-compiler in test/relay.test.ts; it is never run.
import { graphql } from "relay-runtime";

export const list = graphql`
  fragment operations_leads on Query
  @refetchable(queryName: "operationsLeadsQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "Cursor" }) {
    leads(first: $count, after: $cursor, orderBy: [{ field: NAME }]) @connection(key: "operations_leads") {
      edges {
        node {
          id
          ...operations_notes
        }
      }
    }
  }
`;

export const backwards = graphql`
  fragment operations_journal on Query
  @refetchable(queryName: "operationsJournalQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "Cursor" }) {
    journal(last: $count, before: $cursor) @connection(key: "operations_journal") {
      edges {
        node {
          position
          type
        }
      }
    }
  }
`;

// Refetched by `node(id:)`, so Lead has to be a Node; both ways through one list.
export const notes = graphql`
  fragment operations_notes on Lead
  @refetchable(queryName: "operationsNotesQuery")
  @argumentDefinitions(
    first: { type: "Int", defaultValue: 10 }
    after: { type: "Cursor" }
    last: { type: "Int" }
    before: { type: "Cursor" }
  ) {
    name
    notes(first: $first, after: $after, last: $last, before: $before) @connection(key: "operations_notes") {
      edges {
        node {
          body
        }
      }
    }
  }
`;

export const page = graphql`
  query operationsPageQuery {
    viewer {
      tenant {
        name
      }
    }
    ...operations_leads
    ...operations_journal
  }
`;

export const addNote = graphql`
  mutation operationsAddNoteMutation($input: AddLeadNoteInput!, $connections: [ID!]!) {
    addLeadNote(input: $input) {
      note @appendNode(connections: $connections, edgeTypeName: "LeadNoteEdge") {
        id
        body
      }
      userErrors {
        code
        message
      }
    }
  }
`;

export const remove = graphql`
  mutation operationsDeleteMutation($input: DeleteLeadInput!, $connections: [ID!]!) {
    deleteLead(input: $input) {
      deletedLeadId @deleteRecord @deleteEdge(connections: $connections)
    }
  }
`;

export const follow = graphql`
  subscription operationsFollowSubscription($after: Cursor) {
    leadChanged(after: $after) {
      ... on LeadChanged {
        cursor
        lead {
          name
          stage
        }
      }
      ... on Lagged {
        resumeAt
      }
    }
  }
`;
