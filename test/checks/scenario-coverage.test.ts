import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readVariant } from '../../sandbox/cluster/scenario.js';
import { checks } from '../../src/checks/index.js';
import type { CheckRun } from '../../src/engine/checking/check-run.js';
import { contradictionsIn } from '../support/claims-of.js';
import { judgeScenario } from '../support/judge-scenario.js';
import { patience } from '../support/patience.js';
import { denials } from './title-promises.js';

const namesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replace(/\.yaml$/, ''));
const scenarios = namesIn('sandbox/cluster/scenarios');
const variants = namesIn('sandbox/cluster/scenarios/variants');
const runs = new Map<string, CheckRun>();

beforeAll(async () => {
  for (const name of [...scenarios, ...variants]) runs.set(name, await judgeScenario(name));
}, patience(120_000));

const resultsOf = (name: string) => runs.get(name)?.checks ?? [];
const findingsOf = (name: string) => resultsOf(name).flatMap(({ findings }) => findings);
const idsOf = (name: string) => new Set(findingsOf(name).map(({ id }) => id));

/** Content, or undecided because in this check absence proves nothing. */
const isQuiet = ({ outcome, unknown }: CheckRun['checks'][number]): boolean =>
  outcome === 'clear' || (outcome === 'unknown' && unknown?.code === 'check.no-evidence');

const NOUNS = 'pod|node|vSwitch|Service|ENI|address|endpoint|range|policy|identity|warning|component|object';
const PLURALS =
  'pods|nodes|vSwitches|Services|ENIs|addresses|endpoints|ranges|policies|identities|warnings|components|objects|minutes|restarts|cores';
const BETWEEN = '(?:(?:sampled|further|ready|labelled|running|network|node|Terway|Flannel|Cilium|IPv[46]) )?';
/** `1 pods`, `2 of 1 nodes`, `2 node`, `0 pod`. */
const WRONG_NUMBER = new RegExp(
  `(?<![\\w./:-])(?:1 ${BETWEEN}(?:${PLURALS})|(?:0|[2-9]|\\d\\d+) (?:${NOUNS})(?! ranges| addresses))\\b`,
);

