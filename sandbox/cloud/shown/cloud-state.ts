/** What the sandbox page shows of the account of one cluster. */
export interface CloudState extends AccountHoldings {
  readonly calls: readonly CountedCalls[];
  readonly switches: Partial<Record<SwitchName, { readonly api?: string }>>;
  /** What a switch can be set to strike. */
  readonly actions: readonly string[];
}

export type SwitchName = 'throttled' | 'denied' | 'expired' | 'failing' | 'slow';

/** How the calls of one API ended: `ok`, or the code that was answered. */
export interface CountedCalls {
  readonly api: string;
  readonly outcomes: Readonly<Record<string, number>>;
}

export interface AccountHoldings {
  readonly account: string;
  readonly region: string;
  readonly vpc: { readonly id: string; readonly cidrs: readonly string[] };
  readonly vSwitches: readonly {
    readonly id: string;
    readonly zone: string;
    readonly cidr: string;
    readonly free: number;
  }[];
  readonly nodes: readonly NodeInterfaces[];
  /** ENIs on no node. */
  readonly loose: readonly {
    readonly id: string;
    readonly vSwitch: string;
    readonly status: string;
    readonly instance?: string | undefined;
  }[];
  readonly natGateways: readonly {
    readonly id: string;
    readonly network: string;
    /** The vSwitch or block of each SNAT entry. */
    readonly snat: readonly string[];
  }[];
  readonly routeTables: readonly {
    readonly id: string;
    readonly type: string;
    readonly vSwitches: number;
    readonly routes: readonly string[];
  }[];
  readonly securityGroups: readonly {
    readonly id: string;
    readonly type: string;
    readonly rules: readonly string[];
  }[];
}

export interface NodeInterfaces {
  readonly node: string;
  readonly interfaces: number;
  /** On all of them, those of the pods among them. */
  readonly addresses: number;
  readonly vSwitches: readonly string[];
}
