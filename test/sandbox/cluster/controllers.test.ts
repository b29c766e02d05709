import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, type OpenApi, openApi } from './open-api.js';
import { smallScenario } from './small-scenario.js';

let api: OpenApi;
beforeEach(async () => {
  api = await openApi();
});
afterEach(() => api.close());

interface Pod {
  readonly metadata: {
    name: string;
    uid: string;
    labels: Record<string, string>;
    deletionTimestamp?: string;
  };
  readonly spec: { nodeName?: string };
  readonly status: { phase: string; podIP?: string; conditions?: { type: string; status: string }[] };
}
const podsOf = async (app: string): Promise<Pod[]> =>
  (await api.call(`/api/v1/pods?labelSelector=app%3D${app}`)).body.items as unknown as Pod[];
const podOn = async (app: string, node: string): Promise<Pod> => {
  const found = (await podsOf(app)).find(
    ({ spec, metadata }) => spec.nodeName === node && !metadata.deletionTimestamp,
  );
  if (found === undefined) throw new Error(`no ${app} on ${node}`);
  return found;
};
const isReady = (pod: Pod): boolean =>
  pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false;
const system = '/api/v1/namespaces/kube-system';
const setPath = (name: string) => `/apis/apps/v1/namespaces/kube-system/daemonsets/${name}`;
const remove = (pod: Pod, namespace = 'kube-system') =>
  api.call(`/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}`, { method: 'DELETE' });
const successor = (app: string, node: string, before: Pod) =>
  eventually(async () => {
    const pod = await podOn(app, node);
    expect(pod.metadata.uid).not.toBe(before.metadata.uid);
    expect(isReady(pod)).toBe(true);
    return pod;
  });
const condition = async (node: string, type: string) => {
  const { conditions } = (await api.call(`/api/v1/nodes/${node}`)).body.status as {
    conditions: { type: string }[];
  };
  return conditions.find((entry) => entry.type === type);
};

describe('a DaemonSet', () => {
  it('puts a new pod where one was deleted', async () => {
    const before = await podOn('agent', 'node-1');
    await remove(before);
    const after = await successor('agent', 'node-1', before);
    expect(after.metadata.name).toMatch(/^agent-[a-z0-9]{5}$/);
    expect(after.metadata.name).not.toBe(before.metadata.name);
    await eventually(async () =>
      expect((await api.call(setPath('agent'))).body.status).toMatchObject({
        desiredNumberScheduled: 2,
        numberReady: 2,
      }),
    );
  });

  it('waits for the delete with OnDelete, and tells who is out of date', async () => {
    await api.patch(setPath('agent'), 'strategic', {
      spec: { template: { spec: { containers: [{ name: 'agent', image: 'agent:v2' }] } } },
    });
    await eventually(async () =>
      expect((await api.call(setPath('agent'))).body.status).toMatchObject({
        updatedNumberScheduled: 0,
        numberReady: 2,
      }),
    );
    const before = await podOn('agent', 'node-1');
    await remove(before);
    const after = await successor('agent', 'node-1', before);
    expect(after.metadata.labels['controller-revision-hash']).not.toBe(
      before.metadata.labels['controller-revision-hash'],
    );
    await eventually(async () =>
      expect((await api.call(setPath('agent'))).body.status).toMatchObject({ updatedNumberScheduled: 1 }),
    );
    const revisions = await api.call(
      '/apis/apps/v1/namespaces/kube-system/controllerrevisions?labelSelector=app%3Dagent',
    );
    expect((revisions.body.items as unknown[]).length).toBe(2);
  });

  it('rolls by itself with RollingUpdate', async () => {
    const before = (await podsOf('roller')).map(({ metadata }) => metadata.uid);
    await api.patch(setPath('roller'), 'strategic', {
      spec: { template: { metadata: { annotations: { restarted: 'now' } } } },
    });
    await eventually(async () => {
      const after = (await podsOf('roller')).filter(isReady).map(({ metadata }) => metadata.uid);
      expect(after).toHaveLength(2);
      expect(after.filter((uid) => before.includes(uid))).toEqual([]);
    });
  });

  it('never gets a pod Ready on a stuck node', async () => {
    api.simulator.stuckNodes.add('node-1');
    const [one, two] = [await podOn('agent', 'node-1'), await podOn('agent', 'node-2')];
    await remove(one);
    await remove(two);
    await successor('agent', 'node-2', two);
    const stuck = await eventually(() => podOn('agent', 'node-1'));
    expect(isReady(stuck)).toBe(false);
    expect((await api.call(setPath('agent'))).body.status).toMatchObject({
      numberReady: 1,
      numberUnavailable: 1,
    });
  });

  it('shows older pods where the scenario has them', async () => {
    await api.close();
    const image = 'registry.example/agent:v1.0.0';
    const stale = [{ nodes: ['node-2'], images: { agent: 'registry.example/agent:v0.9.0' } }];
    const set = {
      name: 'agent',
      labels: { app: 'agent' },
      updateStrategy: { type: 'OnDelete' },
      containers: [{ name: 'agent', image }],
      stale,
    };
    api = await openApi(smallScenario({ daemonSets: [set], rules: [] }));
    const [one, two] = [await podOn('agent', 'node-1'), await podOn('agent', 'node-2')];
    expect(one.spec).toMatchObject({ containers: [{ image }] });
    expect(two.spec).toMatchObject({ containers: [{ image: 'registry.example/agent:v0.9.0' }] });
    expect((await api.call(setPath('agent'))).body.status).toMatchObject({
      updatedNumberScheduled: 1,
      numberReady: 2,
    });
  });
});

