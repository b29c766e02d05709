import { describe, expect, it } from '@jest/globals';
import { gatherSymptoms } from '../../../../src/engine/symptoms/gather-symptoms.js';
import { node } from '../../../support/kube-objects.js';
import { pod } from '../../../support/kube-pods.js';
import { readerOf } from '../../../support/reader-of.js';

const NOW = new Date('2026-11-24T03:00:00Z');
/** A node as Flannel leaves it: with its range, and the address the others send to. */
const host = (name: string, range: string, address: string) =>
  node(name, {
    spec: { podCIDR: range },
    annotations: { 'flannel.alpha.coreos.com/public-ip': address },
  });
const here = [host('n1', '10.244.1.0/24', '192.168.0.1'), host('n2', '10.244.2.0/24', '192.168.0.2')];
const bare = [node('n1'), node('n2')];

const ERROR = 'E1124 02:58:00.1 1 vxlan_network.go:158] ';
const INFO = 'I1124 02:58:00.1 1 vxlan_network.go:100] ';
/** flannel from 0.20 on; before, with -v=2, the other line. */
const announced = (address: string): string =>
  `${INFO}Received Subnet Event with VxLan: BackendType: vxlan, PublicIP: ${address}, PublicIPv6: (nil), BackendData: {"VNI":1,"VtepMAC":"62:0e:dd:14:92:c2"}, BackendV6Data: (nil)`;
const FDB = `${ERROR}AddFDB failed: no buffer space available`;

async function complaints(nodes: typeof here, lines: readonly string[]): Promise<readonly string[]> {
  const reader = readerOf({
    objects: [...nodes, pod('p', { namespace: 'kube-system', owner: 'kube-flannel-ds', node: 'n1' })],
    logs: { 'p/main': lines.join('\n') },
    saidAt: { 'p/main': lines.map((_, index) => new Date(NOW.getTime() - 9e6 + index * 1000).toISOString()) },
  });
  const { symptoms } = await gatherSymptoms(reader, NOW);
  return symptoms.flatMap(({ kind, words }) => (kind === 'component-failing' ? [words] : []));
}

describe('what Flannel says once of one other node', () => {
  it.each<[string, boolean, readonly string[], typeof here?]>([
    ['stands while that node is there', true, [announced('192.168.0.2'), FDB]],
    ['is over when the node it was announced with is gone', false, [announced('192.168.0.7'), FDB]],
    [
      'is over too where an older release announced it',
      false,
      [`${INFO}adding subnet: 10.244.7.0/24 PublicIP: 192.168.0.7 VtepMAC: 62:0e:dd:14:92:c2`, FDB],
    ],
    ['stands where nothing was announced before it', true, [FDB]],
    [
      'goes by the announcement right before it',
      true,
      [announced('192.168.0.7'), announced('192.168.0.2'), FDB],
    ],
    [
      'is over when that node was announced anew, and nothing failed then',
      false,
      [announced('192.168.0.2'), FDB, announced('192.168.0.2')],
    ],
    ['stands when that failed again', true, [announced('192.168.0.2'), FDB, announced('192.168.0.2'), FDB]],
    ['stands where Flannel writes no address on the nodes', true, [announced('192.168.0.7'), FDB], bare],
    ['stands where only IPv6 is announced', true, [announced('0.0.0.0'), FDB]],
    [
      'is over when no node has the range of the route',
      false,
      [`${ERROR}failed to add vxlanRoute (10.244.7.0/24 -> 10.244.7.0): network is down`],
    ],
    [
      'stands while one has it',
      true,
      [`${ERROR}failed to add vxlanRoute (10.244.2.0/24 -> 10.244.2.0): network is down`],
    ],
    [
      'is over when the node of a direct route is gone',
      false,
      [`${ERROR}Error adding route to 10.244.7.0/24 via 192.168.0.7: network is unreachable`],
    ],
    [
      'stands where the nodes have ranges of the other family alone',
      true,
      [`${ERROR}Error adding v6 route to fd00:7::/64 via fd01::7: network is unreachable`],
    ],
    [
      'stands while one has it, written in another way',
      true,
      [`${ERROR}Error adding v6 route to fd00:1:0:0::/64 via fd01::1: network is unreachable`],
      [host('n1', 'fd00:1::/64', '192.168.0.1')],
    ],
    [
      'is over when no node has the IPv6 range',
      false,
      [`${ERROR}Error adding v6 route to fd00:7:0:0::/64 via fd01::7: network is unreachable`],
      [host('n1', 'fd00:1::/64', '192.168.0.1')],
    ],
    [
      'stands where no node tells its range',
      true,
      [`${ERROR}Error adding route to {Ifindex: 2 Dst: 10.244.7.0/24 Gw: 192.168.0.7}: down`],
      bare,
    ],
  ])('%s', async (_what, stands, lines, nodes = here) => {
    expect(await complaints(nodes, lines)).toHaveLength(stands ? 1 : 0);
  });
});
