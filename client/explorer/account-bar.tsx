import { type Credential, describe, mayIntrospect } from "./credential.ts";

interface AccountBarProps {
  readonly credential: Credential | undefined;
  readonly notice: string | undefined;
  readonly onSignIn: () => void;
  readonly onSignOut: () => void;
}

/** The head of the page: whose credential is in use, and how to change it. */
export function AccountBar({ credential, notice, onSignIn, onSignOut }: AccountBarProps) {
  return (
    <header className="explorer-bar">
      <h1 className="explorer-name">
        <span className="explorer-brand">Nexora</span> explorer
      </h1>
      <p className="explorer-notice" role="status">
        {notice ?? hint(credential)}
      </p>
      {credential === undefined ? (
        <button type="button" className="explorer-button explorer-button-primary" onClick={onSignIn}>
          Sign in or use a key
        </button>
      ) : (
        <>
          <ActiveCredential credential={credential} />
          <button type="button" className="explorer-button" onClick={onSignOut}>
            {credential.kind === "MEMBER" ? "Sign out" : "Forget key"}
          </button>
        </>
      )}
    </header>
  );
}

function ActiveCredential({ credential }: { readonly credential: Credential }) {
  const { name, detail } = describe(credential);
  return (
    <p className="explorer-credential" data-kind={credential.kind} title="Every request is sent with this credential.">
      <span className="explorer-dot" aria-hidden="true" />
      <strong>{name}</strong> <span>{detail}</span>
    </p>
  );
}

function hint(credential: Credential | undefined): string {
  if (credential === undefined) return "The schema's documentation and completion appear once you sign in.";
  if (!mayIntrospect(credential)) {
    return "A publishable key runs its operations, but is shown no schema: documentation and completion are off.";
  }
  return "";
}
