import type { AddressInfo } from 'node:net';
import type { RbacRule } from '../../src/cluster/ports.js';
import { isAtLeast, parseVersion } from '../../src/cluster/identity/versions.js';
import { type Accounts, createAccounts, type Role } from './accounts.js';
import { createApiServer } from './api/api-server.js';
import { createFaults, type Faults } from './api/faults.js';
import { apiVersionOf, type Kind, kinds } from './api/objects/kinds.js';
import { createSnapshots } from './api/objects/list-snapshots.js';
import { withUniqueSuffixes } from './api/objects/name-suffix.js';
import { createObjectStore, type ObjectStore } from './api/objects/object-store.js';
import { createLogStore, type LogStore } from './api/objects/pod-logs.js';
import type { WriteRecord } from './api/route.js';
import { admitService } from './api/admitting/service-admission.js';
import { createServiceTokens, type Lateness } from './api/admitting/service-tokens.js';
import { type ClusterState, summarise } from './cluster-state.js';
import { startControllers } from './controllers/start-controllers.js';
import { type ExpandedScenario, expandScenario } from './expand/expand-scenario.js';
import { kubeconfigFor } from './kubeconfig.js';
import type { Scenario } from './scenario.js';
import { createServingCertificate } from './serving-certificate.js';

export type { Role } from './accounts.js';

interface ClusterSimulatorOptions {
  readonly scenario: Scenario;
  /** Name in kubeconfigs and on the page. */
  readonly name: string;
  readonly port?: number;
  readonly now: () => Date;
  /** A new UUID-shaped id each time. */
  readonly nextId: () => string;
  /** How long a pod takes to end, and again to start; default 5. */
  readonly podStartMs?: number;
  /** Nothing but the API: the scenario's namespaces and custom resources, no other object, and nothing that acts on any. */
  readonly bare?: boolean;
  /** Takes secrets out of what the page shows; default: shows all. */
  readonly mask?: (text: string) => string;
}

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
  readonly late: Lateness;
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
  const { scenario, name, now } = options;
  const nextId = withUniqueSuffixes(options.nextId);
  const dualStack = scenario.ipStack === 'dual';
  const parts = { store: createObjectStore({ now, nextId }), logs: createLogStore(), faults: createFaults() };
  const served = kinds.filter((kind) => isServed(kind, scenario));
  const expanded = expandScenario({ scenario, now: now(), nextId });
  const shown = options.bare ? { ...expanded, objects: namespacesOf(expanded), logs: [] } : expanded;
  seed(shown, { ...parts, served, dualStack, scenario });

  const accounts = createAccounts(name);
  const late: Lateness = { bindingsMs: 0 };
  const tokens = createServiceTokens({ store: parts.store, now, nextId, late });
  const writes: WriteRecord[] = [];
  const snapshots = createSnapshots();
  const stuckNodes = new Set<string>();
  const certificate = await createServingCertificate(new Date());
  const server = createApiServer({
    ...{ ...parts, tokens, served, snapshots, now, nextId, dualStack, certificate },
    gitVersion: scenario.kubernetes,
    accountOf: (token) =>
      Object.values(accounts).find((account) => account.token === token) ?? tokens.accountOf(token),
    onWrite: (record) => void writes.push(record),
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const controllers = { ...parts, scenario, now, nextId, stuckNodes, addresses: expanded.addresses };
  const stop = options.bare
    ? () => undefined
    : startControllers({ ...controllers, podStartMs: options.podStartMs ?? 5 });

  return {
    ...{ ...parts, late, name, url, stuckNodes, writes },
    kubeconfig: (role) => kubeconfigFor({ name, url, token: accounts[role].token, ca: certificate.cert }),
    grant: (role, rules) => grant(accounts, role, rules),
    kind: kindNamed,
    expireTokens: () => snapshots.expireAll(),
    state: () => summarise(name, parts.store, { ...scenario.show, mask: options.mask ?? ((text) => text) }),
    close: async () => {
      stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function isServed({ crd, group, since }: Kind, { crds, kubernetes }: Scenario): boolean {
  const version = parseVersion(kubernetes);
  const isNewEnough = since === undefined || (version !== undefined && isAtLeast(version, since));
  return isNewEnough && (!crd || crds.includes(group));
}

function grant(accounts: Accounts, role: Exclude<Role, 'admin'>, rules: readonly RbacRule[]): void {
  accounts[role].rules = rules;
}

function kindNamed(name: string, group = ''): Kind {
  const found = kinds.find(
    (entry) =>
      entry.kind === name && !entry.viewOf && (entry.group === group || (group === '' && !entry.crd)),
  );
  if (found === undefined) throw new TypeError(`no kind ${name} in group "${group}"`);
  return found;
}

const namespacesOf = ({ objects }: ExpandedScenario) => objects.filter(({ kind }) => kind === 'Namespace');

interface Seeding {
  readonly store: ObjectStore;
  readonly logs: LogStore;
  readonly served: readonly Kind[];
  readonly dualStack: boolean;
  readonly scenario: Scenario;
}

function seed(
  { objects, logs: lines }: ExpandedScenario,
  { store, logs, served, dualStack, scenario }: Seeding,
): void {
  for (const object of objects) {
    const kind = served.find(
      (entry) => entry.kind === object.kind && apiVersionOf(entry) === object.apiVersion,
    );
    if (kind === undefined)
      throw new TypeError(
        `scenario ${scenario.name}: ${String(object.apiVersion)} ${String(object.kind)} is not served`,
      );
    store.seed(kind, kind.kind === 'Service' ? admitService(object, { dualStack }) : object);
  }
  for (const { podUid, container, lines: said } of lines) logs.append(podUid, container, said);
}