describe('the simulated clusters', () => {
  const all = [...scenarios, ...variants];

  it('are at least six, and variants of them', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(6);
    expect(variants.length).toBeGreaterThanOrEqual(20);
  });

  it('are read with the printed roles alone: nothing is forbidden, nothing breaks', () => {
    const refused = all.flatMap((name) =>
      resultsOf(name)
        .filter(
          ({ unknown }) =>
            unknown && !/^(check\.no-evidence|cluster\.(not-found|malformed))$/.test(unknown.code),
        )
        .map(({ id, unknown }) => `${name}: ${id}: ${unknown?.code} ${unknown?.detail}`),
    );
    expect(refused).toEqual([]);
  });

  it('show every finding of every check', () => {
    const shown = new Set(all.flatMap((name) => [...idsOf(name)]));
    const possible = checks.flatMap(({ id, messages }) =>
      Object.keys(messages).map((message) => `${id}.${message}`),
    );
    expect(possible.filter((id) => !shown.has(id))).toEqual([]);
  });

  it('let every check be clear somewhere, or undecided where absence proves nothing', () => {
    const quiet = new Set(
      all.flatMap((name) =>
        resultsOf(name)
          .filter(isQuiet)
          .map(({ id }) => id),
      ),
    );
    expect(checks.map(({ id }) => id).filter((id) => !quiet.has(id))).toEqual([]);
  });

  it.each(['flannel-healthy', 'terway-datapath-v2'])('find no problem in %s', (scenario) => {
    const problems = findingsOf(scenario).filter(({ severity }) => severity === 'problem');
    expect(problems.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
  });

  it.each(['flannel-healthy', 'terway-datapath-v2', 'dual-stack-healthy'])(
    'let every check of kube-proxy be clear in %s: what Kubernetes cannot show is no unknown',
    (scenario) => {
      const open = resultsOf(scenario)
        .filter(
          ({ area, outcome }) => area === 'kube-proxy' && !['clear', 'not-applicable'].includes(outcome),
        )
        .map(({ id, outcome, unknown }) => `${id}: ${outcome} ${unknown?.detail}`);
      expect(open).toEqual([]);
    },
  );

  it.each(denials)(
    'never say "%s" where another line or symptom denies it',
    (title, { lines, kinds, words }) => {
      const denied = all.flatMap((name) => {
        const claims = resultsOf(name).some(
          (result) => result.outcome === 'clear' && result.title.startsWith(title),
        );
        const said = findingsOf(name).filter(({ message }) => lines?.test(message));
        const shown = (runs.get(name)?.symptoms ?? []).filter(
          (symptom) =>
            kinds?.includes(symptom.kind) === true &&
            (words?.test(`${symptom.about.name} ${symptom.words}`) ?? true),
        );
        return claims
          ? [...said, ...shown.map(({ words: message }) => ({ message }))].map(
              ({ message }) => `${name}: ${message}`,
            )
          : [];
      });
      expect(denied).toEqual([]);
    },
  );

  it('never call well what nothing accounts for: what is unexplained denies the title of its own component', () => {
    const owners: Readonly<Record<string, RegExp>> = {
      'terway-pods-not-ready': /\bterway-eni/,
      'flannel-version': /\bkube-flannel/,
      'kube-proxy-mode': /\bkube-proxy/,
      'node-network-unavailable': /(?:has|have) no route/,
      'pods-stuck-creating': /wait for their network|waits for its network/,
    };
    const denied = all.flatMap((name) =>
      findingsOf(name)
        // One that runs, and fails at its work, does run.
        .filter(({ id }) => id.startsWith('unexplained.') && id !== 'unexplained.componentsFailing')
        .flatMap(({ message }) =>
          resultsOf(name)
            .filter(({ id, outcome }) => outcome === 'clear' && owners[id]?.test(message) === true)
            .map(({ title }) => `${name}: ${title} - ${message}`),
        ),
    );
    expect(denied).toEqual([]);
  });

  it('give no symptom two pieces of advice', () => {
    const torn = all.flatMap((name) => {
      const run = runs.get(name);
      return run === undefined ? [] : contradictionsIn(run).map((line) => `${name}: ${line}`);
    });
    expect(torn).toEqual([]);
  });

  it('never call unknown what another line of the same run explains', () => {
    const torn = all.flatMap((name) =>
      findingsOf(name)
        .filter(
          ({ id, message }) =>
            id.startsWith('pods-stuck-creating.') && /acknet (?:does not know|knows no cause)/.test(message),
        )
        .flatMap(({ explains }) => explains?.pods ?? [])
        .filter((pod) =>
          (runs.get(name)?.symptoms ?? []).some(
            ({ about, by }) =>
              `${about.namespace}/${about.name}` === pod &&
              by !== undefined &&
              !/^(?:pods-stuck-creating|unexplained)\./.test(by),
          ),
        )
        .map((pod) => `${name}: ${pod}`),
    );
    // Said of several pods at once, of which one is explained elsewhere, it is still true of the others.
    expect(torn).toEqual([]);
  });

  it('count in words as the language does', () => {
    const wrong = all.flatMap((name) =>
      resultsOf(name).flatMap(({ id, title, findings, facts, unknown, reason }) =>
        [
          title,
          ...findings.map(({ message }) => message),
          ...facts.map(({ label, value }) => `${label}: ${value}`),
          unknown?.detail ?? '',
          reason ?? '',
        ].flatMap((line) => (WRONG_NUMBER.exec(line) ? [`${name}: ${id}: ${line}`] : [])),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('never give one vSwitch two remedies', () => {
    const torn = all.filter((name) => {
      const ids = idsOf(name);
      const rotate = findingsOf(name).filter(({ id }) => id === 'eni-quota-exhausted.oldInterfaces');
      const olds = rotate.flatMap(({ data }) => String(data.old).split(', '));
      return (
        ids.has('vswitch-addresses-exhausted.exhausted') &&
        findingsOf(name).some(
          ({ id, data }) =>
            id === 'vswitch-addresses-exhausted.exhausted' && olds.includes(String(data.vSwitch)),
        )
      );
    });
    expect(torn).toEqual([]);
  });

  it('never call the IPVS algorithm fine where kube-proxy cannot use IPVS', () => {
    const denied = all.filter((name) => {
      const ids = idsOf(name);
      const without = ids.has('kube-proxy-mode.fellBack') || ids.has('kube-proxy-mode.refused');
      const outcomeOf = (check: string) => resultsOf(name).find(({ id }) => id === check)?.outcome;
      return without && outcomeOf('ipvs-scheduler') === 'clear';
    });
    expect(denied).toEqual([]);
  });

  it.each(variants)('%s shows what it is there for', async (name) => {
    const { shows, clear } = await readVariant(name);
    expect(shows.length + clear.length).toBeGreaterThan(0);
    expect([...idsOf(name)]).toEqual(expect.arrayContaining(shows));
    expect(
      clear.map((id) => `${id}: ${resultsOf(name).find((result) => result.id === id)?.outcome}`),
    ).toEqual(clear.map((id) => `${id}: clear`));
  });
});
