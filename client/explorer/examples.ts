export interface Example {
  /** What it does, for the menu. */
  readonly title: string;
  readonly query: string;
  /** JSON, as the editor shows it. */
  readonly variables?: string;
}

/** Ready to run. Also the tabs of the first visit. Checked against schema.graphql by a test. */
export const examples: readonly Example[] = [
  {
    title: "See who I am",
    query: `# Whose credential is in use? Run it with Ctrl-Enter (⌘-Enter on a Mac).
query Viewer {
  viewer {
    __typename
  }
}
`,
  },
  {
    title: "Capture a lead",
    query: `# A publishable key may do this, too; it gets \`accepted\` and nothing else.
mutation CaptureLead($input: CaptureLeadInput!) {
  captureLead(input: $input) {
    accepted
    lead {
      id
      email
      stage
      createdAt
    }
    userErrors {
      code
      message
      field
    }
  }
}
`,
    variables: `{
  "input": {
    "email": "ada@example.com",
    "name": "Ada Lovelace",
    "company": "Analytical Engines",
    "source": "explorer",
    "tags": ["demo"]
  }
}`,
  },
  {
    title: "List leads",
    query: `# Newest first. Try a filter: { email: { contains: "@example." } }
query Leads($filter: LeadFilter) {
  leads(first: 20, filter: $filter) {
    nodes {
      id
      name
      email
      company
      stage
      tags
      createdAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: `{
  "filter": { "stage": { "eq": "NEW" } }
}`,
  },
  {
    title: "Follow the journal live",
    query: `# Every change as it happens. Run it, then capture a lead in another window.
# With \`after\` it first replays what came since that cursor, then goes live.
subscription FollowJournal($after: Cursor) {
  journal(after: $after) {
    __typename
    ... on JournalEntry {
      position
      type
      subjectId
      occurredAt
      actor {
        type
        principalId
      }
      data
      cursor
    }
    ... on Lagged {
      missed
      resumeAt
    }
  }
}
`,
  },
  {
    title: "Verify the journal",
    query: `# Checks the numbering, the hash chain and the payloads of every entry.
query VerifyJournal {
  verifyJournal {
    valid
    entries
    firstBadPosition
  }
}
`,
  },
];
