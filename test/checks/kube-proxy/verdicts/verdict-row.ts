/**
 * What kube-proxy of a release does with a config: `refused` = it exits, `ignored` = it starts and passes over a field,
 * `not judged` = acknet has no source for that release.
 */
export type KubeProxyVerdict = 'accepted' | 'refused' | 'ignored' | 'not judged';

/** Minor release, body of the config (behind apiVersion and kind), verdict, its source, and what kube-proxy exits with. */
export type VerdictRow = readonly [
  minor: number,
  body: string,
  verdict: KubeProxyVerdict,
  source: string,
  exits?: string,
];
