import { describe, expect, it } from '@jest/globals';
import { labelOf } from '../../../../src/cluster/object-label.js';
import type { CheckResult } from '../../../../src/engine/checking/check-run.js';
import { causeDetailView } from '../../../../src/slack/checks/views/causes/cause-detail.js';
import { findingsMeant } from '../../../../src/slack/checks/views/causes/findings-meant.js';
import { resultView } from '../../../../src/slack/checks/views/result.js';
import type { ResultView } from '../../../../src/slack/checks/views/result-view.js';
import { charactersOf, messageBudget } from '../../../../src/slack/kit/blocks.js';
import { plainForm } from '../../../../src/slack/kit/fold.js';
import { drawMessage } from '../../../support/draw-message.js';
import { actionsOf, plainText } from '../../../support/read-message.js';
import { sampleClear, sampleFinding, sampleRun } from '../../../support/sample-run.js';
import { expectSendable, messagesOf } from '../../expect-sendable.js';

const view = (fields: Partial<ResultView>): ResultView => ({
  ...{
    runId: 'run-1',
    run: sampleRun(),
    requestedBy: 'U0ANA',
    muted: [],
    refusals: [],
    offers: [],
    blind: 0,
  },
  entries: new Map([['flannel-cni-version', { links: [{ title: 'The FAQ', url: 'https://x.y/faq' }] }]]),
  ...fields,
});
const causes = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    sampleFinding({
      id: `check-${n}.bad`,
      message: `Something of kind ${n} is wrong on several nodes. And so on.`,
    }),
  );
const cni = sampleFinding({
  ...{ id: 'flannel-cni-version.missing', data: { notReady: 3, total: 5 } },
  intent: 'flannel-cni-version',
});
const offer = { proposal: 'p'.repeat(20), finding: cni.id, about: cni.about };
const linesOf = (drawn: string): string[] => drawn.trimEnd().split('\n');
const drawn = (fields: Partial<ResultView>) => drawMessage(resultView(view(fields)).first.blocks);
const texts = (fields: Partial<ResultView>) => plainText(resultView(view(fields)).first);

