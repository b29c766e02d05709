import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { helpView } from '../../../src/slack/commands/help.js';
import { type OpenKnowledge, openKnowledge } from '../open-knowledge.js';

let knowledge: OpenKnowledge;
beforeAll(async () => {
  knowledge = await openKnowledge();
});

const inReadme = [...readFileSync('README.md', 'utf8').matchAll(/^- `@acknet ([^`]+)`/gm)];
const inHelp = [...JSON.stringify(helpView(undefined)).matchAll(/>@acknet (.+?)(?=\\n|")/g)];
const { features } = parse(readFileSync('deploy/slack-manifest.yaml', 'utf8')) as {
  features: { agent_view: { suggested_prompts: readonly { message: string }[] } };
};

/** A prompt may be a command as well. */
const examples = [
  ...[...inReadme, ...inHelp].map(([, text = '']) => text),
  ...features.agent_view.suggested_prompts.map(({ message }) => message),
].filter((text) => text !== 'help');

describe('the examples of README, help and manifest', () => {
  it('are found', () => {
    expect([inReadme.length, inHelp.length, examples.length]).toEqual([1, 2, 5]);
  });

  it.each(examples)('are answered at once: %s', (text) => {
    const id = /flannel/.test(text) ? 'flannel-cni-version' : 'vswitch-ip-exhausted';
    expect(knowledge.matcher.match(text.replaceAll('`', ''))).toMatchObject({ kind: 'sure', best: { id } });
  });
});
