import type { Browser, Page } from 'playwright-core';
import type { Subject } from './tell-story.js';

/** Wide as a thread in Slack's window, narrow as on a phone. */
export const widths = { wide: 760, narrow: 390 } as const;
export type Width = keyof typeof widths;

const HEIGHT = 900;
/** A clock on the picture would make each one another. */
const FIXED_TIMES = `for (const time of document.querySelectorAll('time'))
  time.textContent = /[A-Z]/.test(time.textContent ?? '') ? 'Nov 24 03:12' : '03:12';`;

/** The subject alone, as tall as it is. */
const alone = (selector: string): string => `
  .topbar, .sidebar, .side, .channel, .thread > header, .composer, .reply-count { display: none !important; }
  .page, .workspace, .thread, .messages { display: block; position: static; height: auto; overflow: visible; background: #fff; }
  .messages > article:not(${selector}) { display: none; }
  .home-open .channel { display: block !important; }
  .home-open .channel > header, .home-open .tabs { display: none; }
  .home { overflow: visible; }
`;

interface Studio {
  readonly browser: Browser;
  /** Of the sandbox's page. */
  readonly url: string;
}

/** One subject as the workspace's page draws it; the PNG. */
export async function photograph({ browser, url }: Studio, subject: Subject, width: Width): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: widths[width], height: HEIGHT } });
  try {
    await page.goto(`${url}?${placeOf(subject)}`);
    const element = await findElement(page, subject);
    await page.addStyleTag({ content: alone(selectorOf(subject)) });
    await page.evaluate(FIXED_TIMES);
    return await element.screenshot({ animations: 'disabled' });
  } finally {
    await page.close();
  }
}

function placeOf(subject: Subject): URLSearchParams {
  const as = subject.as;
  if (subject.at === 'home') return new URLSearchParams({ as, channel: subject.as.replace(/^U/, 'D') });
  if (subject.at === 'form') return new URLSearchParams({ as });
  return new URLSearchParams({ as, channel: 'C0OPS', thread: subject.thread });
}

async function findElement(page: Page, subject: Subject) {
  if (subject.at === 'home') {
    await page.getByRole('tab', { name: 'Home' }).click();
    await page.evaluate("document.querySelector('.page').classList.add('home-open')");
  }
  const element = page.locator(
    subject.at === 'message' ? `.thread ${selectorOf(subject)}` : selectorOf(subject),
  );
  await element.waitFor();
  return element;
}

function selectorOf(subject: Subject): string {
  if (subject.at === 'form') return 'form.modal';
  return subject.at === 'home' ? '.home' : `article[data-ts="${subject.message.ts}"]`;
}
