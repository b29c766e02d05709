import { describe, expect, it } from '@jest/globals';
import type { CoreV1Event, V1ListMeta, V1NetworkPolicy, V1Pod } from '@kubernetes/client-node';
import type { JsonObject } from '../../src/cluster/ports.js';
import { resourceOf } from '../../src/cluster/views/resource-of.js';
import type { Wire } from '../../src/cluster/wire.js';

const kind = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true };

/** Holds the compiler to it: `npm run typecheck` fails where a line below `@ts-expect-error` compiles. */
const typed = {
  misspelt: (pod: Wire<V1Pod>) =>
    // @ts-expect-error: the field is hostNetwork
    pod.spec?.hostNetwrok,
  misspeltInAList: (pod: Wire<V1Pod>) =>
    // @ts-expect-error: the field is containerID
    pod.status?.containerStatuses?.[0]?.containerId,
  unguarded: (pod: Wire<V1Pod>) =>
    // @ts-expect-error: metadata may be missing, whatever the library says
    pod.metadata.name,
  unguardedEntry: (pod: Wire<V1Pod>) =>
    // @ts-expect-error: an entry may be null
    pod.spec?.containers?.map((container) => container.name),
  dateAsObject: (pod: Wire<V1Pod>) =>
    // @ts-expect-error: JSON has no dates
    pod.metadata?.creationTimestamp?.getTime(),
  microTimeAsObject: (event: Wire<CoreV1Event>) =>
    // @ts-expect-error: JSON has no dates
    event.eventTime?.getTime(),
  escaped: (meta: Wire<V1ListMeta>) =>
    // @ts-expect-error: the API writes continue
    meta._continue,
  projected: resourceOf<V1Pod, string>(kind, (raw) =>
    // @ts-expect-error: the field is nodeName
    String(raw.spec?.node),
  ),
};

describe('what the API writes', () => {
  it('has dates as texts, and no underscore before reserved words', () => {
    const started: (pod: Wire<V1Pod>) => string | null | undefined = (pod) => pod.status?.startTime;
    const sources = (policy: Wire<V1NetworkPolicy>) => policy.spec?.ingress?.[0]?.from?.[0]?.ipBlock?.cidr;
    const more = (meta: Wire<V1ListMeta>): string | null | undefined => meta.continue;
    expect(started({ status: { startTime: '2026-01-01T00:00:00Z' } })).toBe('2026-01-01T00:00:00Z');
    expect(sources({ spec: { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] } })).toBe(
      '10.0.0.0/8',
    );
    expect(more({ continue: 'next' })).toBe('next');
    expect(Object.keys(typed)).toHaveLength(8);
  });

  it.each([null, 'junk', 7, [1], { metadata: 'junk' }])(
    'may be %j where an object is said to be',
    (status) => {
      const phases = resourceOf<V1Pod, unknown>(kind, (raw) => raw.status?.phase);
      expect(phases.project({ status } as JsonObject)).toBeUndefined();
    },
  );
});
