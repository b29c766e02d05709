import { count } from '../count.js';

/** What `acknet check` prints around findings, and `acknet rbac` around roles. */
export const checkReportTexts = {
  isCluster: (uid: string) => `It is cluster ${uid}.`,
  problems: 'Problems',
  recovering: 'Recovering',
  undecided: 'Could not be decided',
  advice: 'Advice',
  facts: 'Facts',
  notVisible: 'Not visible from here',
  namespaces: (names: string) => `namespaces ${names}`,
  node: (name: string) => `node ${name}`,
  counts: (of: { readonly clear: number; readonly unknown: number; readonly notApplicable: number }) =>
    `${count(of.clear, 'check')} clear, ${of.unknown} unknown, ${of.notApplicable} not applicable`,
  entry: (id: string) => `entry ${id}`,
  fix: (id: string) => `fix ${id}`,
  at: (time: string) => ` at ${time}`,
  recovers: (say: { readonly what: string; readonly since: string }) =>
    `  ~ ${say.what}: a fix of what it showed ended at ${say.since}, and it has not failed since`,
} as const;

export const rbacTexts = {
  fixerNote: `# RBAC cannot narrow the deletion of pods to a label: the fixer may delete any pod in kube-system.
# acknet itself deletes only pods of the DaemonSet that an approved plan names, each with a uid precondition.
`,
  noFix: (id: string) => `No fix is called "${id}".`,
  noComponents: (namespace: string) => `acknet reads no logs in namespace "${namespace}".`,
  known: (ids: string) => `Known: ${ids}.`,
} as const;
