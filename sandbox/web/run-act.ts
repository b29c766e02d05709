import type { Click, Outcome, Saying } from '../slack/people/person.js';
import type { SlackSimulator } from '../slack/slack-simulator.js';
import type { PageAct } from './act-schema.js';

/** Does what the page asks for; TypeError where the person could not do it. */
export async function runAct(slack: SlackSimulator, act: PageAct): Promise<Outcome> {
  const person = slack.as(act.as);
  switch (act.act) {
    case 'say':
      await person.say(sayingOf(act));
      return { ok: true };
    case 'command': {
      const { channel, text, threadTs } = act;
      return person.command({ channel, text, ...(threadTs === undefined ? {} : { threadTs }) });
    }
    case 'click':
      return person.click(clickOf(act));
    case 'submit':
      return person.submit(act);
    case 'closeView':
      await person.closeView(act);
      return { ok: true };
    case 'openDm':
      await person.openDm();
      return { ok: true };
    case 'openHome':
      await person.openHome();
      return { ok: true };
  }
}

const sayingOf = ({ channel, text, threadTs, broadcast }: Extract<PageAct, { act: 'say' }>): Saying => ({
  channel,
  text,
  threadTs,
  broadcast: broadcast ?? false,
});

function clickOf({
  viewId,
  channel,
  ts,
  actionId,
  blockId,
  value,
}: Extract<PageAct, { act: 'click' }>): Click {
  const what = { actionId, blockId, value };
  if (viewId !== undefined) return { viewId, ...what };
  if (channel === undefined || ts === undefined)
    throw new TypeError('a click needs a view, or a channel and ts');
  return { channel, ts, ...what };
}
