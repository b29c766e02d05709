import { describe, expect, it } from '@jest/globals';
import { checks } from '../../../src/checks/index.js';
import type { Intent } from '../../../src/intents/intent.js';
import { remediations } from '../../../src/remediations/index.js';
import { isKnownName } from '../../../src/slack/commands/known-names.js';
import { typedCommand } from '../../../src/slack/commands/typed-command.js';

const entry = 'vswitch-ip-exhausted';
const named = {
  ...{ checks, remediations, clusters: { names: ['cluster-x', 'prod'] } },
  catalogue: { get: (id: string) => (id === entry ? ({} as Intent) : undefined) },
};
const commandIn = (text: string) => typedCommand(text, { isName: (word) => isKnownName(named, word) });

describe('a command typed as it stands after /acknet', () => {
  it.each([
    ['history prod', 'history prod'],
    ['pending cluster-x please', 'pending cluster-x'],
    ['cancel cluster-x', 'cancel cluster-x'],
    ['Explain flannel-cni-version', 'explain flannel-cni-version'],
    ['explain flannel-cni-version.missing', 'explain flannel-cni-version.missing'],
    ['explain vswitch-ip-exhausted', 'explain vswitch-ip-exhausted'],
    ['acknet explain conntrack-limit', 'explain conntrack-limit'],
    ['fleet conntrack-limit flannel-cni-version', 'fleet conntrack-limit flannel-cni-version'],
    ['fix restart-flannel cluster-x', 'fix restart-flannel cluster-x'],
    ['fix cordon-node cluster-x node=worker-1', 'fix cordon-node cluster-x node=worker-1'],
    [
      'mute flannel-cni-version.missing prod known since May',
      'mute flannel-cni-version.missing prod known since May',
    ],
    ['unmute flannel-cni-version.missing', 'unmute flannel-cni-version.missing'],
    ['rebind prod', 'rebind prod'],
    ['schedule prod every 6h', 'schedule prod every 6h'],
    ['schedule all daily 09:00 Asia/Shanghai please', 'schedule all daily 09:00 Asia/Shanghai'],
    ['unschedule prod', 'unschedule prod'],
    ['unanswered', 'unanswered'],
    ['feedback --csv', 'feedback --csv'],
  ])('"%s" is run', (text, command) => {
    expect(commandIn(text)).toBe(command);
  });

  it.each([
    'fix the flannel config',
    'fix',
    'cancel',
    'explain why prod has no addresses left',
    'explain flannel',
    'history of this cluster',
    'mute the alert please',
    'pending pods on prod',
    'feedback about the last answer',
    'rebind the service account',
    'schedule pods on prod',
    'schedule prod pods on one node only',
    'unschedule the pods of prod',
    '',
  ])('"%s" is none: it is a question', (text) => {
    expect(commandIn(text)).toBeUndefined();
  });
});
