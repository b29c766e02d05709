import { describe, expect, it } from '@jest/globals';
import { cleanText } from '../../../src/intents/match/words/clean-text.js';
import { createStemmer } from '../../../src/intents/match/words/create-stemmer.js';
import { Lexicon } from '../../../src/intents/match/words/lexicon.js';
import { PhraseTable } from '../../../src/intents/match/words/phrase-table.js';
import { splitWords } from '../../../src/intents/match/words/split-words.js';

describe('cleanText', () => {
  const asked = (text: string): string => cleanText(text).asked;

  it.each([
    ['mentions', '<@U04NETBOT> is it shared', 'is it shared'],
    [
      'channel and group mentions',
      'see <#C012|net-help> <!here> <!subteam^S1|@ops> now please',
      'see now please',
    ],
    [
      'links, keeping their label',
      'read <https://example.com/a|the guide> and https://example.com/b first',
      'read the guide and first',
    ],
    ['emoji codes', ':wave: all nodes :fire: are red', 'all nodes are red'],
    ['escapes', 'a &lt;b&gt; &amp;c has three parts', 'a <b> &c has three parts'],
    ['curly quotes and zero-width letters', 'can\u2019t\u200b reach the node', "can't reach the node"],
    [
      'quoted lines, where there are words of its own',
      '&gt; old text\nhow do I fix this\n',
      'how do I fix this',
    ],
    ['lines that a log repeats', 'what is this\nretry\nretry\nretry', 'what is this\nretry'],
    ['accents', 'Résumé of the naïve node', 'Resume of the naive node'],
  ])('takes out %s', (_what, text, expected) => {
    expect(asked(text).replaceAll(/ +/g, ' ')).toBe(expected);
  });

  it('keeps IPv6 addresses and times, which look like emoji codes', () => {
    expect(asked('listen on :::80 at 10:30:00 with fe80::1')).toBe(
      'listen on :::80 at 10:30:00 with fe80::1',
    );
  });

  it('falls back to the quote where nothing else is said', () => {
    expect(asked('> conntrack table full\n??')).toContain('conntrack table full');
  });

  it('bounds a long paste to its ends, and keeps the middle for error texts', () => {
    const middle = Array.from({ length: 2000 }, (_, at) => `line ${at} of a log`).join('\n');
    const { asked: question, everything } = cleanText(`what is this\n${middle}\ncan you help`);
    expect(question.length).toBeLessThan(2000);
    expect(question).toMatch(/^what is this[\s\S]*can you help$/);
    expect(everything).toContain('line 1000 of');
  });
});

describe('splitWords', () => {
  it.each([
    [
      'parts of compounds',
      'kube-proxy-worker eniip_virtual_type',
      ['kube', 'proxy', 'worker', 'eniip', 'virtual', 'type'],
    ],
    [
      'parts of camel case',
      'InvalidVSwitchId.IpNotEnough maxPerCore podIPs',
      ['invalid', 'vswitch', 'id', 'ip', 'not', 'enough', 'max', 'per', 'core', 'pod', 'ips'],
    ],
    ['names that look like camel case', 'IPv6 IPvlan VSwitch', ['ipv6', 'ipvlan', 'vswitch']],
    ['versions', 'v1.11.0 and 1.16', ['1.11.0', 'and', '1.16']],
    [
      'kinds of addresses',
      '10.2.1.0/24 10.1.2.3 00:16:3e:aa:bb:cc fe80::216:3e',
      ['cidrblock', 'ipaddr', 'macaddr', 'ipvsixaddr'],
    ],
    ['kinds of cloud ids', 'vsw-2zem796p76 eni-bp1b39sj', ['vsw', 'eni']],
    ['scripts without spaces', '没有地址', ['没有', '地址']],
  ])('gives %s', (_what, text, expected) => {
    expect(splitWords(text).map((word) => word.text)).toEqual(expected);
  });

  it('keeps names of others whole, however they are written', () => {
    const wholes = new Set(['openshift', 'statefulset']);
    const words = splitWords('OpenShift StatefulSets maxPerCore', wholes).map(({ text }) => text);
    expect(words).toEqual(['openshift', 'statefulsets', 'max', 'per', 'core']);
  });

  it('keeps the whole compound beside its first part', () => {
    expect(splitWords('maxPerCore set')).toEqual([
      { text: 'max', joined: 'maxpercore', code: true },
      { text: 'per', code: true },
      { text: 'core', code: true },
      { text: 'set' },
    ]);
  });

  it('reads a bounded number of words', () => {
    expect(splitWords('word '.repeat(20_000)).length).toBeLessThan(300);
  });
});

