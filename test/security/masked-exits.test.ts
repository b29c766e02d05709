import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ModalView } from '@slack/types';
import type { Terminal } from '../../src/cli/runtime.js';
import type { CheckRun } from '../../src/engine/checking/check-run.js';
import type { RunStore } from '../../src/jobs/check/create-run-store.js';
import type { Queued } from '../../src/jobs/queues/queued.js';
import { maskAll } from '../../src/masking/mask.js';
import { maskData } from '../../src/masking/mask-data.js';
import type { Masked } from '../../src/masking/masked.js';
import { genesis, linkAfter } from '../../src/ops/audit/audit-chain.js';
import type { DocumentWrite } from '../../src/ops/audit/ledger.js';
import type { LineWriter } from '../../src/ops/log.js';
import type { Metrics } from '../../src/ops/metrics.js';
import type { KnownBlock } from '../../src/slack/kit/message.js';
import type { KeptExchange } from '../../src/slack/questions/exchange-store.js';
import type { EditClient, MaskedRespond, ModalClient, TextClient } from '../../src/slack/wire/text-client.js';

interface Exits {
  readonly slack: TextClient & EditClient & ModalClient;
  readonly respond: MaskedRespond;
  readonly log: LineWriter;
  readonly metrics: Metrics;
  readonly terminal: Terminal;
  readonly runs: RunStore;
}

interface Texts {
  readonly plain: string;
  readonly masked: Masked;
  readonly run: CheckRun;
  readonly view: ModalView;
}

const asked = {
  channel: 'C0OPS',
  ts: '1.1',
  asker: { user: 'U0ANA', team: 'T0ACK' },
  surface: 'dm' as const,
};

const fleet = {
  ...{ fleetId: '1', checks: [], clusters: [], channel: 'C0OPS', startedAt: '' },
  requestedBy: { user: 'U0ANA', team: 'T0ACK' },
};

/** Holds the compiler to it: `npm run typecheck` fails where a line below `@ts-expect-error` compiles. */
const refused = {
  inSlack: ({ slack, respond }: Exits, { plain: text, masked, view }: Texts) => {
    const where = { channel: 'C0OPS', ts: '1.1' };
    const blocks = maskAll<KnownBlock[]>([]);
    const metadata = { event_type: 'acknet_post', event_payload: { key: 'a' } };
    const unfurl = { unfurl_links: false, unfurl_media: false } as const;
    const alone = { response_type: 'ephemeral', replace_original: false } as const;
    return [
      // @ts-expect-error: the text of an edit
      slack.chat.update({ ...where, text, blocks }),
      // @ts-expect-error: the blocks of an edit
      slack.chat.update({ ...where, text: masked, blocks: [] }),
      // @ts-expect-error: a new message
      slack.chat.postMessage({ channel: 'C0OPS', text, blocks, metadata, ...unfurl }),
      // @ts-expect-error: a message shown to one person
      slack.chat.postEphemeral({ channel: 'C0OPS', user: 'U0ANA', text, blocks }),
      // @ts-expect-error: a file
      slack.filesUploadV2({ channel_id: 'C0OPS', filename: masked, title: masked, content: text }),
      // @ts-expect-error: a form
      slack.views.open({ trigger_id: '1', view }),
      // @ts-expect-error: an answer to a command or a click
      respond({ ...alone, text, blocks }),
    ];
  },
  elsewhere: ({ log, metrics, terminal, runs }: Exits, { plain: text, masked, run }: Texts) => [
    // @ts-expect-error: the data of a line of the log
    log.info({ text }, masked),
    // @ts-expect-error: the message of a line of the log
    log.info(maskData({}), text),
    // @ts-expect-error: what is printed
    terminal.write(text),
    // @ts-expect-error: what was masked and then joined with something
    terminal.write(`${masked}${text}`),
    // @ts-expect-error: a label of a metric
    metrics.checkSeconds.observe({ cluster: text }, 1),
    // @ts-expect-error: the result of a check
    runs.save('1', run),
    // @ts-expect-error: a record of the audit log
    linkAfter(genesis, { action: 'rejected', actor: 'system', at: '', detail: text }, undefined),
    // @ts-expect-error: a question in a job
    { ...asked, text } satisfies Queued,
    // @ts-expect-error: why a fleet's job leaves a cluster out
    { ...fleet, leftOut: [{ name: 'cluster-x', why: text }] } satisfies Queued,
    // @ts-expect-error: a sealed document
    { key: 'a', expected: '', value: text } satisfies DocumentWrite,
    // @ts-expect-error: a question that is kept
    { text } satisfies Pick<KeptExchange, 'text'>,
  ],
};

describe('a masked text', () => {
  it('is all that any exit takes', () => {
    expect(Object.keys(refused)).toEqual(['inSlack', 'elsewhere']);
  });

  it('is made in src/masking alone', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const makers = files.filter((file) =>
      /\bas (?:unknown as )?(?:\w+ & )?Masked\b|<Masked(?:<[^>]*>)?>\(/.test(
        readFileSync(path.join('src', file), 'utf8'),
      ),
    );
    expect(makers.length).toBeGreaterThan(0);
    expect(makers.filter((file) => !file.startsWith('masking'))).toEqual([]);
  });
});
