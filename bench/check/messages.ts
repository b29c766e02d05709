/** What the processes of the measurement tell each other. */
export interface ServerReady {
  readonly port: number;
  readonly pods: number;
  /** Paths of the large lists. */
  readonly lists: readonly string[];
}

/** Since the last time it was asked. */
export interface ServerCounts {
  readonly requests: number;
  readonly bytes: number;
  /** How often each large list was begun. */
  readonly lists: Readonly<Record<string, number>>;
  readonly cpuMs: number;
}

export interface CheckMeasure {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakRssMb: number;
  readonly checks: number;
  /** Checks that a fault of the cluster or of acknet kept from a verdict. */
  readonly faults: readonly string[];
  /** Checks left open because the account's share of calls did not suffice. */
  readonly overBudget: readonly string[];
}

/** The simulated account is up. */
export interface AccountReady {
  readonly url: string;
}

/** Since the last time it was asked. */
export interface AccountCounts {
  /** Calls that came, by `<product>:<API>`. */
  readonly calls: Readonly<Record<string, number>>;
  readonly cpuMs: number;
}

export interface FloorMeasure {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakRssMb: number;
}
