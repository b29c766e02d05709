import { createTemplate } from './fill-template.js';

/** Objects as large as they are in a real cluster: managed fields, probes, volumes, image lists and all. */
const managed = (manager: string, fields: object, subresource?: string) => ({
  manager,
  operation: 'Update',
  apiVersion: 'v1',
  time: '2026-11-20T03:12:44Z',
  fieldsType: 'FieldsV1',
  fieldsV1: fields,
  ...(subresource && { subresource }),
});

const fields = (names: readonly string[]): object =>
  Object.fromEntries(names.map((name) => [`f:${name}`, {}]));

const keyed = (key: string, values: readonly string[], inner: object): object => ({
  'f:.': {},
  ...Object.fromEntries(values.map((value) => [`k:${JSON.stringify({ [key]: value })}`, inner])),
});
const named = { '.': {}, 'f:name': {}, 'f:value': {} };
const conditionFields = { '.': {}, ...fields(['lastProbeTime', 'lastTransitionTime', 'status', 'type']) };

/** As the controller manager and the kubelet own a pod's fields; keys hold names, uids and addresses. */
const controllerFields = {
  'f:metadata': {
    ...{ 'f:annotations': fields(['prometheus.io/port', 'prometheus.io/scrape']), 'f:generateName': {} },
    'f:labels': fields(['app', 'pod-template-hash']),
    'f:ownerReferences': keyed('uid', ['{{ownerUid}}'], {}),
  },
  'f:spec': {
    'f:containers': keyed('name', ['app'], {
      ...fields([
        'image',
        'imagePullPolicy',
        'livenessProbe',
        'name',
        'readinessProbe',
        'resources',
        'securityContext',
      ]),
      'f:env': keyed('name', ['SERVICE_NAME', 'SPRING_PROFILES_ACTIVE', 'LOG_LEVEL'], named),
      ...fields(['terminationMessagePath', 'terminationMessagePolicy', 'volumeMounts']),
    }),
    ...fields(['dnsPolicy', 'enableServiceLinks', 'restartPolicy', 'schedulerName', 'securityContext']),
    'f:volumes': keyed('name', ['config', 'scratch'], { '.': {}, 'f:name': {} }),
  },
};
const kubeletFields = {
  'f:status': {
    'f:conditions': keyed('type', ['ContainersReady', 'Initialized', 'Ready'], conditionFields),
    ...fields(['containerStatuses', 'hostIP', 'hostIPs', 'phase', 'podIP', 'startTime']),
    'f:podIPs': keyed('ip', ['{{ip}}', '{{ip6}}'], { '.': {}, 'f:ip': {} }),
  },
};

const probe = (path: string) => ({
  httpGet: { path, port: 8080, scheme: 'HTTP' },
  initialDelaySeconds: 10,
  timeoutSeconds: 3,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
});

const env = [
  ['SERVICE_NAME', '{{app}}'],
  ['SPRING_PROFILES_ACTIVE', 'production'],
  ['JAVA_TOOL_OPTIONS', '-XX:MaxRAMPercentage=75.0 -XX:+UseG1GC -Dfile.encoding=UTF-8'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://otel-collector.observability:4317'],
  ['LOG_LEVEL', 'info'],
].map(([name, value]) => ({ name, value }));

const conditions = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
].map((type) => ({
  type,
  status: type === 'Ready' || type === 'ContainersReady' ? '{{ready}}' : 'True',
  lastProbeTime: null,
  lastTransitionTime: '{{started}}',
}));

