import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type SandboxPage, startSandboxPage } from '../../sandbox/web/start-sandbox-page.js';
import { cloudActionsOf } from '../../src/cli/rbac.js';
import { patience } from '../support/patience.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';
import { launchChromium, skipped } from './launch-chromium.js';

const browser = await launchChromium();
if (browser === undefined) process.stderr.write(skipped);
let sandbox: Sandbox;
let served: SandboxPage;

beforeAll(async () => {
  if (browser === undefined) return;
  sandbox = await startSandbox({
    clusters: { 'cluster-t': 'terway-exhausted', 'cluster-f': 'flannel-healthy' },
    cloud: cloudActionsOf([]),
  });
  const { clusters, clouds } = sandbox.world;
  served = await startSandboxPage({
    slack: sandbox.slack,
    clusters: () => [...clusters.values()].map((cluster) => cluster.state()),
    clouds,
    pageFolder: path.resolve('sandbox/dist/page'),
  });
});

afterAll(async () => {
  await browser?.close();
  await served?.close();
  await sandbox?.close();
});

async function open(width: number): Promise<Page> {
  const page = await browser?.newPage({ viewport: { width, height: 900 } });
  if (page === undefined) throw new TypeError('there is a browser here');
  page.setDefaultTimeout(patience(15_000));
  await page.goto(served.url);
  await page.getByRole('main').waitFor();
  return page;
}

const account = (page: Page) => page.getByLabel('Simulated account');
const part = (page: Page, name: string) => account(page).getByRole('region', { name });
const check = (which = '') =>
  sandbox.ana.command({ channel: 'C0OPS', text: `/acknet check cluster-t ${which}` });

const step = browser === undefined ? it.skip : it;

describe('the account beside the cluster', () => {
  step('shows what it holds, the calls of a check, and a switch that strikes the next ones', async () => {
    const page = await open(1700);
    await page.getByLabel('Simulated cluster').waitFor();
    await part(page, 'vSwitches').getByText('vsw-bp1d8f1h4j7l0n3p6r9t2').waitFor();
    await part(page, 'ENIs').getByText('cn-hangzhou.10.0.34.11').waitFor();
    await part(page, 'Security groups').locator('summary').first().click();
    await part(page, 'Security groups').getByText('Accept ingress ICMP from 0.0.0.0/0').waitFor();
    await part(page, 'Calls').getByText('none').waitFor();
    await check();
    const calls = part(page, 'Calls').locator('li', { hasText: 'vpc:DescribeVSwitches' });
    await calls.getByText('1 ok').waitFor();
    await account(page).getByLabel('Denied by RAM: which API').selectOption('DescribeVSwitches');
    await account(page).getByRole('checkbox', { name: 'Denied by RAM', checked: true }).waitFor();
    await check('vswitch-addresses-exhausted');
    await calls.getByText('Forbidden.RAM').waitFor();
    await account(page).getByRole('checkbox', { name: 'Denied by RAM' }).click();
    await account(page).getByRole('checkbox', { name: 'Denied by RAM', checked: false }).waitFor();
    expect(sandbox.world.clouds.get('cluster-t')?.state().switches).toEqual({});
    await page.close();
  });

  step('is of the cluster that is chosen in either pane', async () => {
    const page = await open(1700);
    await page
      .getByLabel('Simulated cluster')
      .getByLabel('Cluster', { exact: true })
      .selectOption('cluster-f');
    await part(page, 'NAT gateways').getByText('SNAT of 192.168.0.0/18').waitFor();
    await account(page).getByLabel('Cluster', { exact: true }).selectOption('cluster-t');
    await page.getByLabel('Simulated cluster').getByText('terway-eniip DaemonSet').waitFor();
    await page.close();
  });

  step.each([390, 800, 1280])('takes the place of the cluster at %i px, and goes again', async (width) => {
    const page = await open(width);
    const press = (name: string) => page.locator('.topbar').getByRole('button', { name }).click();
    if (!(await page.getByLabel('Simulated cluster').isVisible())) await press('Cluster');
    await page.getByLabel('Simulated cluster').waitFor();
    await press('Cloud');
    await account(page).waitFor();
    expect(await page.getByLabel('Simulated cluster').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    if (width === 390) expect((await account(page).boundingBox())?.width).toBe(390);
    await press('Cloud');
    expect(await account(page).count()).toBe(0);
    await page.close();
  });
});
