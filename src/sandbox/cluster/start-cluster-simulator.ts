import type { AddressInfo } from 'node:net';
import { stringify } from 'yaml';
import type { JsonObject, RbacRule } from '../../cluster/ports.js';
import { createApiServer, type WriteRecord } from './api-server.js';
import { type ClusterState, summarise } from './cluster-state.js';
import { startControllers } from './controllers.js';
import { expandScenario } from './expand-scenario.js';
import { createFaults, type Faults } from './faults.js';
import { apiVersionOf, type Kind, kinds } from './kinds.js';
import { createObjectStore, type ObjectStore } from './object-store.js';
import { createLogStore, type LogStore } from './pod-logs.js';
import type { Account } from './rbac.js';
import type { Scenario } from './scenario.js';

export interface ClusterSimulatorOptions {
  readonly scenario: Scenario;
  /** Name in kubeconfigs and on the page. */
  readonly name: string;
  readonly port?: number;
  readonly now: () => Date;
  /** A new UUID-shaped id each time. */
  readonly nextId: () => string;
  readonly podStartMs?: number;
}

export type Role = 'admin' | 'reader' | 'fixer';

export interface ClusterSimulator {
  readonly name: string;
  readonly url: string;
  /** A kubeconfig for one of the accounts, as YAML. */
  kubeconfig(role: Role): string;
  /** What reader or fixer may do; both may do nothing until told. */
  grant(role: Exclude<Role, 'admin'>, rules: readonly RbacRule[]): void;
  readonly store: ObjectStore;
  readonly logs: LogStore;
  readonly faults: Faults;
  /** Nodes whose recreated pods never become Ready. */
  readonly stuckNodes: Set<string>;
  /** Every write that was let through, dry runs included, in order. */
  readonly writes: readonly WriteRecord[];
  kind(kind: string, group?: string): Kind;
  /** Continue tokens handed out so far answer 410 from now on. */
  expireTokens(): void;
  state(): ClusterState;
  close(): Promise<void>;
}

/** An API server on loopback, alive with one scenario. `docs/sandbox-cluster.md` says what it covers. */
export async function startClusterSimulator(options: ClusterSimulatorOptions): Promise<ClusterSimulator> {
  const { scenario, now, nextId } = options;
  const store = createObjectStore({ now, nextId });
  const logs = createLogStore();
  const served = kinds.filter(({ crd, group }) => !crd || scenario.crds.includes(group));
  fill(store, served, { scenario, now, nextId, logs });

  const accounts = createAccounts(options.name);
  const writes: WriteRecord[] = [];
  const faults = createFaults();
  const tokens = { oldest: 0 };
  const stuckNodes = new Set<string>();
  const server = createApiServer({
    ...{ store, logs, served, faults, tokens, now },
    gitVersion: scenario.kubernetes,
    accountOf: (token) => Object.values(accounts).find((account) => account.token === token),
    onWrite: (record) => void writes.push(record),
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = startControllers({
    store,
    logs,
    scenario,
    now,
    nextId,
    stuckNodes,
    podStartMs: options.podStartMs ?? 5,
  });

  return {
    name: options.name,
    ...{ url, store, logs, faults, stuckNodes, writes },
    kubeconfig: (role) => kubeconfigFor(options.name, url, accounts[role].token),
    grant: (role, rules) => {
      accounts[role].rules = rules;
    },
    kind: (name, group = '') => kindNamed(name, group),
    expireTokens: () => {
      tokens.oldest = store.resourceVersion + 1;
    },
    state: () => summarise(options.name, store, scenario.show),
    close: async () => {
      stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function kindNamed(name: string, group: string): Kind {
  const found = kinds.find(
    (entry) => entry.kind === name && (entry.group === group || (group === '' && !entry.crd)),
  );
  if (found === undefined) throw new TypeError(`no kind ${name} in group "${group}"`);
  return found;
}

interface Filling {
  readonly scenario: Scenario;
  readonly now: () => Date;
  readonly nextId: () => string;
  readonly logs: LogStore;
}

function fill(store: ObjectStore, served: readonly Kind[], { scenario, now, nextId, logs }: Filling): void {
  for (const object of expandScenario({ scenario, now: now(), nextId })) {
    const kind = served.find(
      (entry) => entry.kind === object.kind && apiVersionOf(entry) === object.apiVersion,
    );
    if (kind === undefined)
      throw new TypeError(
        `scenario ${scenario.name}: ${String(object.apiVersion)} ${String(object.kind)} is not served`,
      );
    appendLogs(logs, store.create(kind, object, { manager: 'kubectl' }), scenario);
  }
}

function appendLogs(logs: LogStore, object: JsonObject, scenario: Scenario): void {
  const meta = object.metadata as {
    uid: string;
    ownerReferences?: { name: string }[];
    creationTimestamp: string;
  };
  const set = scenario.daemonSets.find(({ name }) => name === meta.ownerReferences?.[0]?.name);
  for (const [container, lines] of Object.entries(set?.logs ?? {})) {
    logs.append(
      meta.uid,
      container,
      lines.map((text) => ({ at: meta.creationTimestamp, text })),
    );
  }
}

type Accounts = Record<Role, Account & { readonly token: string }>;

function createAccounts(name: string): Accounts {
  const account = (role: Role, rules: Account['rules']) => ({
    user: `system:serviceaccount:acknet:${role}`,
    token: `${name}-${role}-token`,
    rules,
  });
  return {
    admin: { ...account('admin', 'admin'), user: 'kubernetes-admin' },
    reader: account('reader', []),
    fixer: account('fixer', []),
  };
}

const kubeconfigFor = (name: string, server: string, token: string): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
