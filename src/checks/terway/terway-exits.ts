/** What stops a container of Terway's pod, and no restart ends. */
interface TerwayExit {
  /** First release seen to print it; the releases up to 1.17.5 that were read after it all do. */
  readonly since: string;
  /** Linear; looked for in container states and logs. */
  readonly pattern: RegExp;
  readonly cause: string;
}

/**
 * The first that fits counts. Sources: cluster-signals 2.6; AliyunContainerService/terway v1.0.10 to v1.17.5, cmd/terway-cli
 * (cni.go, node.go, policy.go) and daemon (builder.go, server.go).
 */
export const terwayExits: readonly TerwayExit[] = [
  {
    since: '1.14.0',
    pattern: /unsupport kernel version/i,
    cause: 'the kernel is older than 5.10, which Terway 1.14.0 and later refuse',
  },
  {
    since: 'after 1.17.5',
    pattern: /ipvlan is (?:unsupported|not supported)/i,
    cause: 'IPvlan is configured and this Terway no longer supports it',
  },
  {
    since: '1.11.1',
    pattern: /exclusive (?:eni )?mode changed/i,
    cause: 'the exclusive ENI label of the node was changed after it joined, which Terway refuses',
  },
  {
    since: '1.5.6',
    pattern: /failed process input/i,
    cause: 'the CNI config in ConfigMap eni-config cannot be processed',
  },
  {
    since: '1.11.5',
    pattern: /no cilium chainer is installed/i,
    cause: 'the CNI chain on the node lacks the cilium plugin that the policy container needs',
  },
  {
    since: '1.0.10',
    pattern: /failed parse config: |unsupported daemon mode/i,
    cause: 'the configuration in ConfigMap eni-config cannot be used',
  },
  {
    since: '1.0.10',
    pattern: /error listen at .{0,200}: |bind: address already in use/i,
    cause: 'Terway cannot bind its socket or port: something else on the node holds it',
  },
  {
    since: '1.2.1',
    pattern: /failed to acquire lock: /i,
    cause: 'another Terway process on the node holds the lock',
  },
  {
    since: '1.1.0',
    pattern: /upable get instance limit/i,
    cause: 'Terway could not learn what the instance type allows, from the cloud API or the metadata service',
  },
  {
    since: '1.7.0',
    pattern: /no primary eni found/i,
    cause: 'Terway finds no primary ENI of its instance',
  },
];

const LONGEST_LINE = 2_000;

export const terwayExitIn = (text: string): TerwayExit | undefined =>
  terwayExits.find(({ pattern }) => pattern.test(text.slice(0, LONGEST_LINE)));
