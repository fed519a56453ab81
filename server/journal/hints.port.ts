/** Says that a tenant's journal moved. Nothing is lost when a hint is: readers also look at the heads once a second. */
export interface Hint {
  readonly tenantId: string;
  readonly position: bigint;
}

export interface HintBus {
  /** Tells every process. Never throws and never waits for the network: the change is committed already. */
  publish(hint: Hint): void;
  /** Resolves when hints of this tenant will arrive. */
  subscribe(tenantId: string, onHint: (hint: Hint) => void): Promise<() => Promise<void>>;
  /** Called each time the connection comes back: hints may have been missed. */
  onReconnect(listener: () => void): void;
  /** Whether hints can arrive now. */
  isHealthy(): Promise<boolean>;
  close(): Promise<void>;
}
