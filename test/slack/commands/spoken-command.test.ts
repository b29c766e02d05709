import { beforeAll, describe, expect, it } from '@jest/globals';
import { spokenCommand } from '../../../src/slack/commands/spoken-command.js';
import { questionText } from '../../../src/slack/questions/question-text.js';
import { type OpenKnowledge, openKnowledge } from '../../intents/open-knowledge.js';

let knowledge: OpenKnowledge;
beforeAll(async () => {
  knowledge = await openKnowledge();
});

const known = {
  clusters: ['cluster-x', 'prod', 'prod-2'],
  isCheck: (word: string) => word === 'conntrack-limit',
  isOfTheField: (text: string) => knowledge.matcher.isOfTheField(text),
};
const commandIn = (text: string) => spokenCommand(questionText(text), known);

describe('a command in plain words', () => {
  it.each([
    ['<@U0BOT> check cluster-x', 'check cluster-x'],
    ['<@U0BOT>  check all', 'check all'],
    ['<@U0BOT> status', 'status'],
    ['<@U0BOT> /acknet help', 'help'],
    ['<@U0BOT> check prod conntrack-limit', 'check prod conntrack-limit'],
    ['check cluster-x please', 'check cluster-x'],
    ['please check cluster-x', 'check cluster-x'],
    ['Could you please check cluster-x for me?', 'check cluster-x'],
    ['run a check of prod', 'check prod'],
    ['recheck prod-2 now, thanks!', 'check prod-2'],
    ['check cluster-x and prod', 'check cluster-x prod'],
    ['Check Cluster-X', 'check cluster-x'],
    ['check all clusters', 'check all'],
    ['check every cluster please', 'check all'],
    ['check prod --ns shop', 'check prod --ns shop'],
    ['check if cluster-x is ok', 'check cluster-x'],
    ['is prod ok?', 'check prod'],
    ['is cluster-x healthy', 'check cluster-x'],
    ["how's prod doing?", 'check prod'],
    ['what is wrong with prod-2', 'check prod-2'],
    ['status?', 'status'],
    ['status please', 'status'],
    ['history', 'history'],
    ['hey can you have a look at cluster-x', 'check cluster-x'],
    ['could you look into prod-2?', 'check prod-2'],
    ['scan prod', 'check prod'],
    ['any problems on prod?', 'check prod'],
    ['how is prod feeling today?', 'check prod'],
    ['health check prod', 'check prod'],
    ['do a health check on cluster-x', 'check cluster-x'],
    ['run diagnostics on prod', 'check prod'],
    ['check them all', 'check all'],
    ['check the whole fleet', 'check all'],
    ['are all clusters ok?', 'check all'],
    ['检查一下 prod', 'check prod'],
    ['cluster-x 正常吗', 'check cluster-x'],
    ['which clusters do you know?', 'clusters'],
    ['show me the clusters', 'clusters'],
    ['show pending fixes', 'pending'],
    ['what is waiting for approval?', 'pending'],
    ['what was fixed lately?', 'history'],
    ['list checks', 'checks'],
    ['which version are you?', 'version'],
    ['cancel', 'cancel'],
    ['<@U0BOT> cancel please', 'cancel'],
    ['is cluster-y ok?', 'check cluster-y'],
    ['how is cluster-y doing?', 'check cluster-y'],
    ['is prod-3 ok?', 'check prod-3'],
  ])('"%s" is %s', (text, command) => {
    expect(commandIn(text)).toBe(command);
  });

  it('names a cluster that nobody configured, so that the command says which there are', () => {
    expect(commandIn('check cluster-z please')).toBe('check cluster-z');
  });

  it.each([
    '<@U0BOT> check why my pods get no IP',
    '<@U0BOT> status of the nodes is NotReady',
    '<@U0BOT> can you check on prod whether the vSwitch has addresses left?',
    '<@U0BOT> check whether the vSwitch of prod still has any addresses left',
    'is prod using terway or flannel?',
    'is the pod network of prod ok?',
    'what is wrong with my pods on prod',
    'why is prod broken',
    'which version do I need?',
    'which version is that?',
    'which clusters have the new vSwitch?',
    'look at the vSwitch of prod',
    'are all clusters on Terway?',
    'all clusters',
    'prod and cluster-x',
    'check please',
    'is cluster-ip working?',
    'is cluster-dns ok?',
    'is ack-node-local-dns healthy?',
    'is cluster-autoscaler ok?',
    '<@U0BOT>',
  ])('"%s" is none', (text) => {
    expect(commandIn(text)).toBeUndefined();
  });
});
