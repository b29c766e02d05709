import { clusterAddresses } from '../../../src/checks/cluster/cluster-addresses.js';
import type { InMemoryCloud } from '../../support/cloud-of.js';
import { describeCases } from '../../support/describe-check.js';
import { configMap, fixture, node } from '../../support/kube-objects.js';

const net = (Network: string) =>
  configMap('kube-flannel-cfg', { 'net-conf.json': JSON.stringify({ Network }) });
const profile = configMap('ack-cluster-profile', { serviceCIDR: '172.21.0.0/20' });
const added = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'ServiceCIDR',
  metadata: { name: 'more' },
  spec: { cidrs: ['10.0.64.0/20'] },
};
const flannel = [fixture('06-daemonset-kube-flannel-ds'), net('172.20.0.0/16'), node('n1')];
const terway = [fixture('01-daemonset-terway-eniip'), node('n1')];

const account = (given: object = {}, detail: object = {}): InMemoryCloud => ({
  answers: {
    'cs:DescribeClusterDetail': [{ vpc_id: 'vpc-own', ...detail }],
    'vpc:DescribeVpcs': [
      {
        VpcId: 'vpc-own',
        CidrBlock: '10.0.0.0/16',
        SecondaryCidrBlocks: { SecondaryCidrBlock: [] },
        UserCidrs: { UserCidr: [] },
        ...given,
      },
    ],
  },
});
const secondary = (...blocks: readonly string[]) => ({ SecondaryCidrBlocks: { SecondaryCidrBlock: blocks } });
const user = (...blocks: readonly string[]) => ({ UserCidrs: { UserCidr: blocks } });
const WHY = 'overlap: what has an address of both is not reached from pods, or takes the traffic of pods.';
const LATER =
  'The range cannot be changed after the cluster was created; the secondary block can be taken off the VPC once no vSwitch is in it.';

describeCases(clusterAddresses, {
  'rules it out where no block of the VPC shares an address with pods or Services': {
    objects: [...flannel, profile],
    cloud: account({ ...secondary('10.1.0.0/16', '172.22.0.0/16'), ...user('30.0.0.0/8') }),
    outcome: 'clear',
  },
  'finds the Pod CIDR in the block of the VPC': {
    objects: [fixture('06-daemonset-kube-flannel-ds'), net('10.0.128.0/17'), profile, node('n1')],
    cloud: account(),
    outcome: 'found',
    finds: [
      `vpcOverlap: Pod CIDR 10.0.128.0/17 and CIDR block 10.0.0.0/16 of VPC vpc-own ${WHY} Neither can be changed: it takes a cluster with another range.`,
    ],
    evidence: ['DescribeVpcs, vpc-own.CidrBlock: 10.0.0.0/16', 'net-conf.json"].Network: 10.0.128.0/17'],
  },
  'finds a secondary block that was added on top of the Pod CIDR': {
    objects: [...flannel, profile],
    cloud: account(secondary('172.20.64.0/18')),
    outcome: 'found',
    finds: [
      `vpcOverlap: Pod CIDR 172.20.0.0/16 and secondary CIDR block 172.20.64.0/18 of VPC vpc-own ${WHY} ${LATER}`,
    ],
    evidence: ['DescribeVpcs, vpc-own.SecondaryCidrBlocks: 172.20.64.0/18'],
  },
  'finds a secondary block that holds the Service CIDR, on Terway too': {
    objects: [...terway, profile],
    cloud: account(secondary('172.16.0.0/12')),
    outcome: 'found',
    finds: [
      `vpcOverlap: Service CIDR 172.21.0.0/20 and secondary CIDR block 172.16.0.0/12 of VPC vpc-own ${WHY} ${LATER}`,
    ],
  },
  'says of a ServiceCIDR that was added that it can go': {
    objects: [...flannel, added],
    cloud: account(),
    outcome: 'found',
    finds: [
      `vpcOverlap: ServiceCIDR more 10.0.64.0/20 and CIDR block 10.0.0.0/16 of VPC vpc-own ${WHY} Delete ServiceCIDR more, and make the Services anew that have an address of it.`,
    ],
  },
  'advises about a user CIDR': {
    objects: [...flannel, profile],
    cloud: account(user('172.20.8.0/24')),
    outcome: 'clear',
    finds: [
      'userBlock: Pod CIDR 172.20.0.0/16 shares addresses with user CIDR 172.20.8.0/24 of VPC vpc-own: what lies there behind the VPC (VPN, other networks) is not reached from pods.',
    ],
  },
  'takes the Service CIDR of the account where nothing in the cluster names one': {
    objects: flannel,
    cloud: account(secondary('172.21.0.0/16'), { service_cidr: '172.21.0.0/20' }),
    outcome: 'found',
    finds: [
      `vpcOverlap: Service CIDR 172.21.0.0/20 and secondary CIDR block 172.21.0.0/16 of VPC vpc-own ${WHY} ${LATER}`,
    ],
    evidence: ['DescribeClusterDetail, service_cidr: 172.21.0.0/20'],
  },
  'cannot tell where the secondary blocks are not told': {
    objects: [...flannel, profile],
    cloud: account({ SecondaryCidrBlocks: null }),
    outcome: 'unknown',
    says: 'DescribeVpcs tells no SecondaryCidrBlocks of vpc-own',
  },
  'cannot tell where the user CIDRs are not told': {
    objects: [...flannel, profile],
    cloud: account({ UserCidrs: undefined }),
    outcome: 'unknown',
    says: 'DescribeVpcs tells no UserCidrs of vpc-own',
  },
  'cannot tell by what is no block': {
    objects: [...flannel, profile],
    cloud: account(secondary('everything')),
    outcome: 'unknown',
    says: 'SecondaryCidrBlocks of vpc-own holds "everything", which is no block',
  },
  'cannot tell of a VPC that the account does not list': {
    objects: [...flannel, profile],
    cloud: account({ VpcId: 'vpc-other' }),
    outcome: 'unknown',
    says: 'DescribeVpcs lists no vpc-own',
  },
  'says which action is missing': {
    objects: [...flannel, profile],
    cloud: { ...account(), refused: { 'vpc:DescribeVpcs': 'cloud.forbidden' } },
    outcome: 'unknown',
    says: 'may not call vpc:DescribeVpcs',
  },
});
