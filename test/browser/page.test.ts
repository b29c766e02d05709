import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { type SandboxPage, startSandboxPage } from '../../sandbox/web/start-sandbox-page.js';
import { patience } from '../support/patience.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';
import { launchChromium, skipped } from './launch-chromium.js';

const browser = await launchChromium();
if (browser === undefined) process.stderr.write(skipped);
let sandbox: Sandbox;
let served: SandboxPage;
let page: Page;

beforeAll(async () => {
  if (browser === undefined) return;
  sandbox = await startSandbox({
    podStartMs: 60,
    file: { channels: { C0OPS: { cluster: 'cluster-x' } } },
  });
  served = await startSandboxPage({
    slack: sandbox.slack,
    clusters: () => [...sandbox.world.clusters.values()].map((cluster) => cluster.state()),
    onClusterChange: (listener) => {
      const stops = [...sandbox.world.clusters.values()].map(({ store }) => store.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    pageFolder: path.resolve('sandbox/dist/page'),
  });
  page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.setDefaultTimeout(patience(15_000));
  await page.goto(served.url);
});

afterAll(async () => {
  await browser?.close();
  await served?.close();
  await sandbox?.close();
});

const channel = () => page.getByRole('main');
const thread = () => page.getByLabel('Thread', { exact: true });
const cluster = () => page.getByLabel('Simulated cluster');
const message = (where: Locator, text: string | RegExp) => where.locator('article', { hasText: text }).last();

async function say(text: string): Promise<void> {
  await channel().getByRole('textbox').fill(text);
  await channel().getByRole('textbox').press('Enter');
}

async function openThread(root: string | RegExp): Promise<void> {
  await message(channel(), root).locator('button.replies').click();
}

const become = (user: string) => page.getByLabel('Who I am').selectOption(user);

/** A step of the README's tour. */
const step = browser === undefined ? it.skip : it;

describe('in the browser, one', () => {
  step('asks a question and gets cause, commands, the documentation and buttons', async () => {
    await say('@acknet nodes went NotReady after we bumped the flannel image by hand');
    await openThread('bumped the flannel image');
    const answer = message(thread(), 'What to do');
    await answer.getByText('kubectl edit cm kube-flannel-cfg -n kube-system').waitFor();
    expect(await answer.locator('a[href*="alibabacloud.com"]').count()).toBeGreaterThan(0);
    await answer.locator('button', { hasText: 'Check cluster-x for this' }).waitFor();
  });

  step('asks about something else and is told so, with the nearest topics', async () => {
    await say('@acknet when is the next train to Delft?');
    await openThread('train to Delft');
    const answer = message(thread(), "I don't know that one");
    await answer.locator('button', { hasText: 'This one' }).first().waitFor();
  });

  step('checks the cluster and sees findings with evidence', async () => {
    await say('/acknet check cluster-x');
    await message(channel(), /cluster-x: \d+ cause/).waitFor();
    await openThread(/cluster-x: \d+ cause/);
    const evidence = message(thread(), 'cni config uninitialized')
      .locator('details', { hasText: 'has no cniVersion' })
      .first();
    expect(await evidence.getByText('has no cniVersion').first().isVisible()).toBe(false);
    await evidence.locator('summary').first().click();
    await evidence.getByText('has no cniVersion').first().waitFor();
    expect(await cluster().getByText('NotReady').count()).toBeGreaterThan(0);
  });

  step('follows the link of a card to the card, on the page', async () => {
    await page.getByLabel('Close thread').click();
    await say('/acknet pending');
    await message(channel(), /waiting/)
      .locator('a[href*="/archives/"]')
      .first()
      .click();
    await thread().getByRole('button', { name: 'Approve' }).waitFor();
    expect(page.context().pages()).toHaveLength(1);
  });

  step('without rights is refused, and the card stays', async () => {
    await become('U0EVE');
    await openThread(/cluster-x: \d+ cause/);
    await approve();
    await message(thread(), 'Only approvers of cluster-x can do that').waitFor();
    await fixCard().getByRole('button', { name: 'Approve' }).waitFor();
  });

  step('as the approver approves, and watches the fix land', async () => {
    await become('U0BO');
    await openThread(/cluster-x: \d+ cause/);
    await approve();
    await fixCard().getByText('Fixed').first().waitFor();
    await fixCard().getByRole('button', { name: 'Undo' }).waitFor();
    await cluster().getByText('"cniVersion": "0.3.0"').waitFor();
    await cluster().getByText('5/5 Ready').waitFor();
    expect(await cluster().getByText('NotReady').count()).toBe(0);
  });

  step('rejects with a reason in a form', async () => {
    await fixCard().getByRole('button', { name: 'Undo' }).click();
    const undo = message(thread(), /asks to take back “add cniVersion/);
    await undo.getByRole('button', { name: 'Reject' }).click();
    const form = page.locator('form.modal');
    await form.getByRole('textbox').fill('not tonight');
    await form.getByRole('button', { name: 'Reject' }).click();
    await message(thread(), /Rejected · undo of “add cniVersion/)
      .getByText('not tonight')
      .waitFor();
  });
});

describe('on a reload', () => {
  step('one is still who one was, and where', async () => {
    await become('U0EVE');
    await page.reload();
    await channel().getByRole('textbox').waitFor();
    expect(await page.getByLabel('Who I am').inputValue()).toBe('U0EVE');
  });
});

describe('at 390 px', () => {
  step('one becomes somebody else, asks, and reads the answer, one pane at a time', async () => {
    const phone = await browser?.newPage({ viewport: { width: 390, height: 844 } });
    if (phone === undefined) return;
    phone.setDefaultTimeout(patience(15_000));
    await phone.goto(served.url);
    const channels = phone.getByRole('button', { name: 'Channels' });
    const [bar, button] = [await phone.locator('.topbar').boundingBox(), await channels.boundingBox()];
    expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThanOrEqual(bar?.height ?? 0);
    await channels.click();
    await phone.getByLabel('Who I am').selectOption('U0BO');
    await phone.getByRole('navigation').getByRole('button', { name: 'ops' }).click();
    const box = phone.getByRole('main').getByRole('textbox');
    await box.fill('@acknet what is the MTU of a pod?');
    await box.press('Enter');
    const question = phone.getByRole('main').locator('article', { hasText: 'MTU of a pod' }).last();
    await question.locator('button.replies').click();
    const answer = phone.getByLabel('Thread', { exact: true });
    await answer.locator('article').nth(1).waitFor();
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect((await answer.boundingBox())?.width).toBe(390);
    await answer.getByRole('button', { name: 'Close thread' }).click();
    await box.waitFor();
    await phone.close();
  });
});

const fixCard = () => message(thread(), /add cniVersion to Flannel’s config on cluster-x/i);

async function approve(): Promise<void> {
  await fixCard().getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Approve' }).click();
}
