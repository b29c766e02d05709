interface Welcome {
  readonly url: string;
  /** Of everything that a person may look at in the clusters. */
  readonly kubeconfig: string;
  readonly audit: {
    /** Absent = the one that the environment names, which is not repeated: it may hold a password. */
    readonly redisUrl: string | undefined;
    readonly auditKey: string;
    readonly prefix: string;
  };
}

/** What the demo prints once it can be used. */
export const welcome = ({ url, kubeconfig, audit }: Welcome): string => `
acknet demo: ${url}

While it runs,
  the clusters:  kubectl --kubeconfig ${kubeconfig} get nodes
  the audit log: ${auditLine(audit)}
Ctrl-C ends it.
`;

const auditLine = ({ redisUrl, auditKey, prefix }: Welcome['audit']): string =>
  [
    ...(redisUrl === undefined ? [] : [`ACKNET_REDIS_URL=${redisUrl}`]),
    `ACKNET_AUDIT_KEY=${auditKey}`,
    `npx acknet audit --prefix '${prefix}'`,
  ].join(' ');
