import { GraphiQL } from "graphiql";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { Account } from "./account.ts";
import { AccountBar } from "./account-bar.tsx";
import { mayIntrospect } from "./credential.ts";
import { examples } from "./examples.ts";
import { ExamplesMenu } from "./examples-menu.tsx";
import { createFetcher } from "./fetcher.ts";
import type { LiveConnection } from "./live-connection.ts";
import { SignInDialog } from "./sign-in-dialog.tsx";

// These take any JSON; without this the variables' editor would underline objects.
const customScalarSchemas = { JSONObject: {}, JSON: {} };

interface PageProps {
  readonly account: Account;
  readonly live: LiveConnection;
}

export function Page({ account, live }: PageProps) {
  const { credential, notice } = useSyncExternalStore(account.subscribe, account.state);
  const [isSigningIn, setIsSigningIn] = useState(credential === undefined);
  const fetcher = useMemo(() => createFetcher(account, live), [account, live]);
  const hasCredential = credential !== undefined;

  // A socket speaks for the credential that opened it.
  useEffect(() => () => void live.close(), [live, hasCredential]);

  return (
    <div className="explorer">
      <AccountBar
        credential={credential}
        notice={notice}
        onSignIn={() => setIsSigningIn(true)}
        onSignOut={() => void account.signOut()}
      />
      <SignInDialog account={account} isOpen={isSigningIn} onOpenChange={setIsSigningIn} />
      <main className="explorer-main">
        <GraphiQL
          fetcher={fetcher}
          // Without the property it asks the server; with null it doesn't, which would be refused.
          {...(mayIntrospect(credential) ? {} : { schema: null })}
          schemaDescription
          inputValueDeprecation
          customScalarSchemas={customScalarSchemas}
          defaultTabs={examples.map(({ query, variables }) => ({ query, variables: variables ?? null }))}
          defaultQuery=""
          defaultEditorToolsVisibility
          // A header typed by hand may hold a secret: it is never stored.
          shouldPersistHeaders={false}
          showPersistHeadersSettings={false}
        >
          <GraphiQL.Logo>
            <ExamplesMenu />
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </div>
  );
}
