import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { defaultWorkspace } from '../../sandbox/slack/state/default-workspace.js';
import { neededScopes } from '../../src/cli/doctor/examine-slack.js';

const manifest = parse(readFileSync('deploy/slack-manifest.yaml', 'utf8')) as {
  oauth_config: { scopes: { bot: string[] } };
};
const asked = [...manifest.oauth_config.scopes.bot].sort();

describe('the scopes of deploy/slack-manifest.yaml', () => {
  it('each have their reason in docs/getting-started.md, and no others do', () => {
    const rows = [
      ...readFileSync('docs/getting-started.md', 'utf8').matchAll(/^\| `([a-z:_]+)` \| (.+) \|$/gm),
    ];
    expect(rows.map(([, scope]) => scope).sort()).toEqual(asked);
  });

  it('are those that acknet doctor asks for', () => {
    expect(Object.keys(neededScopes).sort()).toEqual(asked);
  });

  it('are those that the simulated workspace grants, so that a call beyond them fails there too', () => {
    expect([...defaultWorkspace.app.scopes].sort()).toEqual(asked);
  });
});
