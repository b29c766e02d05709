import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { FAQ_RUN, runsOf, shortSentencesOf, wordsOf } from '../../bench/match/measure/shingles.js';
import type { AnswerFacts } from '../../src/intents/answer-facts.js';
import { composeAnswer } from '../../src/intents/compose-answer.js';
import type { Intent, SectionName } from '../../src/intents/intent.js';
import { loadIntents } from '../../src/intents/load-intents.js';
import { judgePlugin } from '../../src/intents/plugin-note.js';

let intents: readonly Intent[];
beforeAll(async () => {
  intents = await loadIntents('intents');
});

/** What of the entries breaks a rule, by entry; a rule holds where this is empty. */
const against = (broken: (intent: Intent) => readonly string[]): readonly string[] =>
  intents.flatMap((intent) => broken(intent).map((what) => `${intent.id}: ${what}`));

const textOf = ({ sections }: Intent): string => Object.values(sections).join('\n\n');
const fencesOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^[ \t]*```\w+\n([\s\S]*?)^[ \t]*```/gm)].map(([, text = '']) => text);
const CHANGES =
  /kubectl .*\b(edit|delete|patch|drain|scale|cordon)\b|^\s*(rm -rf|modprobe|ipvsadm --set)|>> \/etc/m;

const clusters: readonly (readonly [string, AnswerFacts | undefined])[] = [
  ['no cluster', undefined],
  ...(['managed', 'dedicated'] as const).flatMap((flavor) =>
    (['terway', 'flannel'] as const).map(
      (plugin) =>
        [`${flavor} ${plugin}`, { name: 'prod-a', plugin, flavor, versions: {}, ageSeconds: 1 }] as const,
    ),
  ),
];
const FIRST: ReadonlySet<SectionName> = new Set(['Symptom', 'Cause', 'Solution']);