describe('a stemmer', () => {
  const stem = createStemmer();

  it.each([
    ['caresses', 'caress'],
    ['ponies', 'poni'],
    ['agreed', 'agre'],
    ['plastered', 'plaster'],
    ['sing', 'sing'],
    ['conflated', 'conflat'],
    ['hopping', 'hop'],
    ['filing', 'file'],
    ['happy', 'happi'],
    ['relational', 'relat'],
    ['hopefulness', 'hope'],
    ['replacement', 'replac'],
    ['adoption', 'adopt'],
    ['controll', 'control'],
    ['plane', 'plane'],
    ['rate', 'rate'],
    ['cease', 'ceas'],
  ])('stems %s as Porter does', (word, expected) => {
    expect(stem(word)).toBe(expected);
  });

  it.each([
    ['ips', 'ip'],
    ['dns', 'dns'],
    ['v2', 'v2'],
    ['y'.repeat(41), 'y'.repeat(41)],
  ])('leaves %s but for a plural', (word, expected) => {
    expect(stem(word)).toBe(expected);
  });

  it('gives the forms of a word one stem', () => {
    for (const forms of [
      ['exhaust', 'exhausted', 'exhaustion'],
      ['allocate', 'allocated', 'allocation', 'allocating'],
      ['route', 'routes', 'routing'],
    ]) {
      expect(new Set(forms.map(stem)).size).toBe(1);
    }
  });
});

describe('Lexicon', () => {
  const lexicon = new Lexicon(new Set(['style', 'meeting', 'lease']));
  for (const word of ['terway', 'flannel', 'vswitch', 'conntrack', 'setting', 'stale', 'leak'])
    lexicon.add(word, 100);
  lexicon.add('conntract', 1);

  it.each([
    ['two letters in the wrong order', 'terwya', 'terway'],
    ['a missing letter', 'flanel', 'flannel'],
    ['a doubled letter', 'vsswitch', 'vswitch'],
    ['two slips in a long word', 'contrakc', undefined],
    ['a wrong first letter pair', 'etrway', 'terway'],
  ])('corrects %s', (_what, slip, expected) => {
    expect(lexicon.correct(slip)).toBe(expected);
  });

  it.each(['terway', 'style', 'meetings', 'leases', 'v2', 'ip', 'zzzzzz', 'eni2'])(
    'leaves %s alone',
    (word) => {
      expect(lexicon.correct(word)).toBeUndefined();
    },
  );

  it('prefers a word of the field', () => {
    expect(lexicon.correct('conntrac')).toBe('conntrack');
  });
});

describe('PhraseTable', () => {
  const table = new PhraseTable();
  table.add(['cluster', 'ip'], 'cluster-ip');
  table.add(['ip'], 'address');
  table.add(['own', 'servic'], 'self');
  table.add(['some', 'node'], 'old-nodes');

  it('takes the longest phrase, and no word twice', () => {
    expect(table.find(['cluster', 'ip', 'ip'])).toEqual([
      { from: 0, to: 2, names: ['cluster-ip'] },
      { from: 2, to: 3, names: ['address'] },
    ]);
  });

  it('looks past articles between the words of a phrase', () => {
    expect(table.find(['own', 'the', 'servic'])).toEqual([{ from: 0, to: 3, names: ['self'] }]);
  });

  it('does not shorten a phrase to a single word', () => {
    expect(table.find(['node'])).toEqual([]);
  });
});
