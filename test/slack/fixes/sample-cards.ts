import type { Proposal, ProposalState } from '../../../src/proposals/proposal.js';
import type { Step } from '../../../src/proposals/step.js';
import type { CardView } from '../../../src/slack/fixes/views/card/card.js';
import { sampleProposal } from '../../support/sample-proposal.js';

const addCniVersion = {
  does: 'add cniVersion to Flannel’s config',
  impact: 'Running pods keep their network; new pods on a node wait while its Flannel restarts.',
};

const viewOf = (proposal: Proposal, fields: Partial<CardView> = {}): CardView => ({
  proposal,
  approvers: { users: [], groups: ['S0NETOPS'] },
  undoable: false,
  podReadySeconds: 180,
  selfApproval: false,
  sealed: true,
  hasParameters: false,
  remedy: addCniVersion,
  ...fields,
});

const diff = [
  '--- a',
  '+++ b',
  '@@ -1,3 +1,4 @@',
  ' {',
  '   "name": "cb0",',
  '+  "cniVersion": "0.3.0",',
  '   "type": "flannel",',
].join('\n');
const at = '2026-03-01T12:05:00Z';
const nodes = ['a', 'b', 'c', 'd', 'e'];

const write = {
  ...{ kind: 'write' as const, id: 'write-1', title: 'Write ConfigMap kube-system/kube-flannel-cfg' },
  about: { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' },
};
const restartOf = (node: string, state: Step['state'], detail?: string): Step => ({
  ...{ kind: 'restart', id: `restart ${node}`, title: `Restart kube-flannel-ds on node-${node}`, state },
  ...{ daemonSet: 'kube-flannel-ds', node: `node-${node}`, wasReady: 'True', host: [], detail },
});
const allDone: Step[] = [{ ...write, state: 'done' }, ...nodes.map((node) => restartOf(node, 'done'))];
const halfDone: Step[] = [
  { ...write, state: 'done' },
  restartOf('a', 'done'),
  restartOf('b', 'failed', 'node-b did not come back within 180 s: the node is Ready=False.'),
  ...nodes.slice(2).map((node) => restartOf(node, 'pending')),
];
const underWay: Step[] = [
  { ...write, state: 'done' },
  restartOf('a', 'started'),
  ...nodes.slice(1).map((node) => restartOf(node, 'pending')),
];

/** What a proposal is like in each state, as the engine leaves it. */
const fieldsOf: Readonly<Record<ProposalState, Partial<Proposal>>> = {
  proposed: {},
  approved: {},
  applying: { steps: underWay },
  verifying: { steps: allDone },
  fixed: { steps: allDone, detail: 'Checked again: clear. 5 of 5 nodes are Ready.', endedAt: at },
  'still-found': {
    ...{ steps: allDone, endedAt: at },
    detail: 'ConfigMap kube-flannel-cfg has no cniVersion.',
  },
  unproven: {
    ...{ steps: allDone, recheckAt: '2026-03-01T12:16:00Z' },
    detail: 'flannel-cni-version could not tell: may not list nodes.',
  },
  failed: {
    ...{ steps: halfDone, endedAt: at },
    detail: 'node-b did not come back within 180 s: the node is Ready=False.',
  },
  aborted: { steps: halfDone, detail: 'Stopped on request, with 3 of 6 steps not done.', endedAt: at },
  unknown: { steps: halfDone, detail: 'The change may still arrive. Look at node-b.', endedAt: at },
  rejected: { detail: 'maintenance tonight', endedAt: at },
  expired: { detail: 'Nobody approved it in time.', endedAt: at },
  superseded: { detail: 'A newer check made another card.', endedAt: at },
  stale: { detail: 'ConfigMap kube-flannel-cfg was changed since.', endedAt: at },
};

const decided = (state: ProposalState): Pick<Proposal, 'votes'> => ({
  votes:
    state === 'proposed' || state === 'expired' || state === 'superseded'
      ? []
      : [
          {
            ...{ user: 'U0BO', team: 'T0ACK', at },
            decision: state === 'rejected' ? 'deny' : 'approve',
            reason: state === 'rejected' ? 'maintenance tonight' : undefined,
          },
        ],
});

const base = (state: ProposalState): Partial<Proposal> => ({
  ...{ id: 'a-random-opaque-id', state, ...fieldsOf[state], ...decided(state) },
  diffs: [{ title: 'ConfigMap kube-system/kube-flannel-cfg, data["cni-conf.json"]', diff }],
  rollouts: [{ daemonSet: 'kube-flannel-ds', pods: 5, strategy: 'OnDelete', alsoChanges: [] }],
});

const ended = (state: ProposalState): boolean =>
  ['fixed', 'still-found', 'unproven', 'failed', 'aborted', 'unknown'].includes(state);

/** A fix with as little to say as there is. */
export const shortCard = (state: ProposalState): CardView =>
  viewOf(sampleProposal(base(state)), { undoable: ended(state), resumable: true });

/** A fix with much to say: warnings, other versions, a second vote, long names. */
export function longCard(state: ProposalState): CardView {
  const cluster = 'production-cn-hangzhou-payments-and-ledger-blue';
  const proposal = sampleProposal({
    ...base(state),
    cluster,
    clusterUid: '7b0f1c52-8f0e-4c6e-9d7a-5b2d9b7c1e11',
    risk: 'high',
    quorum: 2,
    requireReason: true,
    undo: 'partial',
    after: 'settles',
    notRecommended: 'The better way is a headless Service for the pods that call themselves.',
    warnings: Array.from(
      { length: 9 },
      (_, n) => `Warning ${n + 1}: what an approver has to know of node pool ${n + 1} before saying yes.`,
    ),
    diffs: [
      { title: 'ConfigMap kube-system/kube-flannel-cfg, data["cni-conf.json"]', diff },
      {
        title: 'ConfigMap kube-system/kube-proxy-worker, data["config.conf"]',
        diff: '--- a\n+++ b\n@@ -1,2 +1,2 @@\n-scheduler: rr\n+scheduler: wrr\n mode: ipvs\n@@ -40,2 +40,3 @@\n conntrack:\n+  maxPerCore: 65536\n',
      },
    ],
    rollouts: [
      {
        ...{ daemonSet: 'kube-flannel-ds', pods: 120, strategy: 'OnDelete' },
        alsoChanges: Array.from({ length: 5 }, (_, n) => ({
          ...{ node: `cn-hangzhou.192.168.0.${n}`, from: 'flannel:v0.11', to: 'flannel:v0.15' },
        })),
      },
      { daemonSet: 'kube-proxy-worker', pods: 240, strategy: 'OnDelete', alsoChanges: [] },
    ],
    dryRun:
      state === 'proposed'
        ? { ok: false, detail: 'admission webhook denied the request: change freeze' }
        : { ok: true },
  });
  return viewOf(proposal, {
    approvers: { users: ['U0BO', 'U0CY'], groups: ['S0NETOPS'] },
    names: new Map([
      ['S0NETOPS', '@netops'],
      ['U0BO', 'Bo'],
      ['U0CY', 'Cy'],
    ]),
    undoable: ended(state),
    sealed: false,
    hasParameters: true,
    entry: { title: 'Nodes NotReady after Flannel was upgraded by hand', url: 'https://x.y/' },
  });
}

/** The way back from a fix. */
export const undoCard = (state: ProposalState): CardView =>
  viewOf(
    sampleProposal({
      ...base(state),
      undoes: 'the-id-of-the-fix-it-undoes',
      undo: 'none',
      diffs: [
        {
          title: 'ConfigMap kube-system/kube-flannel-cfg, data["cni-conf.json"]',
          diff: diff.replace('+  ', '-  '),
        },
      ],
      title: 'Undo: Add cniVersion to the Flannel config and restart Flannel',
      undoAskedBy: { user: 'U0ANA', team: 'T0ACK' },
      warnings: [
        'This brings back what the fix was for. Before the fix: ConfigMap kube-flannel-cfg has no cniVersion.',
        'Nodes that were NotReady before the fix: 3; they will be again.',
      ],
    }),
  );