describe('rules', () => {
  const config = (text: string) =>
    api.patch(`${system}/configmaps/agent-config`, 'merge', { data: { 'config.yaml': text } });
  const restart = async (node: string) => {
    const before = await podOn('agent', node);
    await remove(before);
    return before;
  };
  const log = async (pod: Pod) =>
    (await api.call(`${system}/pods/${pod.metadata.name}/log?container=agent`)).text;

  it('change nothing until a pod starts', async () => {
    await config('mode: fast\n');
    expect(await condition('node-1', 'Tuned')).toBeUndefined();
  });

  it('change the node’s conditions, events and the log when one does, there alone', async () => {
    await config('mode: fast\nlimit: 65536\n');
    const after = await successor('agent', 'node-1', await restart('node-1'));
    expect(await condition('node-1', 'Tuned')).toMatchObject({ status: 'True', message: 'mode is fast' });
    expect(await condition('node-2', 'Tuned')).toBeUndefined();
    expect(await log(after)).toContain('running fast on 4 cores\nlimit is 262144\n');
    const events = await api.call('/api/v1/events?fieldSelector=reason%3DTuned');
    expect(events.body.items).toMatchObject([{ message: 'mode fast', involvedObject: { name: 'node-1' } }]);
  });

  it('take the first case that fits', async () => {
    await config('mode: slow\n');
    expect(await log(await successor('agent', 'node-1', await restart('node-1')))).toContain(
      'running as before',
    );
  });

  it('stop a container whose config does not parse', async () => {
    await config('mode: [fast\n');
    const before = await restart('node-1');
    const crashed = await eventually(async () => {
      const pod = await podOn('agent', 'node-1');
      expect(pod.metadata.uid).not.toBe(before.metadata.uid);
      expect(pod.status).toMatchObject({
        containerStatuses: [
          { name: 'agent', ready: false, state: { waiting: { reason: 'CrashLoopBackOff' } } },
          { name: 'side', ready: true },
        ],
      });
      return pod;
    });
    expect(isReady(crashed)).toBe(false);
    const previous = await api.call(
      `${system}/pods/${crashed.metadata.name}/log?container=agent&previous=true`,
    );
    expect(previous.text).toContain('config does not parse');
  });
});

describe('nodes', () => {
  it('carry the taints of their conditions', async () => {
    const taints = async () =>
      ((await api.call('/api/v1/nodes/node-1')).body.spec as { taints: { key: string }[] }).taints.map(
        ({ key }) => key,
      );
    const change = (status: string) =>
      api.patch('/api/v1/nodes/node-1/status', 'strategic', {
        status: { conditions: [{ type: 'NetworkUnavailable', status }] },
      });
    await change('True');
    await api.patch('/api/v1/nodes/node-1', 'merge', { spec: { unschedulable: true } });
    await eventually(async () =>
      expect(await taints()).toEqual([
        'node.kubernetes.io/network-unavailable',
        'node.kubernetes.io/unschedulable',
      ]),
    );
    await change('False');
    await api.patch('/api/v1/nodes/node-1', 'merge', { spec: { unschedulable: null } });
    await eventually(async () => expect(await taints()).toEqual([]));
  });
});

