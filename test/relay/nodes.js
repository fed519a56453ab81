import { graphql } from "relay-runtime";

export const several = graphql`
  query nodesQuery($ids: [ID!]!) {
    nodes(ids: $ids) {
      id
      ...operations_notes @alias(as: "lead")
    }
  }
`;