describe.each(clusters)('the first message, with %s,', (_name, facts) => {
  it('has at most 25 lines', () => {
    expect(
      against((intent) => {
        const lines = composeAnswer(intent, facts)
          .sections.filter(({ name }) => FIRST.has(name))
          .flatMap(({ markdown }) => markdown.split('\n'))
          .filter((line) => line.trim() !== '' && !/^\s*```/.test(line));
        return lines.length <= 25 ? [] : [`${lines.length} lines`];
      }),
    ).toEqual([]);
  });

  it('holds no script', () => {
    expect(
      against((intent) =>
        composeAnswer(intent, facts)
          .sections.filter(({ name, markdown }) => FIRST.has(name) && markdown.includes('#!/'))
          .map(({ name }) => name),
      ),
    ).toEqual([]);
  });
});

describe('an entry', () => {
  it.each<[string, 'terway' | 'flannel', RegExp]>([
    [
      'Flannel command to a Terway cluster',
      'terway',
      /app=flannel|kube-flannel-cfg|\/(lib|run)\/cni|\/etc\/cni/,
    ],
    ['Terway command to a Flannel cluster', 'flannel', /eni-config|app=terway|podeips|network\.alibabacloud/],
  ])('shows no %s', (_what, plugin, foreign) => {
    const facts = { name: 'prod-a', plugin, versions: {}, ageSeconds: 1 };
    expect(
      against((intent) => {
        if ('why' in judgePlugin(intent, facts)) return [];
        const shown = composeAnswer(intent, facts).sections.filter(({ name }) => name !== 'Corrections');
        return fencesOf(shown.map(({ markdown }) => markdown).join('\n')).filter((text) =>
          foreign.test(text),
        );
      }),
    ).toEqual([]);
  });

  it('about one plugin only shows nothing but that to a cluster with the other', () => {
    const others = { terway: 'flannel', flannel: 'terway' } as const;
    const shown = intents.flatMap((intent) => {
      if (intent.plugin === undefined) return [];
      const plugin = others[intent.plugin.only];
      const { sections } = composeAnswer(intent, { name: 'prod-a', plugin, versions: {}, ageSeconds: 1 });
      return sections.length === 1 && fencesOf(sections[0]?.markdown ?? '').length === 0 ? [] : [intent.id];
    });
    expect(shown).toEqual([]);
    expect(intents.filter(({ plugin }) => plugin !== undefined)).toHaveLength(30);
  });

  it('says its cautions before the commands they are about', () => {
    expect(
      against(({ sections }) =>
        Object.entries(sections).flatMap(([name, markdown]) => {
          const late = /> \*\*Caution:\*\*.*/g;
          return [...markdown.matchAll(late)]
            .filter(({ index }) => fencesOf(markdown.slice(0, index)).some((text) => CHANGES.test(text)))
            .filter(({ index }) => !fencesOf(markdown.slice(index)).some((text) => CHANGES.test(text)))
            .map(([caution]) => `${name}: ${caution}`);
        }),
      ),
    ).toEqual([]);
  });

  it('warns before a Terway restart that it can change the data path', () => {
    expect(
      against((intent) => {
        const text = textOf(intent);
        const restart = text.search(/^\s*kubectl delete .*app=(terway|\{\{terway)/m);
        // Where only a Terway before v1.7.0 is restarted, the data path stays.
        if (restart === -1 || /before v1\.7\.0/.test(text.slice(0, restart))) return [];
        return /v1\.13\.0[^\n]*DataPath V2/.test(text.slice(0, restart)) ? [] : ['restarts without a word'];
      }),
    ).toEqual([]);
  });

  it('never edits and deletes in one block, and restarts only after what it puts into effect', () => {
    expect(
      against((intent) =>
        fencesOf(textOf(intent)).filter(
          (text) => /\bkubectl.* edit /.test(text) && /\bkubectl.* delete /.test(text),
        ),
      ),
    ).toEqual([]);
    const late = against(({ sections: { Solution = '' } }) => {
      const restart = Solution.search(/kubectl .*delete .*-l /);
      const rest = restart === -1 ? '' : Solution.slice(restart);
      return /```(yaml|json)/.test(rest) ? ['a sample after the restart'] : [];
    });
    expect(late).toEqual([]);
  });

  it.each(['conntrack-limit', 'ipvs-scheduler', 'ipvs-udp-timeout', 'kube-proxy-config'])(
    'about kube-proxy has one pod tried before all, and both DaemonSets where there are two: %s',
    (id) => {
      const intent = intents.find((one) => one.id === id) as Intent;
      const facts = { name: 'prod-a', versions: { kubernetes: [1, 30, 0, 0] as const }, ageSeconds: 1 };
      const solutionOn = (flavor: 'managed' | 'dedicated'): string =>
        composeAnswer(intent, { ...facts, flavor }).sections.find(({ name }) => name === 'Solution')
          ?.markdown ?? '';
      const one = solutionOn('dedicated').indexOf('delete pod <kube-proxy-pod>');
      const all = solutionOn('dedicated').indexOf(
        "delete pod -l 'k8s-app in (kube-proxy-worker,kube-proxy-master)'",
      );
      expect(one).toBeGreaterThan(0);
      expect(all).toBeGreaterThan(one);
      expect(solutionOn('dedicated')).toContain('kube-proxy-master`');
      expect(solutionOn('managed')).toContain("'k8s-app in (kube-proxy-worker)'");
    },
  );

  it('names an entry only if that one names it too', () => {
    const ids = new Set(intents.map(({ id }) => id));
    const named = new Map(
      intents.map((intent) => {
        const text = `${textOf(intent)}\n${intent.plugin?.otherwise ?? ''}`;
        const names = [...text.matchAll(/`([a-z0-9-]+)`/g)].map(([, id = '']) => id);
        return [intent.id, new Set(names.filter((id) => ids.has(id) && id !== intent.id))];
      }),
    );
    const oneWay = [...named].flatMap(([from, to]) =>
      [...to].filter((id) => !named.get(id)?.has(from)).map((id) => `${id} does not name ${from}`),
    );
    expect(oneWay.sort()).toEqual([]);
    // Of the FAQ's. One of our own may stand alone: adding it changes no line of another.
    const ofFaq = new Set(readFileSync('test/intents/faq-ids.txt', 'utf8').split('\n'));
    const alone = [...named].filter(([id, to]) => to.size === 0 && ofFaq.has(id)).map(([id]) => id);
    expect(alone).toEqual(['cluster-domain']);
  });

  it.each([
    'cni plugin not initialized',
    'cni config uninitialized',
    'NetworkPluginNotReady',
    'failed to setup network for sandbox',
    'failed to set up sandbox container',
    'FailedCreatePodSandBox',
    'context deadline exceeded',
    'error parse config',
  ])('does not take for its own what several plugins print: %s', (text) => {
    expect(
      against(({ errors }) =>
        errors.filter((error) => error.replace(/ ?… ?/g, '') === text || text.includes(error)),
      ),
    ).toEqual([]);
    expect(
      against(({ errors }) => errors.filter((error) => error.endsWith(text) || error.startsWith(`${text}:`))),
    ).toEqual([]);
  });

  it('about IPv6 says that Flannel has none', () => {
    const silent = intents
      .filter(({ area }) => area === 'ipv6')
      .filter(
        (intent) => !/Flannel on ACK has no IPv6/.test(composeAnswer(intent).sections[0]?.markdown ?? ''),
      );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('is in its own words: no run of words and no sentence is the FAQ’s', () => {
    const lines = readFileSync(path.resolve('test/intents/faq-fingerprints.txt'), 'utf8').split('\n');
    const faq = new Set(lines.filter(Boolean).map((line) => Number.parseInt(line, 36)));
    expect(faq.size).toBeGreaterThan(5000);
    expect(
      against((intent) =>
        proseOf(intent).flatMap((line) => {
          const words = wordsOf(line);
          return words.flatMap((_, at) => {
            const run = words.slice(at, at + FAQ_RUN).join(' ');
            const [hash] = [...runsOf(run, FAQ_RUN)];
            return hash !== undefined && faq.has(hash) ? [run] : [];
          });
        }),
      ),
    ).toEqual([]);
    expect(
      against((intent) =>
        proseOf(intent).filter((line) => shortSentencesOf(line).some((one) => faq.has(one))),
      ),
    ).toEqual([]);
  });
});

/** What is said, line by line, without code, literal messages and titles of pages. */
function proseOf(intent: Intent): readonly string[] {
  const text = `${textOf(intent)}\n${intent.plugin?.otherwise ?? ''}\n${intent.blind ?? ''}`;
  return text
    .replace(/\{#[^}]*\}/g, '\n')
    .replace(/^[ \t]*```\w+\n[\s\S]*?^[ \t]*```/gm, '')
    .replace(/`[^`\n]*`|"[^"\n]*"|\[[^\]\n]*\]\([^)\n]*\)/g, '\n')
    .split('\n');
}