const container = (name: string) => ({
  name,
  image: 'registry-cn-hangzhou-vpc.ack.aliyuncs.com/shop/{{app}}:2.41.7',
  ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
  env: [...env, { name: 'POD_IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } }],
  resources: { limits: { cpu: '2', memory: '2Gi' }, requests: { cpu: '500m', memory: '1Gi' } },
  volumeMounts: [
    { name: 'config', mountPath: '/etc/{{app}}', readOnly: true },
    { name: 'scratch', mountPath: '/scratch' },
    { name: 'kube-api-access', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
  ],
  livenessProbe: probe('/healthz'),
  readinessProbe: probe('/readyz'),
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  imagePullPolicy: 'IfNotPresent',
  securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
});

const status = (name: string) => ({
  name,
  state: { running: { startedAt: '{{started}}' } },
  lastState: {},
  ready: true,
  restartCount: 0,
  image: 'registry-cn-hangzhou-vpc.ack.aliyuncs.com/shop/{{app}}:2.41.7',
  imageID:
    'registry-cn-hangzhou-vpc.ack.aliyuncs.com/shop/{{app}}@sha256:4f1c8a0e5b7d93264f1c8a0e5b7d93264f1c8a0e5b7d93264f1c8a0e5b7d9326',
  containerID: 'containerd://{{uid}}{{uid}}',
  started: true,
});

const pod = {
  metadata: {
    name: '{{name}}',
    generateName: '{{owner}}-',
    namespace: '{{namespace}}',
    uid: '{{uid}}',
    resourceVersion: '9{{index}}',
    creationTimestamp: '{{started}}',
    labels: {
      app: '{{app}}',
      'app.kubernetes.io/name': '{{app}}',
      'app.kubernetes.io/part-of': 'shop',
      'pod-template-hash': '6d9f7c5b48',
    },
    annotations: {
      'k8s.aliyun.com/pod-ips': '{{ip}},{{ip6}}',
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '8080',
      'kubectl.kubernetes.io/restartedAt': '{{started}}',
    },
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind: '{{ownerKind}}',
        name: '{{owner}}',
        uid: '{{ownerUid}}',
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
    managedFields: [
      managed('kube-controller-manager', controllerFields),
      managed('kubelet', kubeletFields, 'status'),
    ],
  },
  spec: {
    volumes: [
      { name: 'config', configMap: { name: '{{app}}-config', defaultMode: 420 } },
      { name: 'scratch', emptyDir: {} },
      {
        name: 'kube-api-access',
        projected: {
          defaultMode: 420,
          sources: [
            { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
            { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
            {
              downwardAPI: {
                items: [
                  { path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } },
                ],
              },
            },
          ],
        },
      },
    ],
    containers: [container('app')],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: '{{app}}',
    serviceAccount: '{{app}}',
    nodeName: '{{node}}',
    hostNetwork: '{{hostNetwork}}',
    securityContext: {},
    schedulerName: 'default-scheduler',
    tolerations: [
      {
        key: 'node.kubernetes.io/not-ready',
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      },
      {
        key: 'node.kubernetes.io/unreachable',
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      },
    ],
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
  },
  status: {
    phase: '{{phase}}',
    conditions,
    hostIP: '{{hostIp}}',
    hostIPs: [{ ip: '{{hostIp}}' }],
    podIP: '{{ip}}',
    podIPs: [{ ip: '{{ip}}' }, { ip: '{{ip6}}' }],
    startTime: '{{started}}',
    containerStatuses: [status('app')],
    qosClass: 'Burstable',
  },
};

/** Slots that hold JSON instead of a text lose their quotes. */
const shape = (value: object): ((values: Readonly<Record<string, string>>) => string) =>
  createTemplate(JSON.stringify(value).replace(/"(\{\{(?:hostNetwork|interfaces)\}\})"/g, '$1'));

export const renderPod = shape(pod);

const images = Array.from({ length: 24 }, (_, index) => ({
  names: [
    `registry-cn-hangzhou-vpc.ack.aliyuncs.com/shop/service-${index}@sha256:4f1c8a0e5b7d93264f1c8a0e5b7d9326`,
    `registry-cn-hangzhou-vpc.ack.aliyuncs.com/shop/service-${index}:2.41.${index}`,
  ],
  sizeBytes: 183_402_113 + index,
}));

const quiet = [
  'KernelDeadlock',
  'ReadonlyFilesystem',
  'NTPProblem',
  'MemoryPressure',
  'DiskPressure',
  'PIDPressure',
];
const nodeCondition = (type: string, state: string, reason: string, message: string) => ({
  ...{ type, status: state, reason, message },
  lastHeartbeatTime: '{{now}}',
  lastTransitionTime: '2026-06-01T00:00:00Z',
});

export const renderNode = shape({
  metadata: {
    name: '{{node}}',
    uid: '{{uid}}',
    resourceVersion: '9{{index}}',
    creationTimestamp: '2026-06-01T00:00:00Z',
    labels: {
      'ack.aliyun.com': 'c4f1e0a97b2d84c63a5e1f0d9b8c7a652',
      'alibabacloud.com/nodepool-id': '{{pool}}',
      'node.alibabacloud.com/nodepool-id': '{{pool}}',
      'alibabacloud.com/ecs-instance-id': '{{instance}}',
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/hostname': '{{node}}',
      'kubernetes.io/os': 'linux',
      'node.kubernetes.io/instance-type': 'ecs.g7.4xlarge',
      'topology.kubernetes.io/region': 'cn-hangzhou',
      'topology.kubernetes.io/zone': '{{zone}}',
    },
    annotations: { 'k8s.aliyun.com/max-available-ip': '105', 'node.alpha.kubernetes.io/ttl': '0' },
    managedFields: [
      managed(
        'kubelet',
        { 'f:status': fields(['addresses', 'allocatable', 'capacity', 'conditions', 'images', 'nodeInfo']) },
        'status',
      ),
    ],
  },
  spec: { providerID: 'cn-hangzhou.{{instance}}' },
  status: {
    capacity: { cpu: '16', memory: '64000000Ki', pods: '110', 'ephemeral-storage': '123460788Ki' },
    allocatable: { cpu: '15900m', memory: '60000000Ki', pods: '110', 'ephemeral-storage': '113783374029' },
    conditions: [
      ...quiet.map((type) => nodeCondition(type, 'False', 'Fine', 'nothing to report')),
      nodeCondition('SufficientIP', 'True', 'SufficientIP', 'node has sufficient IP'),
      nodeCondition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
    ],
    addresses: [
      { type: 'InternalIP', address: '{{hostIp}}' },
      { type: 'InternalIP', address: '{{hostIp6}}' },
      { type: 'Hostname', address: '{{node}}' },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
    nodeInfo: {
      bootID: '{{uid}}',
      machineID: '20260601000000000000000000000001',
      systemUUID: '{{uid}}',
      kernelVersion: '5.10.134-18.al8.x86_64',
      osImage: 'Alibaba Cloud Linux 3.2104 U10',
      containerRuntimeVersion: 'containerd://1.6.28',
      kubeletVersion: 'v1.31.1-aliyun.1',
      kubeProxyVersion: 'v1.31.1-aliyun.1',
      operatingSystem: 'linux',
      architecture: 'amd64',
    },
    images,
  },
});

export const renderService = shape({
  metadata: {
    name: '{{name}}',
    namespace: '{{namespace}}',
    uid: '{{uid}}',
    resourceVersion: '9{{index}}',
    creationTimestamp: '2026-06-01T00:00:00Z',
    labels: { app: '{{app}}', 'app.kubernetes.io/part-of': 'shop' },
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{{filler}}' },
    managedFields: [
      managed('kubectl-client-side-apply', {
        'f:spec': fields(['ports', 'selector', 'type', 'ipFamilies', 'ipFamilyPolicy']),
      }),
    ],
  },
  spec: {
    ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 8080 }],
    selector: { app: '{{app}}' },
    clusterIP: '{{ip}}',
    clusterIPs: ['{{ip}}', '{{ip6}}'],
    type: 'ClusterIP',
    sessionAffinity: 'None',
    ipFamilies: ['IPv4', 'IPv6'],
    ipFamilyPolicy: 'PreferDualStack',
    internalTrafficPolicy: 'Cluster',
  },
  status: { loadBalancer: {} },
});

export const renderSlice = shape({
  addressType: '{{family}}',
  metadata: {
    name: '{{name}}',
    namespace: '{{namespace}}',
    uid: '{{uid}}',
    labels: {
      'kubernetes.io/service-name': '{{service}}',
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
    },
    managedFields: [managed('kube-controller-manager', fields(['addressType', 'endpoints', 'ports']))],
  },
  endpoints: Array.from({ length: 3 }, () => ({
    addresses: ['{{ip}}'],
    conditions: { ready: true, serving: true, terminating: false },
    nodeName: '{{node}}',
    targetRef: { kind: 'Pod', namespace: '{{namespace}}', name: '{{pod}}', uid: '{{uid}}' },
  })),
  ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
});

export const renderEvent = shape({
  metadata: {
    name: '{{pod}}.{{index}}',
    namespace: '{{namespace}}',
    uid: '{{uid}}',
    resourceVersion: '9{{index}}',
    creationTimestamp: '{{now}}',
  },
  involvedObject: {
    apiVersion: 'v1',
    kind: 'Pod',
    namespace: '{{namespace}}',
    name: '{{pod}}',
    uid: '{{uid}}',
    resourceVersion: '8{{index}}',
  },
  reason: '{{reason}}',
  message: '{{message}}',
  source: { component: 'kubelet', host: '{{node}}' },
  firstTimestamp: '{{now}}',
  lastTimestamp: '{{now}}',
  count: 7,
  type: '{{type}}',
  eventTime: null,
  reportingComponent: 'kubelet',
  reportingInstance: '{{node}}',
});

export const renderTerwayNode = shape({
  metadata: {
    name: '{{node}}',
    uid: '{{uid}}',
    creationTimestamp: '2026-06-01T00:00:00Z',
    finalizers: ['network.alibabacloud.com/node-controller'],
  },
  spec: {
    nodeMetadata: {
      regionID: 'cn-hangzhou',
      instanceType: 'ecs.g7.4xlarge',
      instanceID: '{{instance}}',
      zoneID: '{{zone}}',
    },
    nodeCap: {
      adapters: 8,
      totalAdapters: 30,
      ipv4PerAdapter: 15,
      ipv6PerAdapter: 15,
      memberAdapterLimit: 22,
    },
    datapath: { type: 'datapathv2' },
    eni: {
      vSwitchOptions: ['{{vSwitch}}'],
      securityGroupIDs: ['sg-bp1k3m5o7q9s1u3w5y7a'],
      enableIPv4: true,
      enableIPv6: true,
      enableTrunk: true,
      vSwitchSelectPolicy: 'ordered',
    },
    pool: { maxPoolSize: 5 },
    flavor: [
      { networkInterfaceType: 'Trunk', networkInterfaceTrafficMode: 'Standard', count: 1 },
      { networkInterfaceType: 'Secondary', networkInterfaceTrafficMode: 'Standard', count: 6 },
    ],
  },
  status: { networkInterfaces: '{{interfaces}}' },
});
