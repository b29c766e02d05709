import { access } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';

const program = process.env.CHROMIUM ?? '/usr/bin/chromium';
const quiet = [
  ...['--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** undefined = no Chromium here, and nobody insists on one. */
export async function launchChromium(): Promise<Browser | undefined> {
  if (await isInstalled()) return chromium.launch({ executablePath: program, headless: true, args: quiet });
  if (process.env.ACKNET_REQUIRE_BROWSER === '1')
    throw new Error(`ACKNET_REQUIRE_BROWSER is set, but ${program} is not installed.`);
  return undefined;
}

const isInstalled = (): Promise<boolean> =>
  access(program).then(
    () => true,
    () => false,
  );

export const skipped = `SKIPPED: the browser test needs Chromium (${program}, or CHROMIUM=…).\n`;
