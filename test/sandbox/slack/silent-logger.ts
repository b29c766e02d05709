import { LogLevel } from '@slack/bolt';

const nothing = () => undefined;

/** Slack's clients log to the console unless they are given another place. */
export const silent = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
