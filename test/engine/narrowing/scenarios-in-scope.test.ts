import { describe, expect, it } from '@jest/globals';
import { checks } from '../../../src/checks/index.js';
import { text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import type { CheckRun } from '../../../src/engine/checking/check-run.js';
import type { RunScope } from '../../../src/engine/checking/run-scope.js';
import { clusterNames, judged, scenarioCluster } from '../../support/scenario-bases.js';

const nameOf = (object: JsonObject): string => text(object, 'metadata', 'name') ?? '';
const namespaceOf = (object: JsonObject): string => text(object, 'metadata', 'namespace') ?? '';

/** Everything that a person can read of the result. */
const readable = ({ checks: results, symptoms = [] }: CheckRun): string =>
  JSON.stringify([
    results.flatMap(({ findings }) =>
      findings.map(({ message, about, evidence }) => [message, about, evidence]),
    ),
    results.map(({ facts, unknown, reason }) => [facts, unknown?.detail, reason]),
    symptoms,
  ]);

/** Whole names, not parts of longer ones. */
const naming = (text: string, names: readonly string[]): readonly string[] => {
  const said = new Set(text.match(/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/g));
  return names.filter((name) => said.has(name));
};

const inScope = (objects: readonly JsonObject[], scope: RunScope) =>
  judged({ objects }, { checks, symptoms: 'whole', scope });

/** A few of many nodes: those that something shows on first. */
function someNodes(objects: readonly JsonObject[], whole: CheckRun): readonly string[] {
  const all = objects.filter(({ kind, apiVersion }) => kind === 'Node' && apiVersion === 'v1').map(nameOf);
  const showing = (whole.symptoms ?? []).flatMap(({ node }) => node ?? []);
  return [...new Set([...showing.slice(0, 2), ...all])].slice(0, 2);
}

describe.each(clusterNames)('%s', (name) => {
  it('tells of one node nothing that belongs to another one only, and all that shows on it', async () => {
    const cluster = await scenarioCluster(name);
    const whole = await judged(cluster, { checks, symptoms: 'whole' });
    const pods = cluster.objects.filter(({ kind }) => kind === 'Pod');
    for (const node of someNodes(cluster.objects, whole)) {
      const run = await judged(cluster, { checks, symptoms: 'whole', scope: { namespaces: [], node } });
      const elsewhere = cluster.objects
        .filter(({ kind, apiVersion }) => kind === 'Node' && apiVersion === 'v1')
        .map(nameOf)
        .concat(pods.filter((pod) => ![undefined, node].includes(text(pod, 'spec', 'nodeName'))).map(nameOf))
        .filter((each) => each !== node);
      expect({ node, named: naming(readable(run), elsewhere) }).toEqual({ node, named: [] });

      const shown = (run.symptoms ?? []).map(({ about }) => `${about.kind} ${about.name}`);
      const onNode = (whole.symptoms ?? []).filter((symptom) => symptom.node === node);
      expect(shown).toEqual(expect.arrayContaining(onNode.map(({ about }) => `${about.kind} ${about.name}`)));
      const explained = (symptoms: CheckRun['symptoms']) =>
        (symptoms ?? [])
          .filter(({ by, node: on }) => on === node && !by?.startsWith('unexplained'))
          .map(({ about }) => about.name);
      expect({ node, known: explained(run.symptoms) }).toEqual({ node, known: explained(whole.symptoms) });
    }
  });

  it('tells of one namespace nothing of another one but kube-system', async () => {
    const cluster = await scenarioCluster(name);
    const spaces = [...new Set(cluster.objects.map(namespaceOf))].filter(
      (each) => each !== '' && each !== 'kube-system',
    );
    for (const namespace of spaces.slice(0, 1)) {
      const scope = { namespaces: [namespace] };
      const run = await judged(cluster, { checks, symptoms: 'whole', scope });
      const foreign = cluster.objects
        .filter((each) => namespaceOf(each) !== '' && ![namespace, 'kube-system'].includes(namespaceOf(each)))
        .filter(({ kind }) => kind === 'Pod' || kind === 'Service')
        .map((each) => `${namespaceOf(each)}/${nameOf(each)}`);
      const said = new Set(readable(run).match(/[a-z0-9-]+\/[a-z0-9-]+/g));
      expect({ namespace, named: foreign.filter((each) => said.has(each)) }).toEqual({
        namespace,
        named: [],
      });
    }
  });
});

describe('what is the whole cluster’s', () => {
  it('shows with a node named as well: the ConfigMap of kube-proxy', async () => {
    const { objects } = await scenarioCluster('dedicated-kube-proxy');
    const run = await inScope(objects, { namespaces: [], node: 'cn-hangzhou.192.168.10.12' });
    const abouts = run.checks.flatMap(({ findings }) => findings.map(({ about }) => about));
    expect(abouts).toContainEqual({ kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-proxy-master' });
  });
});
