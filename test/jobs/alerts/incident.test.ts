import { describe, expect, it } from '@jest/globals';
import type { Incident, IncidentAlert } from '../../../src/jobs/alerts/incident.js';
import { mergeAlerts } from '../../../src/jobs/alerts/merge-alerts.js';
import { wantedCheck } from '../../../src/jobs/alerts/wanted-check.js';

const minute = (at: number): string =>
  new Date(Date.parse('2026-11-24T03:00:00Z') + at * 60_000).toISOString();
const alert = (more: Partial<IncidentAlert> = {}): IncidentAlert => ({
  ...{ name: 'KubeNodeNotReady', firing: true, startsAt: minute(0), checks: [], only: 'cluster' },
  ...more,
});
const incident = (more: Partial<Incident> = {}): Incident => ({
  ...{ id: 'i1', cluster: 'x', channel: 'C1', alerts: {}, left: 0, again: 0 },
  ...{ openedAt: minute(0), toldAt: minute(0), grewAt: minute(0) },
  ...more,
});
const told = (alerts: Record<string, IncidentAlert>, at = 5) => ({
  alerts,
  left: 0,
  at: new Date(minute(at)),
});

describe('an incident', () => {
  it('told the same twice is the same but for when it was told', () => {
    const once = mergeAlerts(incident(), told({ a: alert() }));
    expect(mergeAlerts(once, told({ a: alert() }, 9))).toEqual({ ...once, toldAt: minute(9) });
  });

  it.each(['__proto__', 'constructor', 'toString'])('takes an alert that its sender calls %s', (name) => {
    const ended = JSON.parse(`{"${name}":${JSON.stringify(alert({ firing: false }))}}`);
    expect(mergeAlerts(incident(), told(ended)).alerts).toEqual({});
    const fires = JSON.parse(`{"${name}":${JSON.stringify(alert())}}`);
    const open = mergeAlerts(incident(), told(fires));
    expect(Object.entries(open.alerts)).toEqual([[name, alert()]]);
    expect(mergeAlerts(open, told(ended, 6)).resolvedAt).toBe(minute(6));
  });

  it('ends when the last of its alerts does, and may begin again', () => {
    const open = incident({ alerts: { a: alert(), b: alert() } });
    const half = mergeAlerts(open, told({ a: alert({ firing: false }) }));
    expect(half.resolvedAt).toBeUndefined();
    const ended = mergeAlerts(half, told({ b: alert({ firing: false }) }, 6));
    expect(ended.resolvedAt).toBe(minute(6));
    const again = mergeAlerts(ended, told({ a: alert({ startsAt: minute(8) }) }, 8));
    expect(again).toMatchObject({ again: 1, grewAt: minute(8) });
    expect(again.resolvedAt).toBeUndefined();
  });

  it.each([
    ['fires', alert({ startsAt: minute(0) }), alert({ startsAt: minute(0), firing: false })],
    ['ended', alert({ startsAt: minute(0), firing: false }), alert({ startsAt: minute(3) })],
  ])('believes no older word that an alert %s, which another replica tells late', (_title, late, known) => {
    const merged = mergeAlerts(incident({ alerts: { a: known } }), told({ a: late }));
    expect(merged.alerts.a).toEqual(known);
  });

  it('keeps so many of a storm, and counts the rest', () => {
    const storm = Object.fromEntries(Array.from({ length: 620 }, (_, at) => [`f${at}`, alert()]));
    const merged = mergeAlerts(incident(), told(storm));
    expect([Object.keys(merged.alerts).length, merged.left]).toEqual([500, 120]);
  });

  it('knows nothing of what ended before it was told', () => {
    expect(
      mergeAlerts(incident({ alerts: { a: alert() } }), told({ b: alert({ firing: false }) })).alerts,
    ).toEqual({ a: alert() });
  });
});

describe('the check that an incident wants', () => {
  const onNode = (node: string) => alert({ only: 'node', node });
  const inSpace = (namespace: string) => alert({ only: 'namespace', namespace });
  const whole = { namespaces: [] };
  it.each<[string, IncidentAlert[], object]>([
    ['of its node', [onNode('n1'), onNode('n1')], { checks: [], scope: { namespaces: [], node: 'n1' } }],
    ['of the cluster, for two nodes', [onNode('n1'), onNode('n2')], { checks: [], scope: whole }],
    ['of its namespaces', [inSpace('b'), inSpace('a')], { checks: [], scope: { namespaces: ['a', 'b'] } }],
    [
      'of the cluster, for a node and a namespace',
      [onNode('n1'), inSpace('a')],
      { checks: [], scope: whole },
    ],
    [
      'of the cluster, for a node that no label names',
      [alert({ only: 'node' })],
      { checks: [], scope: whole },
    ],
    [
      'of what its rules ask for',
      [alert({ checks: ['b'] }), alert({ checks: ['a', 'b'] })],
      { checks: ['a', 'b'], scope: whole },
    ],
    [
      'of everything, where one rule asks for it',
      [alert({ checks: ['b'] }), alert()],
      { checks: [], scope: whole },
    ],
  ])('is %s', (_title, alerts, wanted) => {
    expect(wantedCheck(incident({ alerts: { ...alerts } as unknown as Incident['alerts'] }))).toEqual(wanted);
  });

  const ran = (scope: object, checks: string[] = []) => ({
    id: 'r',
    number: 1,
    at: minute(1),
    checks,
    scope: { ...whole, ...scope },
  });
  it.each<[string, IncidentAlert[], Partial<Incident>, boolean]>([
    ['was looked at already', [onNode('n1')], { run: ran({ node: 'n1' }) }, false],
    ['is on another node', [onNode('n2')], { run: ran({ node: 'n1' }) }, true],
    ['is in another namespace', [inSpace('b')], { run: ran({ namespaces: ['a'] }) }, true],
    ['needs other checks', [alert()], { run: ran({}, ['a']) }, true],
    ['is covered by a look at everything', [onNode('n2'), inSpace('b')], { run: ran({}) }, false],
    ['began long after', [onNode('n1')], { run: ran({}), grewAt: minute(30) }, true],
    ['has ended', [alert({ firing: false })], {}, false],
  ])('is a new one where what fires %s: %#', (_title, alerts, more, isNew) => {
    expect(
      wantedCheck(incident({ alerts: { ...alerts } as unknown as Incident['alerts'], ...more })) !==
        undefined,
    ).toBe(isNew);
  });
});
