import { beforeAll, describe, expect, it } from '@jest/globals';
import { createTalkReader, type TalkReader } from '../../../src/intents/conversation/create-talk-reader.js';
import { loadTalk, type TalkKind } from '../../../src/intents/conversation/talk-data.js';
import { loadIntents } from '../../../src/intents/load-intents.js';
import { loadUnweightedData } from '../../../src/intents/match/data/load-match-data.js';
import { createStemmer } from '../../../src/intents/match/words/create-stemmer.js';
import { openKnowledge } from '../open-knowledge.js';

let talk: TalkReader;
beforeAll(async () => {
  const [data, { commonWords }] = await Promise.all([loadTalk('intents'), loadUnweightedData('intents')]);
  const { isOfTheField, match } = (await openKnowledge()).matcher;
  const isPlaced = (text: string) => match(text).kind !== 'unplaced';
  talk = createTalkReader({ data, stem: createStemmer(), commonWords, isOfTheField, isPlaced });
});

describe('ordinary talk', () => {
  it.each<[TalkKind, readonly string[]]>([
    ['greeting', ['Hi!', 'good morning all', 'hey acknet', '你好', 'anybody there?']],
    [
      'thanks',
      [
        'Thanks a lot!',
        'thank you so much 🙏',
        '谢谢',
        'it works now, thanks',
        'merci',
        'thx, you are the best',
      ],
    ],
    ['nod', ['ok', '👍', ':tada:', 'got it', 'sounds good', 'ok, will try tonight', '好的', '😂😂']],
    [
      'help',
      [
        'help',
        '',
        '?',
        'help me please',
        'what can you do?',
        'How do I use you',
        'what can u do',
        '你能做什么',
      ],
    ],
    ['never-mind', ['never mind', 'nvm', 'forget it', 'never mind, wrong channel', '算了']],
    ['undo', ['undo', 'undo that', 'please undo it', 'roll it back', '撤销']],
    ['approve', ['approve', 'I approve this', 'lgtm', 'go ahead please', '批准']],
    ['reject', ['reject', "don't do it", '驳回']],
    ['check', ['check again', 'please check', 'run it again', 'recheck please', '再检查一次']],
    ['status', ['status?', 'any news?', 'is it done yet?', '好了吗']],
    ['approvers', ['who can approve this?', 'whom do I ask for approval', '谁能批准']],
    ['greeting', ['salut', 'buenos dias', 'こんにちは', '안녕하세요', 'привет', 'guten Morgen']],
    ['thanks', ['muchas gracias', 'ありがとう', 'спасибо', 'you saved my night', 'works like a charm']],
    ['help', ['hilfe', 'ayuda por favor', 'помощь', 'how can you help?', 'are you chatgpt?', 'I am lost']],
    ['never-mind', ['scrap that', 'vergiss es', 'laisse tomber', 'never mind, found it']],
    ['undo', ['can you take that back', 'please revert the last change', 'mach das rückgängig']],
    ['approvers', ['who is allowed to approve', 'who could press approve here', 'wer darf freigeben']],
    ['check', ['one more time please', 'noch mal prüfen bitte', '再试一次']],
    ['status', ['are we there yet', 'where are we?', 'wie weit bist du']],
    ['approve', ['ok approve', 'approved!', 'please apply']],
    ['thanks', ['thnks alot', 'up again, ta', 'thanks, that fixed it', '搞定 谢谢大佬']],
    ['thanks', ['thanks, nodes are ready', 'pods get addresses again, thanks', 'thanks, hairpin is on now']],
    ['nod', ['great, pods are up', 'ok, draining node 3']],
    ['nod', ['draining now', 'ok trying on node 3', 'done, pods are up', '好嘞']],
    ['help', ['r u human or a script']],
    ['never-mind', ['nvm it went away by itself']],
    ['greeting', ['hi from the platform team', 'good morning, happy monday', 'hello world']],
  ])('is %s', (kind, texts) => {
    expect(texts.map((text) => [text, talk.read(text)])).toEqual(texts.map((text) => [text, kind]));
  });

  it.each([
    'pods get no IP',
    'pods get no IP since this morning',
    'hi pods get no ip',
    'hi, nodes are not ready',
    'Good morning, nodes NotReady',
    'morning, conntrack table full',
    'how do I undo the change of the mask?',
    'thanks, and which version do I need?',
    'ok but the nodes are still NotReady',
    'can you check why pods get no address',
    'approve the eni quota increase in which console?',
    'hello, our terway pods crash since the upgrade of the node pool yesterday',
    'who removes the taint',
    '谢谢, 那要重启吗',
    'can it be enabled later',
    'custom cluster domain ACK',
    "we'd like weave on ack",
    'почему не работает сеть',
    'no ip on pods',
    'no space left on device',
    'nothing is printed by that command',
    'no netstat in that image sadly',
    'readiness gate for ALB stays false',
    'is pasting that configmap here ok',
    'must every node be rotated, thanks',
    'ok, conntrack table full',
    'thanks. conntrack table full',
    'sorry, hostPort on terway',
    'ok, pods get no ip',
    'pods get no ip, thanks',
    'ポッドが起動しない',
    'test network policy flannel',
  ])('"%s" is none', (text) => {
    expect(talk.read(text)).toBeUndefined();
  });

  it('is nothing that asks for an entry', async () => {
    const asked = (await loadIntents('intents')).flatMap(({ ask, errors }) => [...ask, ...errors]);
    expect(asked.filter((text) => talk.read(text) !== undefined)).toEqual([]);
  });
});

describe('"still broken"', () => {
  it.each([
    'still broken',
    'did that, no change',
    'same error after the restart',
    'restarted everything, no luck',
    '还是不行',
    'error is back',
    'rotated one node. same.',
    'the entry is there now and it is still dead',
    'quota raised, taint remains',
    'bounced. nothing',
    'stil notready',
    'restarted both, looks the same',
    'did it, and it is no better',
    '重启了，一模一样',
  ])('is said by "%s"', (text) => expect(talk.isStillBroken(text)).toBe(true));
  it.each([
    'same for dedicated clusters',
    'which key is it',
    'is it still needed in 1.30?',
    'why does it still use iptables',
    'works',
  ])('is not said by "%s"', (text) => expect(talk.isStillBroken(text)).toBe(false));
});
