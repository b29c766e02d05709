import { list, object, text } from '../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import { qosClassOf } from '../api/admitting/qos-class.js';

interface Start {
  readonly at: string;
  readonly hostIp: string | undefined;
  readonly ips: readonly string[];
}

const conditions = (states: Readonly<Record<string, boolean>>, at: string): readonly JsonObject[] =>
  Object.entries(states).map(([type, holds]) => ({
    type,
    status: holds ? 'True' : 'False',
    lastProbeTime: null,
    lastTransitionTime: at,
    ...(!holds && type !== 'PodScheduled' && { reason: 'ContainersNotReady' }),
  }));

const base = (container: Json): JsonObject => ({
  name: text(container, 'name') ?? '',
  image: text(container, 'image') ?? '',
  imageID: '',
  lastState: {},
});

const running = (container: Json, at: string): JsonObject => ({
  ...base(container),
  ready: true,
  started: true,
  restartCount: 0,
  state: { running: { startedAt: at } },
});

const completed = (container: Json, at: string): JsonObject => ({
  ...base(container),
  ready: true,
  restartCount: 0,
  state: { terminated: { exitCode: 0, reason: 'Completed', startedAt: at, finishedAt: at } },
});

const waiting = (container: Json, reason: string): JsonObject => ({
  ...base(container),
  ready: false,
  started: false,
  restartCount: 0,
  state: { waiting: { reason } },
});

const withAddresses = ({ hostIp, ips }: Start): JsonObject => ({
  ...(hostIp !== undefined && { hostIP: hostIp, hostIPs: [{ ip: hostIp }] }),
  ...(ips[0] !== undefined && { podIP: ips[0], podIPs: ips.map((ip) => ({ ip })) }),
});

/** Running, every container ready. */
export function startedPod(pod: JsonObject, start: Start): JsonObject {
  const { at } = start;
  const init = list(pod, 'spec', 'initContainers');
  return {
    ...pod,
    status: {
      phase: 'Running',
      qosClass: qosClassOf(pod),
      startTime: at,
      ...withAddresses(start),
      conditions: conditions(
        {
          PodReadyToStartContainers: true,
          Initialized: true,
          Ready: true,
          ContainersReady: true,
          PodScheduled: true,
        },
        at,
      ),
      ...(init.length > 0 && { initContainerStatuses: init.map((container) => completed(container, at)) }),
      containerStatuses: list(pod, 'spec', 'containers').map((container) => running(container, at)),
    },
  };
}

/** On a node, without a sandbox yet. */
export function creatingPod(pod: JsonObject, at: string, hostIp: string | undefined): JsonObject {
  const reason = list(pod, 'spec', 'initContainers').length > 0 ? 'PodInitializing' : 'ContainerCreating';
  return {
    ...pod,
    status: {
      phase: 'Pending',
      qosClass: qosClassOf(pod),
      startTime: at,
      ...(hostIp !== undefined && { hostIP: hostIp, hostIPs: [{ ip: hostIp }] }),
      conditions: conditions(
        {
          PodReadyToStartContainers: false,
          Initialized: true,
          Ready: false,
          ContainersReady: false,
          PodScheduled: true,
        },
        at,
      ),
      containerStatuses: list(pod, 'spec', 'containers').map((container) => waiting(container, reason)),
    },
  };
}

export function unschedulablePod(pod: JsonObject, at: string, message: string): JsonObject {
  return {
    ...pod,
    status: {
      phase: 'Pending',
      qosClass: qosClassOf(pod),
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message,
          lastProbeTime: null,
          lastTransitionTime: at,
        },
      ],
    },
  };
}

/** Ended for good; its address is free again. */
export function endedPod(pod: JsonObject, start: Start, phase: 'Succeeded' | 'Failed'): JsonObject {
  const done = phase === 'Succeeded';
  return {
    ...pod,
    status: {
      phase,
      startTime: start.at,
      ...withAddresses(start),
      conditions: conditions(
        { Initialized: true, Ready: false, ContainersReady: false, PodScheduled: true },
        start.at,
      ),
      containerStatuses: list(pod, 'spec', 'containers').map((container) => ({
        ...completed(container, start.at),
        ready: false,
        ...(!done && {
          state: { terminated: { exitCode: 1, reason: 'Error', startedAt: start.at, finishedAt: start.at } },
        }),
      })),
    },
  };
}

interface Crash {
  readonly container: string;
  readonly reason: string;
  readonly message: string;
  readonly restarts: number;
  readonly exitCode: number;
  readonly at: string;
}

/** One container of a started pod, usual or init, that ends again and again. */
export function crashedPod(pod: JsonObject, crash: Crash): JsonObject {
  const status = object(pod, 'status');
  const crashed = (entry: Json): Json =>
    text(entry, 'name') === crash.container ? { ...object(entry), ...crashState(crash) } : entry;
  const init = list(status, 'initContainerStatuses');
  const inInit = init.some((entry) => text(entry, 'name') === crash.container);
  const states = {
    PodReadyToStartContainers: true,
    Initialized: !inInit,
    Ready: false,
    ContainersReady: false,
    PodScheduled: true,
  };
  const usual = list(status, 'containerStatuses');
  return {
    ...pod,
    status: {
      ...status,
      ...(inInit && { phase: 'Pending' }),
      conditions: conditions(states, crash.at),
      ...(init.length > 0 && { initContainerStatuses: init.map(crashed) }),
      containerStatuses: inInit
        ? list(pod, 'spec', 'containers').map((container) => waiting(container, 'PodInitializing'))
        : usual.map(crashed),
    },
  };
}

/** A pod that is Ready again since its container ended. */
export function restartedPod(pod: JsonObject, { container, restarts, exitCode, at }: Crash): JsonObject {
  const status = object(pod, 'status');
  const terminated = { exitCode, reason: 'Error', startedAt: at, finishedAt: at };
  const again = { restartCount: restarts, state: { running: { startedAt: at } }, lastState: { terminated } };
  const containerStatuses = list(status, 'containerStatuses').map((entry) =>
    text(entry, 'name') === container ? { ...object(entry), ...again } : entry,
  );
  return { ...pod, status: { ...status, containerStatuses } };
}

function crashState({ reason, message, restarts, exitCode, at }: Crash): JsonObject {
  // The kubelet's word on when it tries again is no message that the container left.
  const left = message.startsWith('back-off ') ? '' : message;
  const ended = {
    terminated: { exitCode, reason: 'Error', startedAt: at, finishedAt: at, ...(left && { message: left }) },
  };
  return {
    ready: false,
    started: false,
    restartCount: restarts,
    state: { waiting: { reason, ...(message && { message }) } },
    lastState: restarts === 0 ? {} : ended,
  };
}