describe('replicas', () => {
  it('move to a node that takes pods, with an address of its range', async () => {
    await api.patch('/api/v1/nodes/node-1', 'merge', { spec: { unschedulable: true } });
    for (const pod of await podsOf('web')) if (pod.spec.nodeName === 'node-1') await remove(pod, 'shop');
    await eventually(async () => {
      const pods = await podsOf('web');
      expect(pods.map(({ spec }) => spec.nodeName)).toEqual(['node-2', 'node-2', 'node-2']);
      expect(pods.every(isReady)).toBe(true);
      expect(new Set(pods.map(({ status }) => status.podIP)).size).toBe(3);
      expect(pods.every(({ status }) => status.podIP?.startsWith('172.30.0.'))).toBe(true);
    });
  });

  it('wait until a node takes pods again', async () => {
    for (const node of ['node-1', 'node-2'])
      await api.patch(`/api/v1/nodes/${node}`, 'merge', { spec: { unschedulable: true } });
    const [first] = await podsOf('web');
    if (first) await remove(first, 'shop');
    await eventually(async () =>
      expect((await podsOf('web')).filter(({ status }) => status.phase === 'Pending')).toMatchObject([
        { status: { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] } },
      ]),
    );
    await api.patch('/api/v1/nodes/node-2', 'merge', { spec: { unschedulable: null } });
    await eventually(async () => expect((await podsOf('web')).filter(isReady)).toHaveLength(3));
  });
});

describe('eviction', () => {
  const evict = (pod: Pod, body: Record<string, unknown> = {}) =>
    api.call(`/api/v1/namespaces/shop/pods/${pod.metadata.name}/eviction`, {
      method: 'POST',
      body: {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name: pod.metadata.name, namespace: 'shop' },
        ...body,
      },
    });

  it('goes as far as the budget allows, and says which one is in the way', async () => {
    api.simulator.stuckNodes.add('node-1').add('node-2');
    const [one, two] = await podsOf('web');
    if (one === undefined || two === undefined) throw new Error('no web pods');
    await eventually(async () =>
      expect(
        (await api.call('/apis/policy/v1/namespaces/shop/poddisruptionbudgets/web')).body.status,
      ).toMatchObject({ disruptionsAllowed: 1 }),
    );
    expect((await evict(one)).status).toBe(201);
    await eventually(async () =>
      expect(await evict(two)).toMatchObject({
        status: 429,
        body: {
          reason: 'TooManyRequests',
          message: "Cannot evict pod as it would violate the pod's disruption budget.",
          details: {
            causes: [
              {
                reason: 'DisruptionBudget',
                message: 'The disruption budget web needs 2 healthy pods and has 2 currently',
              },
            ],
          },
        },
      }),
    );
    api.simulator.stuckNodes.clear();
  });

  it('keeps to its uid and to a dry run', async () => {
    const [pod] = await podsOf('web');
    if (pod === undefined) throw new Error('no web pod');
    expect((await evict(pod, { deleteOptions: { preconditions: { uid: 'other' } } })).status).toBe(409);
    expect((await evict(pod, { deleteOptions: { dryRun: ['All'] } })).status).toBe(201);
    expect(
      (await podsOf('web')).find(({ metadata }) => metadata.uid === pod.metadata.uid)?.metadata
        .deletionTimestamp,
    ).toBeUndefined();
  });

  it('is refused where two budgets select the pod', async () => {
    const budget = { metadata: { name: 'second' }, spec: { maxUnavailable: '50%', selector: {} } };
    await api.call('/apis/policy/v1/namespaces/shop/poddisruptionbudgets', { method: 'POST', body: budget });
    const [pod] = await podsOf('web');
    if (pod === undefined) throw new Error('no web pod');
    expect((await evict(pod)).status).toBe(500);
  });
});
