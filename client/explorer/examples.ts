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
    query: `# Whose credential is it?
# Run: Ctrl-Enter (Mac: ⌘-Enter).
query Viewer {
  viewer {
    tenant {
      id
      name
    }
    member {
      id
      email
    }
    key {
      id
      name
    }
    role
    permissions
  }
}
`,
  },
  {
    title: "Capture a lead",
    query: `# With a publishable key, too: then
# it learns \`accepted\` and no more.
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
    query: `# Newest first. Another filter:
# { email: { contains: "@acme." } }
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
    query: `# Each change as it happens. Run it,
# then capture a lead elsewhere.
# \`after\`: replay from there first.
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
    query: `# Is history as it was written?
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
