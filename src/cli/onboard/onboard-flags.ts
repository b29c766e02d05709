export interface OnboardFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  /** Ids of remediations the fixer may apply; `true` = all. Absent = no fixer. */
  readonly fixes?: readonly string[] | true;
  readonly configMaps?: readonly string[];
  readonly logNamespaces?: readonly string[];
  readonly namespace: string;
  readonly out: string;
  readonly days: string;
  readonly server?: string;
  readonly apply?: true;
  readonly renew?: true;
  readonly check?: true;
  readonly yes?: true;
}

/** What `onboard` and `offboard` take where nothing else is said. */
export const onboardDefaults = { namespace: 'acknet', out: 'kube', days: '90' } as const;
