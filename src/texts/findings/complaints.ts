import { count } from '../count.js';

/** What the log of a component that is Ready says it fails at. */
export type Complaint =
  | 'cannot-list'
  | 'no-iptables'
  | 'no-ipvs'
  | 'no-nftables'
  | 'no-conntrack'
  | 'no-routes'
  | 'no-leases'
  | 'no-renewal'
  | 'no-interfaces'
  | 'no-addresses'
  | 'no-device-plugin'
  | 'corefile-refused'
  | 'no-upstream'
  | 'no-interception'
  | 'repeated';

/** What follows for whoever uses the network, as a sentence behind the line. */
export const complaintMeans: Readonly<Record<Complaint, string>> = {
  'cannot-list': 'Until it can, it works with what it last read, or with nothing.',
  'no-iptables': 'Changes since do not reach the iptables rules of that node.',
  'no-ipvs': 'Changes to Services do not reach IPVS on that node.',
  'no-nftables': 'Changes to Services do not reach the nftables rules of that node.',
  'no-conntrack': 'UDP traffic may go on to pods that are gone.',
  'no-routes': 'Pods of that node do not reach those of the nodes it names.',
  'no-leases': 'It does not see which pod ranges other nodes have.',
  'no-renewal': 'Once its lease has ended, the pod range of that node may go to another one.',
  'no-interfaces': 'What it knows of the ENIs of that node may be out of date.',
  'no-addresses': 'Pods that start there may get no address.',
  'no-device-plugin': 'The kubelet does not see the ENIs of that node as a resource.',
  'corefile-refused': 'It goes on with the Corefile it read before.',
  'no-upstream': 'Names that it forwards are not resolved.',
  'no-interception': 'Pods of that node may not reach their DNS cache.',
  repeated: 'It prints that again and again; acknet does not know what follows.',
};

interface Unread {
  readonly code: string;
  readonly message: string;
}

/** Roles are made for kube-system; where else logs may be read is for whoever connects the cluster to say. */
const grantOf = ({ code }: Pick<Unread, 'code'>, namespace: string): string =>
  code === 'cluster.forbidden' && namespace !== 'kube-system'
    ? ` The reader's role with \`acknet rbac --log-namespaces ${namespace}\` allows it.`
    : '';

export const logUnread = (fault: Unread, namespace: string): string =>
  `What its log says was not read: ${fault.message}${grantOf(fault, namespace)}`;

interface LogsRead {
  readonly read: number;
  readonly asked: number;
  /** The pods whose log was not read, as a list. */
  readonly missing: string;
  readonly why: Unread;
  /** Of the first of them. */
  readonly namespace: string;
}

export const logsRead = ({ read, asked, missing, why: { message } }: LogsRead) => ({
  label: 'Logs of Ready components',
  value: `logs read of ${read} of ${count(asked, 'pod')}; not of ${missing}: ${message}`,
});

export const logsUnread = ({ read, asked, why, namespace }: LogsRead): string =>
  `Whether Ready components do their work is open: logs read of ${read} of ${count(asked, 'pod')}. ${why.message}${grantOf(why, namespace)}`;