describe('the result of a check', () => {
  it('begins with what was found and what can be done about it here', () => {
    const run = sampleRun({ findings: [cni, ...causes(2)], symptoms: [7, 2, 1] });
    expect(resultView(view({ run, offers: [offer] })).first.text).toMatch(
      /^cluster-x: 3 causes, 10 symptoms · 1 can be fixed here \(/,
    );
    expect(
      linesOf(drawn({ run, offers: [offer] }))
        .slice(0, 2)
        .join(' '),
    ).toBe('● cluster-x: 3 causes, 10 symptoms · 1 can be fixed here');
  });

  it('says of a check that does not apply that it does not and why, in grey, and nothing of problems', () => {
    const reason = 'DaemonSet kube-system/kube-flannel-ds does not exist.';
    const other = { ...sampleClear('flannel-cni-version'), outcome: 'not-applicable' as const, reason };
    const run = sampleRun({ checks: [other, sampleClear('unexplained')], symptoms: [] });
    const { first } = resultView(view({ run }));
    const words = 'cluster-x: the check does not apply: DaemonSet kube-system/kube-flannel-ds does not exist';
    expect(first.text).toBe(`${words}.`);
    expect(plainText(first)).toContain(`:heavy_minus_sign: *${words}*`);
    expect(plainText(first)).not.toContain('no problem');
    expectSendable(first);
  });

  it('names a cause in its own plain words, never by the title of a check or of an entry', () => {
    const text = texts({ run: sampleRun({ findings: [cni], symptoms: [1] }) });
    expect(text).toContain('Flannel’s config lacks cniVersion: 3 of 5 nodes without network');
    expect(text).not.toContain('Title of');
  });

  it.each<[string, Partial<ResultView>, string]>([
    ['its fix', { offers: [offer] }, 'fix_review'],
    [
      'the card of its fix, where that stands',
      { offers: [{ ...offer, link: 'https://x.y/card' }] },
      'fix_card',
    ],
    [
      'the form of a fix that must be told what to set',
      { refusals: [{ remediation: 'x', finding: cni.id, reason: 'r', needsParams: true }] },
      'fix_start:0',
    ],
    ['what to do, where no fix is offered', {}, 'cause_how_to'],
    ['what was seen, where nobody wrote what to do', { entries: new Map() }, 'cause_explain'],
  ])('puts beside a cause %s', (_what, fields, action) => {
    const { first } = resultView(view({ run: sampleRun({ findings: [cni] }), ...fields }));
    expect(actionsOf(first)[0]).toBe(action);
  });

  it('says once what two checks found of the same object, and keeps the evidence and the fixes of both', () => {
    const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' };
    const ids = ['flannel-cni-version.unreadable', 'flannel-hairpin.unreadable'];
    const findings = ids.map((id) => sampleFinding({ id, about, intent: 'flannel-cni-version' }));
    const result = view({
      run: sampleRun({ findings }),
      offers: [{ proposal: 'p'.repeat(20), finding: 'flannel-hairpin.unreadable', about }],
    });
    const { first, more } = resultView(result);
    expect(first.text).toBe(
      'cluster-x: 1 cause · 1 can be fixed here (Flannel’s CNI config is not valid JSON: no node can use it).',
    );
    expect(actionsOf(first)[0]).toBe('fix_review');
    const thread = (more ?? []).map(plainText).join('\n');
    for (const id of ids) expect(thread).toContain(`\`${id}\``);
    const meant = findingsMeant(result.run, { r: 'run-1', f: ids[1] ?? '', a: labelOf(about) }, []);
    const detail = causeDetailView({ run: result.run, findings: meant }) ?? [];
    for (const id of ids) expect(detail.map(plainText).join('\n')).toContain(id);
  });

  it('offers a fix beside the cause that its object is of, and not beside another whose findings have that id', () => {
    const [a, b] = [
      { kind: 'Node', name: 'a' },
      { kind: 'Node', name: 'b' },
    ];
    const twin = sampleFinding({ id: 'other-check.bad', message: 'Alike. ', about: a });
    const first = sampleFinding({ id: 'check-1.bad', message: 'Alike. ', about: a });
    const alone = sampleFinding({ id: 'other-check.bad', message: 'Not alike. ', about: b });
    const findings = [first, twin, alone];
    const run = sampleRun({ findings, symptoms: [3, 0, 1] });
    const buttonsWith = (fields: Partial<ResultView>) =>
      actionsOf(resultView(view({ run, ...fields })).first);
    const refusals = [{ remediation: 'mend', finding: twin.id, about: a, reason: 'It is too old.' }];
    const offers = [{ proposal: 'p'.repeat(20), finding: alone.id, about: b }];
    expect(buttonsWith({ offers, refusals }).slice(0, 2)).toEqual(['cause_explain', 'fix_review']);
    // Nothing is said against it: the change of the one mends the other too.
    expect(buttonsWith({ offers }).slice(0, 2)).toEqual(['fix_review', 'fix_review']);
  });

  it('can be sent where two causes hold findings of one id that a form must be opened for', () => {
    const [a, b] = [
      { kind: 'Node', name: 'a' },
      { kind: 'Node', name: 'b' },
    ];
    const findings = [
      sampleFinding({ id: 'check-1.bad', message: 'Alike. ', about: a }),
      sampleFinding({ id: 'other-check.bad', message: 'Alike. ', about: a }),
      sampleFinding({ id: 'other-check.bad', message: 'Not alike. ', about: b }),
    ];
    const refusals = [a, b].map((about) => ({
      ...{ remediation: 'mend', finding: 'other-check.bad', about, reason: 'Told what.', needsParams: true },
    }));
    expectSendable(...messagesOf(resultView(view({ run: sampleRun({ findings }), refusals }))));
  });

  it('fits into a message with all that its folds hold', () => {
    const findings = causes(5);
    const run = sampleRun({ findings, symptoms: findings.map(() => 40) });
    const symptoms = run.symptoms?.map((symptom) => ({
      ...symptom,
      about: { kind: 'Pod', namespace: 'n'.repeat(63), name: 'p'.repeat(120) },
      words: 'w'.repeat(500),
    }));
    const { first } = resultView(view({ run: { ...run, symptoms } }));
    expect(charactersOf(first.blocks)).toBeLessThanOrEqual(messageBudget.characters);
    expect(charactersOf(plainForm(first).blocks)).toBeLessThanOrEqual(messageBudget.characters);
  });

  it('cuts evidence into folds that a message can hold', () => {
    const evidence = Array.from({ length: 12 }, (_, n) => ({
      where: '&'.repeat(900),
      value: `${n}${'<`'.repeat(900)}`,
    }));
    const finding = sampleFinding({ id: 'check-0.bad', message: '&'.repeat(2500), evidence });
    for (const message of resultView(view({ run: sampleRun({ findings: [finding] }) })).more ?? []) {
      expect(charactersOf(message.blocks)).toBeLessThanOrEqual(messageBudget.characters);
      expect(plainText(message)).not.toMatch(/&[a-z]{1,3}…/);
    }
  });

  it('folds what shows because of a cause under it', () => {
    const run = sampleRun({ findings: [cni], symptoms: [3] });
    expect(drawn({ run })).toContain('▸ 2 nodes not Ready, 1 pod waiting\n');
    expect(drawn({ run })).not.toContain('network plugin is not ready');
    const { blocks } = resultView(view({ run })).first;
    expect(drawMessage(blocks, { open: true })).toContain('• Node cn-hangzhou.192.168.0.0,\n');
  });

  it('says the same words once for all of a kind that say them, and of long ones the end, where the cause stands', () => {
    const run = sampleRun({ findings: [cni], symptoms: [6] });
    const chain = `Failed to create pod sandbox: ${'rpc error: code = Unknown desc = '.repeat(6)}`;
    const symptoms = run.symptoms?.map((symptom) => ({ ...symptom, words: `${chain}no IP addresses left` }));
    const open = drawMessage(resultView(view({ run: { ...run, symptoms } })).first.blocks, { open: true });
    expect(open.replace(/\s+/g, ' ').match(/no IP addresses left/g)).toHaveLength(2);
    expect(open).not.toContain('Failed to create');
  });

  it('cuts no secret in two before it is masked', () => {
    const run = sampleRun({ findings: [cni], symptoms: [1] });
    const key = 'LTAI5tQzXw7Rk2Pn9Vb4Jm6s';
    const words = `access key ${key}${' denied'.repeat(15)}`;
    const symptoms = run.symptoms?.map((symptom) => ({ ...symptom, words }));
    const open = drawMessage(resultView(view({ run: { ...run, symptoms } })).first.blocks, { open: true });
    expect(open.replace(/\s+/g, '')).not.toContain(key.slice(-8));
  });

  it('counts objects of which the same is wrong, on one line', () => {
    const other = { ...cni, about: { kind: 'Node', name: 'b' } };
    const check: CheckResult = {
      ...sampleClear('flannel-cni-version'),
      outcome: 'found',
      findings: [cni, other],
    };
    expect(texts({ run: sampleRun({ checks: [check] }) })).toContain('(and 1 more node)');
  });

  it.each([1, 2, 3, 4, 8, 30, 120])(
    'takes at most 14 lines of a phone with %i causes, folded or not',
    (count) => {
      const long = 'a-cluster-with-a-name-as-long-as-kubernetes-lets-it-be-0123456789'.slice(0, 63);
      for (const cluster of ['cluster-x', long]) {
        const run = sampleRun({
          cluster,
          findings: causes(count),
          symptoms: causes(count).map((_, n) => n % 40),
        });
        const { first } = resultView(view({ run, notes: ['Fixed.', 'Put back.'], scope: 'namespaces a, b' }));
        expect(linesOf(drawMessage(first.blocks)).length).toBeLessThanOrEqual(14);
        expect(linesOf(drawMessage(plainForm(first).blocks)).length).toBeLessThanOrEqual(14);
      }
    },
  );

  it('puts the rest behind one line, and behind a button where Slack takes no folds', () => {
    const { first, ...rest } = resultView(
      view({ run: sampleRun({ findings: causes(12), symptoms: [9, 9, 9] }) }),
    );
    const [, more] = /▸ (\d+) more\n/.exec(drawMessage(first.blocks)) ?? [];
    const shown = drawMessage(first.blocks).match(/^\d+\. /gm)?.length ?? 0;
    expect(Number(more) + shown).toBe(12);
    expect(actionsOf(plainForm(first))).toContain('run_list:causes');
    expectSendable(...messagesOf({ first, ...rest }), plainForm(first));
  });

  it('says of symptoms without a cause that none is known', () => {
    const finding = sampleFinding({
      id: 'unexplained.nodesNotReady',
      message: '2 nodes are not Ready, and acknet knows no cause: a, b. It says: "x"',
    });
    expect(drawn({ run: sampleRun({ findings: [finding], symptoms: [2] }) })).toContain(
      '● cluster-x: 2 symptoms, no known cause',
    );
  });
});

describe('the thread of a result', () => {
  const run = sampleRun({ findings: [cni, ...causes(3)], symptoms: [3] });

  it('holds one fold a finding, with its evidence inside', () => {
    const { more } = resultView(view({ run }));
    const folds = more.flatMap(({ blocks }) => blocks.filter(({ type }) => type === 'container'));
    expect(folds).toHaveLength(4);
    const [first = ''] = more.map(({ blocks }) => drawMessage(blocks));
    expect(first).toContain('▸ Flannel’s config lacks cniVersion');
    expect(first).not.toContain('cni config uninitialized');
    const open = more.map(({ blocks }) => drawMessage(blocks, { open: true })).join('');
    expect(open).toContain('cni config uninitialized');
    expect(open).toContain('The FAQ');
  });

  it('holds a line and a button a finding where Slack takes no folds', () => {
    const { more } = resultView(view({ run }));
    expect(more.flatMap((message) => actionsOf(plainForm(message)))).toEqual(Array(4).fill('cause_explain'));
    expectSendable(...more, ...more.map(plainForm));
  });

  it('has a button for each of two findings with one id', () => {
    const about = ['first', 'second'].map((name) => ({ kind: 'ConfigMap', namespace: 'kube-system', name }));
    const refusals = about.map((one) => ({
      ...{ remediation: 'some-fix', finding: cni.id, reason: 'r', needsParams: true, about: one },
    }));
    const both = sampleRun({
      findings: [],
      checks: [
        {
          ...sampleClear('flannel-cni-version'),
          outcome: 'found',
          findings: about.map((one) => ({ ...cni, about: one })),
        },
      ],
    });
    const values = JSON.stringify(resultView(view({ run: both, refusals })).more).match(
      /\\"a\\":\\"[^"]*first|\\"a\\":\\"[^"]*second/g,
    );
    expect(new Set(values)).toEqual(
      new Set(['\\"a\\":\\"ConfigMap kube-system/first', '\\"a\\":\\"ConfigMap kube-system/second']),
    );
  });

  it('says why a fix is not offered', () => {
    const refusals = [{ remediation: 'some-fix', finding: cni.id, reason: 'The version is too old.' }];
    const { more } = resultView(view({ run, refusals }));
    expect(more.map(plainText).join()).toContain('No button for `some-fix`: The version is too old.');
  });

  it('leaves long evidence to a file, and shows its beginning', () => {
    const long = { ...cni, evidence: [{ where: 'log', value: `first line\n${'x'.repeat(9000)}` }] };
    const { more, files } = resultView(view({ run: sampleRun({ findings: [long] }) }));
    expect(more.map(plainText).join()).toMatch(/first line[\s\S]*All of it is in the file/);
    expect(files.map(({ content }) => content.length > 9000)).toEqual([true]);
  });
});
