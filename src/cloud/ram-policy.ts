import { type CloudAction, shapeOf } from './actions.js';

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

interface RamPolicy {
  readonly Version: '1';
  readonly Statement: readonly Statement[];
}

/** Nothing beyond `actions`; those that RAM can narrow to the cluster are. */
export function ramPolicyFor(actions: readonly CloudAction[], clusterIds: readonly string[]): RamPolicy {
  const needed = [...new Set(actions)].filter((action) => action !== 'sts:GetCallerIdentity').sort();
  const onCluster = needed.filter((action) => shapeOf(action).onCluster);
  const wide = needed.filter((action) => !shapeOf(action).onCluster);
  const statements: Statement[] = [];
  if (onCluster.length > 0)
    statements.push({
      Effect: 'Allow',
      Action: onCluster,
      Resource: clusterIds.map((id) => `acs:cs:*:*:cluster/${id}`),
    });
  if (wide.length > 0) statements.push({ Effect: 'Allow', Action: wide, Resource: ['*'] });
  return { Version: '1', Statement: statements };
}

/** For a session of our own, which is narrowed by it whatever the role allows. */
export const ramActionsPolicy = (actions: readonly CloudAction[]): string =>
  JSON.stringify({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: [...actions].sort(), Resource: ['*'] }],
  });

interface TrustedAccount {
  readonly accountId: string;
  readonly clusterId: string;
  readonly region: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** Who may take on the role: one service account of the cluster acknet runs in (RRSA). */
export const trustPolicyFor = (trusted: TrustedAccount): object => ({
  Version: '1',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: {
        Federated: [`acs:ram::${trusted.accountId}:oidc-provider/ack-rrsa-${trusted.clusterId}`],
      },
      Condition: {
        StringEquals: {
          'oidc:aud': ['sts.aliyuncs.com'],
          'oidc:iss': [
            `https://oidc-ack-${trusted.region}.oss-${trusted.region}.aliyuncs.com/${trusted.clusterId}`,
          ],
          'oidc:sub': [`system:serviceaccount:${trusted.namespace}:${trusted.serviceAccount}`],
        },
      },
    },
  ],
});
