import { type Scenario, scenarioSchema } from '../../../sandbox/cluster/scenario.js';

const image = 'registry.example/agent:v1.0.0';

/** Two nodes, an OnDelete and a RollingUpdate DaemonSet, a Deployment with a budget, a rule. */
export function smallScenario(more: Record<string, unknown> = {}): Scenario {
  return scenarioSchema.parse({
    name: 'small',
    title: 'Small',
    kubernetes: 'v1.31.1-aliyun.1',
    crds: ['network.alibabacloud.com'],
    namespaces: ['shop'],
    pools: [
      { name: 'np', count: 2, zone: 'cn-hangzhou-i', nodeName: 'node-{n}', podNetwork: '172.30', cpu: '4' },
    ],
    daemonSets: [
      {
        name: 'agent',
        labels: { app: 'agent' },
        updateStrategy: { type: 'OnDelete' },
        initContainers: [{ name: 'setup', image }],
        containers: [
          { name: 'agent', image },
          { name: 'side', image },
        ],
        logs: { agent: ['I{klog}       1 agent starts on {node}', { ago: '-1h', text: 'an hour ago' }] },
      },
      { name: 'roller', labels: { app: 'roller' }, containers: [{ name: 'roller', image }] },
    ],
    workloads: [{ name: 'web', namespace: 'shop', replicas: 3 }],
    services: [{ name: 'web', namespace: 'shop', spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } }],
    configMaps: [{ name: 'agent-config', data: { 'config.yaml': 'mode: slow\nlimit: 65536\n' } }],
    objects: [
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'web', namespace: 'shop' },
        spec: { minAvailable: 2, selector: { matchLabels: { app: 'web' } } },
      },
    ],
    events: [
      {
        about: { podsOf: 'web', limit: 1 },
        reason: 'Unhealthy',
        message: 'probe of {pod} failed',
        source: 'kubelet',
        last: '-5m',
      },
      {
        about: { kind: 'Node', name: 'node-1' },
        reason: 'ConfigError',
        message: 'modern',
        source: 'terway-daemon',
        last: '-2m',
        modern: true,
      },
    ],
    rules: [
      {
        podOf: 'agent',
        configMap: { name: 'agent-config', key: 'config.yaml' },
        path: 'mode',
        cases: [
          { unparsable: true, logs: { agent: ['config does not parse'] }, crash: { container: 'agent' } },
          {
            matches: '^fast$',
            nodeConditions: [{ type: 'Tuned', status: 'True', reason: 'Fast', message: 'mode is {value}' }],
            events: [
              { about: 'node', type: 'Normal', reason: 'Tuned', message: 'mode {value}', source: 'agent' },
            ],
            logs: { agent: ['running {value} on {cores} cores'] },
          },
          { logs: { agent: ['running as before'] } },
        ],
      },
      {
        podOf: 'agent',
        configMap: { name: 'agent-config', key: 'config.yaml' },
        path: 'limit',
        cases: [{ logs: { agent: ['limit is {perCoreMax}'] } }],
      },
    ],
    show: { configMaps: ['agent-config'], daemonSets: ['agent'] },
    ...more,
  });
}
